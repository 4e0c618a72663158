import type { Shells } from '../../shared/sync/shells.ts';
import { firstShells, readShells } from '../../shared/sync/shells.ts';
import { keptBuilds } from './shell-files.ts';

/** What the worker remembers of its shells. Pages that start together change it one after another. */
export interface Memory {
  read(): Promise<Shells>;
  /** Written before it is acted on, so that what ends now was counted. */
  change(decide: (shells: Shells) => Shells): Promise<Shells>;
}

/** Not beside a shell: it outlives each of them. */
export const MEMORY_CACHE = 'openhall-shells';
const ADDRESS = '/shells';

export function openMemory(own: string): Memory {
  let known: Shells | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Shells> =>
    (known ??= (await stored()) ?? firstShells(own, await keptBuilds()));

  async function changeNow(decide: (shells: Shells) => Shells): Promise<Shells> {
    const before = await read();
    const next = decide(before);
    known = next;
    if (next !== before) await store(next);
    return next;
  }

  return {
    read,
    change(decide) {
      const mine = turn.then(() => changeNow(decide));
      turn = mine.catch(() => undefined); // Whoever asked for it hears of it.
      return mine;
    },
  };
}

async function stored(): Promise<Shells | undefined> {
  try {
    const response = await caches.match(ADDRESS, { cacheName: MEMORY_CACHE });
    return readShells(await response?.json());
  } catch (error) {
    if (error instanceof Error) return undefined; // Torn by a power cut.
    throw error;
  }
}

async function store(shells: Shells): Promise<void> {
  const cache = await caches.open(MEMORY_CACHE);
  await cache.put(ADDRESS, Response.json(shells));
}
