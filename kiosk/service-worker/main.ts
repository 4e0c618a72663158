import { cacheNames } from 'workbox-core';
import { addRoute, matchPrecache, precache } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';

/**
 * Keeps the shell, and nothing else: objects and statements are the page's own business, verified
 * and in IndexedDB. A new shell waits until a page says that nobody would notice.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Hashed files of the shell before this one: pages of it may still be open and load them lazily. */
const BEFORE = 'openhall-shell-before';

self.addEventListener('install', (event) => event.waitUntil(keepFilesBefore()));
self.addEventListener('message', ({ data }: { readonly data: unknown }) => {
  if (isTakeOver(data)) void self.skipWaiting();
});

precache(self.__WB_MANIFEST);
// An address that names no screen is the server's to answer: a demonstration hall leads on from it.
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && !url.searchParams.has('screen'),
  async ({ request, url }) => {
    try {
      return await fetch(request);
    } catch {
      // The line is cut: the page says what its address lacks.
      return (await matchPrecache(`${url.pathname}index.html`)) ?? Response.error();
    }
  },
);

// Which screen it is stands in the query, and the page is the same for all of them.
addRoute({ ignoreURLParametersMatching: [/.*/], cleanURLs: false });

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request, { cacheName: BEFORE })) ?? fetch(request),
);

async function keepFilesBefore(): Promise<void> {
  const current = await caches.open(cacheNames.precache);
  const requests = (await current.keys()).filter(({ url }) =>
    new URL(url).pathname.startsWith('/assets/'),
  );
  if (requests.length === 0) return;
  await caches.delete(BEFORE);
  const before = await caches.open(BEFORE);
  for (const request of requests) {
    const response = await current.match(request);
    if (response !== undefined) await before.put(request, response);
  }
}

function isTakeOver(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'take-over';
}
