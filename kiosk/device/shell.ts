import { clocks, timer } from './clocks.ts';
import { scriptAddress } from './script-address.ts';

/** The shell that runs, kept by the service worker, and the next one when it has come. */
export interface Shell {
  /**
   * Called at an idle boundary: a next shell that has waited long enough takes over, and the page
   * is loaded anew. Whether it does.
   */
  swapWhenIdle(): boolean;
  close(): void;
}

/** Name of the built script, which carries the digest of its contents. */
export const shellName = (new URL(import.meta.url).pathname.split('/').at(-1) ?? 'shell').slice(
  0,
  64,
);

/** A page that never navigates never asks for a new shell by itself. */
const LOOK_EVERY_MS = 15 * 60_000;
/** What was published by mistake can be taken back before a screen runs it. */
const REST_MS = 10 * 60_000;

/** Keeps this shell for reloads without a server. Does nothing while developing. */
export async function openShell(): Promise<Shell | undefined> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return undefined;
  const registration = await register();
  if (registration === undefined) return undefined;
  let waitingSince: number | undefined;
  let cancel: (() => void) | undefined;

  const look = (): void => {
    waitingSince = registration.waiting === null ? undefined : (waitingSince ?? clocks.monotonic());
    cancel = timer(clocks.monotonic() + LOOK_EVERY_MS, () => {
      // Unreachable is no news: it looks again later.
      registration.update().then(look, look);
    });
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => {
      waitingSince = registration.waiting === null ? undefined : clocks.monotonic();
    });
  });

  return {
    swapWhenIdle() {
      const { waiting } = registration;
      const rested = waitingSince !== undefined && clocks.monotonic() - waitingSince >= REST_MS;
      if (waiting === null || !rested) return false;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
        once: true,
      });
      waiting.postMessage({ kind: 'take-over' }, []);
      return true;
    },
    close: () => cancel?.(),
  };
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return await navigator.serviceWorker.register(scriptAddress('/sw.js'), {
      updateViaCache: 'none',
    });
  } catch (error) {
    if (error instanceof Error) return undefined; // Denied or unreachable: the page works online.
    throw error;
  }
}
