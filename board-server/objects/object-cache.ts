import type { StoredObject } from './object-store.ts';

/** The objects read last, as many as fit. */
export interface ObjectCache {
  get(name: string): StoredObject | undefined;
  set(name: string, object: StoredObject): void;
  delete(name: string): void;
}

export function createObjectCache(limitBytes: number): ObjectCache {
  /** Least recently used first: a map keeps the order of insertion. */
  const objects = new Map<string, StoredObject>();
  let bytes = 0;

  function remove(name: string): StoredObject | undefined {
    const object = objects.get(name);
    if (object !== undefined) bytes -= sizeOf(object);
    objects.delete(name);
    return object;
  }

  function add(name: string, object: StoredObject): void {
    objects.set(name, object);
    bytes += sizeOf(object);
  }

  return {
    get(name) {
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

function sizeOf({ bytes, brotli }: StoredObject): number {
  return bytes.length + (brotli?.length ?? 0);
}
