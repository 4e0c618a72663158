import type { Shells } from '../../shared/sync/shells.ts';
import { readShells } from '../../shared/sync/shells.ts';

/** Not beside a shell: it outlives each of them. */
export const NOTE_CACHE = 'openhall-shells';
const ADDRESS = '/shells';

/** What the worker noted of its shells, for itself and for pages; undefined when there is nothing to read. */
export async function notedShells(): Promise<Shells | undefined> {
  try {
    const response = await caches.match(ADDRESS, { cacheName: NOTE_CACHE });
    return readShells(await response?.json());
  } catch (error) {
    if (error instanceof Error) return undefined; // Torn by a power cut.
    throw error;
  }
}

export async function noteShells(shells: Shells): Promise<void> {
  const cache = await caches.open(NOTE_CACHE);
  await cache.put(ADDRESS, Response.json(shells));
}
