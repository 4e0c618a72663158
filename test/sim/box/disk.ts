import type { Sha256 } from '../../../shared/kit/ids.ts';
import type { Notebook, Shelf, Stored } from '../../../shared/sync/ports.ts';
import type { Chance } from '../chance.ts';

/**
 * What a box keeps without power: a shelf and a first notebook in one database, and a second notebook
 * that fails apart from them. A write is durable once it has resolved; when the power goes in the
 * middle of one it may be done, not begun, or half done.
 */
export interface Disk {
  readonly objects: Map<Sha256, Uint8Array<ArrayBuffer>>;
  readonly notes: readonly [Map<string, string>, Map<string, string>];
  /** Bytes of objects that the database takes; at 0 it takes no notes either. */
  capacity: number;
  /** Durable operations until the power goes; Infinity unless a cut is planned. */
  writesLeft: number;
}

export type Home = 0 | 1;

/** What the referee hears of writes. */
export interface DiskWatch {
  /** A note is about to be written. */
  writing(home: Home, name: string, value: string): void;
  written(home: Home, name: string, value: string): void;
  /** A note was torn: whole neither as it was nor as it was to be. */
  torn(home: Home, name: string): void;
}

/** The disk as one page sees it, for as long as it has power. */
export interface DiskPorts {
  readonly disk: Disk;
  readonly chance: Chance;
  readonly watch: DiskWatch;
  readonly isPowered: () => boolean;
  readonly powerFails: () => void;
}

export function createDisk(): Disk {
  return {
    objects: new Map(),
    notes: [new Map(), new Map()],
    capacity: Infinity,
    writesLeft: Infinity,
  };
}

const forever = (): Promise<never> => new Promise(() => undefined);

type Ending = 'done' | 'cut' | 'dead';

/** Whether the next durable operation ends well, or is the one in which the power goes. */
function endingOf({ disk, isPowered }: DiskPorts): Ending {
  if (!isPowered()) return 'dead';
  disk.writesLeft -= 1;
  return disk.writesLeft <= 0 ? 'cut' : 'done';
}

function cutPower({ disk, powerFails }: DiskPorts): Promise<never> {
  disk.writesLeft = Infinity;
  powerFails();
  return forever();
}

export function shelfOn(ports: DiskPorts): Shelf {
  const { disk, chance } = ports;
  const { objects } = disk;
  const alive = <Value>(value: () => Value): Promise<Value> =>
    ports.isPowered() ? Promise.resolve(value()) : forever();
  return {
    // A page gets bytes of its own, as from a database.
    get: (digest) => alive(() => objects.get(digest)?.slice()),
    list: () => alive(() => [...objects.keys()]),
    async put(list) {
      const ending = endingOf(ports);
      if (ending === 'dead') return forever();
      if (disk.capacity < Infinity && sizeOf(objects, list) > disk.capacity) return 'full';
      if (ending === 'done') {
        for (const { digest, bytes } of list) objects.set(digest, bytes);
        return 'stored';
      }
      for (const { digest, bytes } of list.slice(0, chance.below(list.length + 1))) {
        const isWhole = chance.is(0.7);
        objects.set(digest, isWhole ? bytes : bytes.slice(0, chance.below(bytes.length)));
      }
      return cutPower(ports);
    },
    async remove(digests) {
      const ending = endingOf(ports);
      if (ending === 'dead') return forever();
      const some = ending === 'done' ? digests : digests.slice(0, chance.below(digests.length + 1));
      for (const digest of some) objects.delete(digest);
      return ending === 'done' ? undefined : cutPower(ports);
    },
  };
}

function sizeOf(objects: Disk['objects'], more: readonly Stored[]): number {
  let size = 0;
  for (const bytes of objects.values()) size += bytes.length;
  for (const { bytes } of more) size += bytes.length;
  return size;
}

export function notebookOn(ports: DiskPorts, home: Home): Notebook {
  const { disk, chance, watch } = ports;
  const notes = disk.notes[home];
  return {
    read: (name) => (ports.isPowered() ? Promise.resolve(notes.get(name)) : forever()),
    async write(name, value) {
      const ending = endingOf(ports);
      if (ending === 'dead') return forever();
      watch.writing(home, name, value);
      if (home === 0 && disk.capacity === 0) return 'full';
      if (ending === 'done') {
        notes.set(name, value);
        watch.written(home, name, value);
        return 'stored';
      }
      if (chance.is(0.3)) {
        notes.set(name, value);
        watch.written(home, name, value);
      } else if (chance.is(0.6) && mayTear(home, name)) {
        notes.set(name, value.slice(0, chance.below(value.length)));
        watch.torn(home, name);
      }
      return cutPower(ports);
    },
  };
}

/**
 * The contract of a notebook is that it writes whole. A generation's pointer has others behind it
 * and a note of the second home has the first, so those are torn all the same; what is kept in one
 * place alone is not.
 */
function mayTear(home: Home, name: string): boolean {
  return home === 1 || name === 'current' || name === 'previous' || name === 'settled';
}
