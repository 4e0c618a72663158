import { registerRoute } from 'workbox-routing';
import { readPageMessage } from '../../shared/protocol/shell.ts';
import type { WorkerToPage } from '../../shared/protocol/shell.ts';
import {
  beginBoot,
  endBoot,
  isOnTrial,
  isRefused,
  rolledBackFrom,
  takeOver,
} from '../../shared/sync/shells.ts';
import { NOTE_CACHE } from '../device/shells-note.ts';
import { rest, within } from './limits.ts';
import { openMemory } from './memory.ts';
import type { ShellFile } from './shell-files.ts';
import { cacheOf, fileOf, fill, isNamedByContent, isWhole, keepOnly } from './shell-files.ts';

/**
 * Keeps shells, and nothing else: objects and statements are the page's own business, verified and
 * in IndexedDB. A new shell waits until a page says that nobody would notice.
 */
declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: readonly ShellFile[];
  __SHELL: { readonly build: string; readonly bootLimitMs: number; readonly serverMs: number };
};

/** Put in by the build; tests put in others. */
const { build, bootLimitMs, serverMs } = self.__SHELL;
const files = self.__WB_MANIFEST;
const names = new Set(files.map(({ url }) => url));
const pages = new Set([...names].filter((name) => name.endsWith('/index.html')));
const memory = openMemory(build);

/** [SH7] A cache that gives nothing for so long is passed over. */
const CACHE_MS = 5000;
const MEND_MS = 4 * 60_000;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => event.waitUntil(hear(event)));

async function install(): Promise<void> {
  // [SH5] Failing here is how a worker says no to itself.
  if (isRefused(await memory.read(), build)) throw new Error(`shell ${build} was rolled back`);
  await fill(build, files);
}

async function activate(): Promise<void> {
  const { use, previous } = await memory.change((shells) => takeOver(shells, build));
  const builds = previous === null ? [use] : [use, previous];
  await keepOnly([NOTE_CACHE, ...builds.map(cacheOf)]);
}

async function hear({ data, source, ports }: ExtendableMessageEvent): Promise<void> {
  const kind = readPageMessage(data);
  // Not waited for: it ends with the take-over, which this message must not hold up.
  if (kind === 'take-over') return void self.skipWaiting();
  if (kind === undefined || !(source instanceof WindowClient)) return;
  const address = addressOf(new URL(source.url));
  const shells = await memory.change((before) => endBoot(before, address, kind));
  const answer: WorkerToPage = { rolledBackFrom: rolledBackFrom(shells) };
  ports[0]?.postMessage(answer);
}

// An address that names no screen is the server's to answer: a demonstration hall leads on from it.
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && isPage(url) && !hasScreen(url),
  ({ request, url }) =>
    within(serverMs, fetch(request), async () => {
      // The line is cut: the page says what its address lacks.
      return (await kept(pageOf(url))) ?? Response.error();
    }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isPage(url),
  ({ request, url, event }) => {
    if (request.mode !== 'navigate' || !(event instanceof FetchEvent))
      return answer(kept(pageOf(url)), request);
    event.waitUntil(mend());
    return answer(boot(event, url), request);
  },
);

registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (isNamedByContent(url.pathname) || names.has(url.pathname)),
  ({ request, url }) => answer(kept(url.pathname), request),
);

/** [SH4] A page begins: it is counted before it is answered, and looked after until it is proved. */
async function boot(event: FetchEvent, url: URL): Promise<Response | undefined> {
  const address = addressOf(url);
  const shells = await memory.change((before) => beginBoot(before, address));
  if (isOnTrial(shells, address)) event.waitUntil(watch(event.resultingClientId, address));
  return kept(pageOf(url));
}

/** Loads a page anew whose first picture did not come: the next boot, or the roll-back. */
async function watch(client: string, address: string): Promise<void> {
  await rest(bootLimitMs);
  if (!isOnTrial(await memory.read(), address)) return;
  const page = await self.clients.get(client);
  if (page instanceof WindowClient) await page.navigate(page.url);
}

/** [SH6] From the shell in use, or first from the one before when only that is whole. */
async function kept(path: string): Promise<Response | undefined> {
  const { use, previous } = await memory.read();
  if (previous === null) return fileOf([use], path);
  return fileOf((await isUsable(use)) ? [use, previous] : [previous, use], path);
}

/** Looked at once in this worker's life: files do not go while it runs. */
const looked = new Map<string, Promise<boolean>>();

function isUsable(name: string): Promise<boolean> {
  const known = looked.get(name) ?? isWhole(name);
  looked.set(name, known);
  return known;
}

/** [SH6] Fetches what a power cut took of this worker's own shell. */
async function mend(): Promise<void> {
  const { use } = await memory.read();
  if (use !== build || (await isUsable(build))) return;
  looked.delete(build);
  await within(MEND_MS, fill(build, files), () => undefined);
}

/** [SH7] From the shells, else from the server, else an error; never nothing. */
async function answer(found: Promise<Response | undefined>, request: Request): Promise<Response> {
  const response = await within(CACHE_MS, found, () => undefined);
  return response ?? within(serverMs, fetch(request), () => Response.error());
}

function isPage(url: URL): boolean {
  return pages.has(pageOf(url));
}

const pageOf = ({ pathname }: URL): string =>
  pathname.endsWith('/') ? `${pathname}index.html` : pathname;

const hasScreen = ({ searchParams }: URL): boolean => searchParams.has('screen');

/** Boots of one screen's page are told from those of another in the same browser. */
const addressOf = ({ pathname, searchParams }: URL): string =>
  `${pathname}?screen=${searchParams.get('screen') ?? ''}`;
