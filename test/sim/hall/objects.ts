import type { ObjectStore } from '../../../board-server/objects/object-store.ts';
import { sha256Of } from '../../../board-server/trust/digest.ts';
import type { Sha256 } from '../../../shared/kit/ids.ts';
import { accepted } from '../../../shared/kit/result.ts';

/**
 * Objects in memory that outlive the process: compressing, which real ones do, would go through
 * threads. An object is taken away and found missing as a damaged one is.
 */
export function createHallObjects(): HallObjects {
  const kept = new Map<string, Buffer<ArrayBuffer>>();
  const ever = new Map<string, Buffer<ArrayBuffer>>();
  let [wanted, before] = [new Set<string>(), new Set<string>()];
  let losses = 0;
  const drop = (name: string): void => {
    if (kept.delete(name)) losses += 1;
  };
  return {
    put: async (objects) => {
      const names = objects.map(({ bytes }) => sha256Of(bytes));
      for (const [index, { bytes }] of objects.entries()) {
        const copy = Buffer.from(bytes);
        kept.set(names[index] ?? '', copy);
        wanted.add(names[index] ?? '');
        ever.set(names[index] ?? '', copy);
      }
      return accepted(names);
    },
    read: async (name) => {
      const bytes = kept.get(name);
      return bytes && { bytes, brotli: undefined };
    },
    bytes: async (name) => kept.get(name),
    held: () => undefined,
    peek: async (name) => kept.get(name),
    has: (name) => kept.has(name),
    losses: () => losses,
    // Every key is a digest that `put` made.
    names: () => [...kept.keys()] as Sha256[],
    remove: async (name) => drop(name),
    beginRemoval() {
      [before, wanted] = [wanted, new Set()];
      return {
        async remove(names) {
          const unwanted = names.filter((name) => !wanted.has(name) && !before.has(name));
          for (const name of unwanted) drop(name);
          return unwanted.length;
        },
      };
    },
    look: (name) => ever.get(name),
  };
}

export interface HallObjects extends ObjectStore {
  /** What was ever put there, at once. */
  look(name: string): Buffer<ArrayBuffer> | undefined;
}
