import type { StoredObject } from './object-store.ts';

/** The objects read last, as many as fit. */
export interface ObjectCache {
  get(name: string): CachedObject | undefined;
  set(name: string, object: CachedObject): void;
  delete(name: string): void;
}

export interface CachedObject {
  readonly bytes: StoredObject['bytes'];
  /** `unmade` until somebody wants it; undefined where it saves too little. */
  readonly brotli: StoredObject['brotli'] | 'unmade';
}

export function createObjectCache(limitBytes: number): ObjectCache {
  /** Least recently used first: a map keeps the order of insertion. */
  const objects = new Map<string, CachedObject>();
  let bytes = 0;
  /** The one used last needs no moving. */
  let newest: string | undefined;

  function remove(name: string): CachedObject | undefined {
    const object = objects.get(name);
    if (object !== undefined) bytes -= sizeOf(object);
    objects.delete(name);
    if (newest === name) newest = undefined;
    return object;
  }

  function add(name: string, object: CachedObject): void {
    objects.set(name, object);
    bytes += sizeOf(object);
    newest = name;
  }

  return {
    get(name) {
      if (name === newest) return objects.get(name);
      const object = remove(name);
      if (object !== undefined) add(name, object);
      return object;
    },
    set(name, object) {
      remove(name);
      if (sizeOf(object) > limitBytes / LARGEST_SHARE) return;
      add(name, object);
      for (const oldest of objects.keys()) {
        if (bytes <= limitBytes) break;
        remove(oldest);
      }
    },
    delete: (name) => void remove(name),
  };
}

/** One object may take this part of the cache at most; media would flush out all the rest. */
const LARGEST_SHARE = 8;

function sizeOf({ bytes, brotli }: CachedObject): number {
  return bytes.length + (brotli instanceof Buffer ? brotli.length : 0);
}
