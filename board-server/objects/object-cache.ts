import type { StoredObject } from './object-store.ts';

/** The objects read lately, as many as fit. */
export interface ObjectCache {
  get(name: string): CachedObject | undefined;
  set(name: string, object: CachedObject): void;
  delete(name: string): void;
  count(): number;
  /** Whether one more could push another out. */
  isFull(): boolean;
}

export interface CachedObject {
  readonly bytes: StoredObject['bytes'];
  /** `unmade` until somebody wants it; undefined where it saves too little. */
  readonly brotli: StoredObject['brotli'] | 'unmade';
}

interface Place {
  readonly object: CachedObject;
  /** Whether it was asked for since room was last looked for here. */
  lately: 'used' | 'unused';
}

/**
 * Room is made by second chance: who was asked for since the last look goes to the end of the line,
 * who was not goes. Moving each object when it is asked for would cost a tenth of its answer.
 */
export function createObjectCache(limitBytes: number): ObjectCache {
  /** In line: a map keeps the order of insertion. */
  const places = new Map<string, Place>();
  const largest = limitBytes / LARGEST_SHARE;
  let bytes = 0;

  function remove(name: string): void {
    const place = places.get(name);
    if (place !== undefined) bytes -= sizeOf(place.object);
    places.delete(name);
  }

  function makeRoom(newest: string): void {
    for (const [name, place] of places) {
      if (bytes <= limitBytes) return;
      if (name === newest) continue;
      if (place.lately === 'unused') {
        remove(name);
        continue;
      }
      place.lately = 'unused';
      places.delete(name);
      places.set(name, place);
    }
  }

  return {
    get(name) {
      const place = places.get(name);
      if (place === undefined) return undefined;
      place.lately = 'used';
      return place.object;
    },
    set(name, object) {
      remove(name);
      if (sizeOf(object) > largest) return;
      places.set(name, { object, lately: 'unused' });
      bytes += sizeOf(object);
      makeRoom(name);
    },
    delete: remove,
    count: () => places.size,
    isFull: () => bytes > limitBytes - largest,
  };
}

/** One object may take this part of the cache at most; media would flush out all the rest. */
const LARGEST_SHARE = 8;

function sizeOf({ bytes, brotli }: CachedObject): number {
  return bytes.length + (brotli instanceof Buffer ? brotli.length : 0);
}
