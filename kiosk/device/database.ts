import { present } from '../../shared/kit/assert.ts';

/** One screen's IndexedDB. Its version is 1 for ever: another layout is another database name. */
export interface Database {
  read<Value>(
    store: StoreName,
    request: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value>;
  /** The values under these keys, in one transaction. */
  readEach(store: StoreName, keys: readonly string[]): Promise<readonly unknown[]>;
  /** Ends once everything asked of the store is on the disk, or nothing of it is. */
  write(store: StoreName, work: (store: IDBObjectStore) => void): Promise<void>;
  close(): void;
}

const STORES = ['objects', 'notes', 'keys'] as const;
export type StoreName = (typeof STORES)[number];

export const databaseName = (screen: string): string => `openhall-1-${screen}`;

/** Opens the database, anew if it is beyond reading; undefined when the browser gives none. */
export async function openDatabase(name: string): Promise<Database | undefined> {
  const first = (await open(name)) ?? (await reopen(name));
  if (first === undefined) return undefined;
  let connection: Promise<IDBDatabase> | undefined = Promise.resolve(first);

  const connect = async (): Promise<IDBDatabase> => {
    const opened = await open(name);
    if (opened === undefined) throw new DOMException(name, 'UnknownError');
    return opened;
  };

  async function run(
    store: StoreName,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => void,
  ): Promise<void> {
    const database = await (connection ??= connect());
    try {
      await transact(database, store, mode, work);
    } catch (error) {
      // The browser may have closed it, as it does when site data is cleared: the next call opens anew.
      connection = undefined;
      database.close();
      throw error;
    }
  }

  return {
    async read(store, request) {
      let pending: ReturnType<typeof request> | undefined;
      await run(store, 'readonly', (objects) => {
        pending = request(objects);
      });
      return present(pending, 'request').result;
    },
    async readEach(store, keys) {
      let pending: readonly IDBRequest<unknown>[] = [];
      await run(store, 'readonly', (objects) => {
        pending = keys.map((key) => objects.get(key));
      });
      return pending.map(({ result }) => result);
    },
    write: (store, work) => run(store, 'readwrite', work),
    close() {
      void connection?.then((database) => database.close());
    },
  };
}

function transact(
  database: IDBDatabase,
  store: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Strict: on the disk before it is said to be complete, or a power cut takes it back.
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new DOMException(store, 'AbortError')),
    );
    work(transaction.objectStore(store));
  });
}

function open(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('upgradeneeded', () => {
      for (const store of STORES) request.result.createObjectStore(store);
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => resolve(undefined));
  });
}

function reopen(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve(open(name)));
    request.addEventListener('error', () => resolve(undefined));
  });
}

/** Browsers say either of these when there is no room, and the second also when the disk fails. */
export function isFull(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'QuotaExceededError' || error.name === 'UnknownError')
  );
}
