import type { Sha256 } from '../../shared/kit/ids.ts';
import { isSha256 } from '../../shared/kit/ids.ts';
import { utf8 } from '../../shared/kit/bytes.ts';
import { memoryNotebook, memoryShelf } from '../../shared/sync/memory.ts';
import type { Notebook, Shelf } from '../../shared/sync/ports.ts';
import type { Database, StoreName } from './database.ts';
import { isFull } from './database.ts';
import { digest } from './crypto.ts';

/** Objects in IndexedDB: strict durability keeps them over a power cut, which Cache Storage does not. */
export function databaseShelf(database: Database): Shelf {
  const read = readTogether(database, 'objects');
  return {
    async get(digest) {
      const bytes = await read(digest);
      return bytes instanceof Uint8Array ? new Uint8Array(bytes) : undefined;
    },
    put: (objects) =>
      written(database, 'objects', (store) => {
        for (const { digest, bytes } of objects) store.put(bytes, digest);
      }),
    async remove(digests) {
      if (digests.length === 0) return;
      // An object that could not be removed is removed another time.
      await written(database, 'objects', (store) => {
        for (const digest of digests) store.delete(digest);
      });
    },
    async list() {
      const keys =
        (await readable(() => database.read('objects', (store) => store.getAllKeys()))) ?? [];
      return keys.filter((key): key is Sha256 => typeof key === 'string' && isSha256(key));
    },
  };
}

/**
 * What is asked for at once is read in one transaction: a start asks for a hundred small objects, and
 * on a slow box as many transactions take half a second. What cannot be read fails by itself.
 */
function readTogether(database: Database, store: StoreName): (key: string) => Promise<unknown> {
  let keys: string[] = [];
  let together: Promise<readonly unknown[] | undefined> | undefined;

  async function readAll(): Promise<readonly unknown[] | undefined> {
    await Promise.resolve(); // Others are asked for in the same turn.
    const asked = keys;
    [keys, together] = [[], undefined];
    return readable(() => database.readEach(store, asked));
  }

  return async (key) => {
    const index = keys.push(key) - 1;
    const values = await (together ??= readAll());
    if (values !== undefined) return values[index];
    return readable(() => database.read(store, (objects) => objects.get(key)));
  };
}

export function databaseNotebook(database: Database): Notebook {
  const read = readTogether(database, 'notes');
  return {
    async read(name) {
      const value = await read(name);
      return typeof value === 'string' ? value : undefined;
    },
    write: (name, value) => written(database, 'notes', (store) => void store.put(value, name)),
  };
}

/** The second home of what must not be forgotten: it fails in other ways than IndexedDB does. */
export function localNotebook(storage: Storage, prefix: string): Notebook {
  return {
    read: async (name) => storage.getItem(`${prefix}/${name}`) ?? undefined,
    async write(name, value) {
      try {
        storage.setItem(`${prefix}/${name}`, value);
        return 'stored';
      } catch (error) {
        if (isFull(error)) return 'full';
        throw error;
      }
    },
  };
}

export interface Storages {
  readonly shelf: Shelf;
  readonly notebooks: readonly [Notebook, Notebook];
}

/** Without a database a screen still works for as long as it is on and has its server. */
export function storagesOf(
  database: Database | undefined,
  storage: Storage,
  prefix: string,
): Storages {
  const second = marked(localNotebook(storage, prefix));
  if (database === undefined)
    return { shelf: memoryShelf(), notebooks: [memoryNotebook(), second] };
  return {
    shelf: databaseShelf(database),
    notebooks: [marked(databaseNotebook(database)), second],
  };
}

/**
 * [SY11] Notes that carry their own digest: damaged, they count as not there, and the other home tells.
 * Nobody signs what a screen notes of time and versions, and one wrong digit would lock it out.
 */
function marked({ read, write }: Notebook): Notebook {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async read(name) {
      const note = (await read(name)) ?? '';
      const value = note.slice(MARK_LENGTH);
      return (await markOf(name, value)) + value === note ? value : undefined;
    },
    write(name, value) {
      const written = turn.then(async () => write(name, (await markOf(name, value)) + value));
      turn = written.catch(() => undefined); // Whoever wrote it hears of it.
      return written;
    },
  };
}

const markOf = (name: string, value: string): Promise<string> => digest(utf8(name + value));

/** SHA-256 in hex. */
const MARK_LENGTH = 64;

/** What cannot be read counts as not there: it is fetched again. */
async function readable<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Tries once more on a new connection; a database that refuses twice has no room to give. */
async function written(
  database: Database,
  store: StoreName,
  work: (store: IDBObjectStore) => void,
): Promise<'stored' | 'full'> {
  for (const last of [false, true]) {
    try {
      await database.write(store, work);
      return 'stored';
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (last || isFull(error)) return 'full';
    }
  }
  return 'full';
}
