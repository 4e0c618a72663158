import type { Database } from '../../../kiosk/device/database.ts';
import { databaseName, openDatabase } from '../../../kiosk/device/database.ts';
import { storagesOf } from '../../../kiosk/device/storage.ts';
import { present } from '../../../shared/kit/assert.ts';

/** All that a screen keeps in its browser, by name; damage may leave values of any kind. */
export interface Kept {
  readonly objects: Map<string, unknown>;
  readonly notes: Map<string, unknown>;
  /** The second home of notes. */
  readonly second: Map<string, string>;
  /** Notes that change from minute to minute, as the screen itself reads them. */
  readonly told: Told;
}

export interface Told {
  readonly leases: string | undefined;
  readonly clocks: readonly (string | undefined)[];
}

/** A screen's IndexedDB and local storage, behind its back. */
export interface Disk {
  read(): Promise<Kept>;
  write(kept: Kept): Promise<void>;
}

export async function openDisk(screen: string): Promise<Disk> {
  const name = databaseName(screen);
  const database = present(await openDatabase(name), 'database');
  const { notebooks } = storagesOf(database, localStorage, name);
  const prefix = `${name}/`;
  return {
    read: async () => ({
      objects: await readStore(database, 'objects'),
      notes: await readStore(database, 'notes'),
      second: new Map(
        Object.entries(localStorage)
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, value]) => [key.slice(prefix.length), String(value)]),
      ),
      told: {
        leases: await notebooks[0].read('leases'),
        clocks: await Promise.all(notebooks.map((notebook) => notebook.read('clock'))),
      },
    }),
    async write({ objects, notes, second }) {
      await writeStore(database, 'objects', objects);
      await writeStore(database, 'notes', notes);
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix)) localStorage.removeItem(key);
      }
      for (const [key, value] of second) localStorage.setItem(prefix + key, value);
    },
  };
}

type Place = 'objects' | 'notes';

async function readStore(database: Database, place: Place): Promise<Map<string, unknown>> {
  const [keys, values] = await Promise.all([
    database.read(place, (store) => store.getAllKeys()),
    database.read(place, (store): IDBRequest<unknown[]> => store.getAll()),
  ]);
  return new Map(
    keys.map((key, index) => [typeof key === 'string' ? key : 'no name', values[index]]),
  );
}

async function writeStore(
  database: Database,
  place: Place,
  values: ReadonlyMap<string, unknown>,
): Promise<void> {
  await database.write(place, (store) => {
    store.clear();
    for (const [key, value] of values) store.put(value, key);
  });
}

export const copyOf = ({ objects, notes, second, told }: Kept): Kept => ({
  told,
  objects: new Map(objects),
  notes: new Map(notes),
  second: new Map(second),
});
