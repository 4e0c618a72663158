import { digest } from './crypto.ts';
import { scriptAddress } from './script-address.ts';

const ADDRESS = '/sw.js';

/** Registers the worker; undefined where the browser denies it, and for one that was abandoned. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    if (await isAbandoned()) return undefined;
    return await navigator.serviceWorker.register(scriptAddress(ADDRESS), {
      updateViaCache: 'none',
    });
  } catch (error) {
    if (error instanceof Error) return undefined; // Denied or unreachable: the page works online.
    throw error;
  }
}

/** The digest of an abandoned worker's script, or that it is to be taken from the server. */
const NOTE = 'openhall-worker-abandoned';
const NEWEST = 'newest';

/** [SH8] The page does without the worker, and loads itself from the network. */
export async function abandonWorker(registration: ServiceWorkerRegistration): Promise<void> {
  localStorage.setItem(NOTE, NEWEST);
  await registration.unregister();
  location.reload();
}

/** [SH8] The same script would leave the next page without an answer again. */
async function isAbandoned(): Promise<boolean> {
  const noted = localStorage.getItem(NOTE);
  if (noted === null) return false;
  const response = await fetch(ADDRESS, { cache: 'no-store' });
  const offered = await digest(new Uint8Array(await response.arrayBuffer()));
  if (noted === NEWEST) localStorage.setItem(NOTE, offered);
  if (noted === NEWEST || noted === offered) return true;
  localStorage.removeItem(NOTE);
  return false;
}
