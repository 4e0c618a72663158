import { hash } from 'node:crypto';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { ensureFolder } from '../store/durable-file.ts';
import { isFull } from '../store/file-system.ts';
import type { FileSystem } from '../store/file-system.ts';
import { createQuarantine } from '../store/quarantine.ts';
import { createSequence } from '../store/sequence.ts';
import { compressed } from './brotli.ts';
import { createObjectCache } from './object-cache.ts';
import type { CachedObject, ObjectCache } from './object-cache.ts';
import { createObjectFiles, objectPath } from './object-files.ts';
import type { ObjectFiles } from './object-files.ts';
import type { ObjectStore, Removal, StoredObject } from './object-store.ts';

export interface ObjectStoreOptions {
  /** A folder for these objects alone. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly clock: () => number;
  /** Memory for the objects read last, in bytes. */
  readonly cacheBytes?: number;
}

export interface FileObjects extends ObjectStore {
  /** How many memory holds. */
  inMemory(): number;
  /** Whether memory is so full that another object could push one out. */
  isFull(): boolean;
}

/**
 * Objects on a disk. Reading is from memory where it can be; from the disk it is hashed again. The
 * compressed form is made at the first reading and lives in memory only: checking one kept on the
 * disk would cost about as much as making it, and each would be one more file to write at publish.
 */
export async function openObjectStore(options: ObjectStoreOptions): Promise<FileObjects> {
  const { folder, fileSystem: fs, cacheBytes = 64 << 20 } = options;
  await ensureFolder(fs, folder);
  const files = createObjectFiles(fs, folder);
  const known = new Set<string>(await files.names());
  const cache = createObjectCache(cacheBytes);
  const quarantine = createQuarantine(fs, folder, options.clock());
  const wanted = createWanted();
  const put = createPut(files, known, wanted.note);
  let losses = 0;
  const load = createLoad(files, cache, async (name, state) => {
    if (known.delete(name)) losses += 1;
    // Where it cannot be moved it stays, unknown to readers; the next put takes its place.
    if (state === 'damaged') await quarantine.move(objectPath(name)).catch(() => undefined);
  });
  async function remove(name: string): Promise<void> {
    if (!isSha256(name)) return;
    if (known.delete(name)) losses += 1;
    cache.delete(name);
    await files.remove(name);
  }

  return {
    put,
    async read(name) {
      if (!isSha256(name) || !known.has(name)) return undefined;
      const cached = cache.get(name);
      return isPacked(cached) ? cached : load.packed(name);
    },
    async peek(name) {
      if (!isSha256(name) || !known.has(name)) return undefined;
      const bytes = await files.read(name);
      return typeof bytes === 'string' ? undefined : bytes;
    },
    async bytes(name) {
      if (!isSha256(name) || !known.has(name)) return undefined;
      return cache.get(name)?.bytes ?? load.plain(name);
    },
    held: cache.get,
    inMemory: cache.count,
    isFull: cache.isFull,
    has: (name) => known.has(name),
    losses: () => losses,
    *names() {
      for (const name of known) if (isSha256(name)) yield name;
    },
    remove,
    beginRemoval() {
      wanted.turn();
      return removalOf((name) => wanted.has(name), remove);
    },
  };
}

function removalOf(
  isWanted: (name: Sha256) => boolean,
  remove: (name: Sha256) => Promise<void>,
): Removal {
  return {
    async remove(names) {
      let gone = 0;
      for (const name of names) {
        if (isWanted(name)) continue;
        await remove(name);
        gone += 1;
      }
      return gone;
    },
  };
}

/** Names put lately: since the turn before the last. */
function createWanted() {
  let [before, since] = [new Set<string>(), new Set<string>()];
  return {
    note: (name: string): void => void since.add(name),
    turn(): void {
      [before, since] = [since, new Set()];
    },
    has: (name: string): boolean => since.has(name) || before.has(name),
  };
}

/** One batch at a time, so that no two write one object. */
function createPut(
  files: ObjectFiles,
  known: Set<string>,
  note: (name: string) => void,
): ObjectStore['put'] {
  const sequence = createSequence();
  let hasFailed = false;

  async function write(objects: ReadonlyMap<Sha256, Uint8Array>): Promise<Refusal | undefined> {
    if (hasFailed) return 'read-only';
    try {
      await files.write(objects);
      for (const name of objects.keys()) known.add(name);
      return undefined;
    } catch (error) {
      if (isFull(error)) return 'full';
      // What a failed fsync leaves behind is unknown, so nothing is acknowledged after one.
      hasFailed = true;
      return 'read-only';
    }
  }

  return (objects) => {
    const named = objects.map(({ bytes }) => {
      const copy = Buffer.from(bytes); // The caller may go on using its own.
      return { name: id(isSha256, hash('sha256', copy)), bytes: copy };
    });
    for (const { name } of named) note(name);
    return sequence(async () => {
      const wanted = new Map(
        named.flatMap(({ name, bytes }) => (known.has(name) ? [] : [[name, bytes] as const])),
      );
      const refusal = wanted.size === 0 ? undefined : await write(wanted);
      return refusal === undefined ? accepted(named.map(({ name }) => name)) : refused(refusal);
    });
  };
}

type Refusal = 'full' | 'read-only';

/** Readers of one object at one time share the reading and the compressing. */
function createLoad(
  files: ObjectFiles,
  cache: ObjectCache,
  forget: (name: Sha256, state: 'missing' | 'damaged') => Promise<void>,
) {
  const plain = shared(async (name: Sha256): Promise<StoredObject['bytes'] | undefined> => {
    const bytes = await files.read(name);
    if (bytes === 'missing' || bytes === 'damaged') {
      await forget(name, bytes);
      return undefined;
    }
    cache.set(name, { bytes, brotli: 'unmade' });
    return bytes;
  });
  const packed = shared(async (name: Sha256): Promise<StoredObject | undefined> => {
    const bytes = cache.get(name)?.bytes ?? (await plain(name));
    if (bytes === undefined) return undefined;
    const object = { bytes, brotli: await compressed(bytes) };
    cache.set(name, object);
    return object;
  });
  return { plain, packed };
}

/** Whoever asks for a name while it is worked on gets that work's outcome. */
function shared<Value>(work: (name: Sha256) => Promise<Value>): (name: Sha256) => Promise<Value> {
  const running = new Map<Sha256, Promise<Value>>();
  return (name) => {
    const promise = running.get(name) ?? work(name).finally(() => running.delete(name));
    running.set(name, promise);
    return promise;
  };
}

function isPacked(object: CachedObject | undefined): object is StoredObject {
  return object !== undefined && object.brotli !== 'unmade';
}
