import { setImmediate } from 'node:timers/promises';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Store } from '../store/store.ts';
import { namesIn, namesInObject } from './names-in.ts';

/** Finds every object that anything names. */
export interface NamedObjects {
  /**
   * [RE1] Names in documents and logs, and in the objects that those name, and so on. The documents
   * are those of the moment of the call.
   */
  find(): Promise<ReadonlySet<string>>;
}

export function createNamedObjects(deps: {
  readonly store: Pick<Store, 'collections' | 'list' | 'head' | 'read'>;
  readonly objects: Pick<ObjectStore, 'has' | 'peek'>;
  readonly logs: readonly string[];
}): NamedObjects {
  const { store, objects, logs } = deps;
  /** What logs name is named for good, so each entry is read once. */
  const inLogs = new Set<string>();
  const readUntil = new Map<string, number>();

  async function readLog(log: string): Promise<void> {
    for (let from = (readUntil.get(log) ?? 0) + 1; from <= store.head(log).seq;) {
      const entries = await store.read(log, { from, limit: PAGE_ENTRIES });
      for (const { value } of entries) namesIn(value, inLogs);
      from = (entries.at(-1)?.seq ?? from + PAGE_ENTRIES - 1) + 1;
      readUntil.set(log, from - 1);
    }
  }

  /** From each object to those that it names, until nothing new comes. */
  async function follow(named: Set<string>): Promise<void> {
    for (const name of named) {
      // A set goes on to what is added while it is gone through.
      if (!objects.has(name)) continue;
      const bytes = await objects.peek(name);
      if (bytes !== undefined) namesInObject(bytes, named);
    }
  }

  return {
    async find() {
      const documents = store.collections().flatMap((name) => store.list(name));
      const named = new Set<string>();
      for (const [index, { collection, value }] of documents.entries()) {
        if (collection !== UNNAMED) namesIn(value, named);
        // Others want the one thread too.
        if (index % SLICE === 0) await setImmediate();
      }
      for (const log of logs) await readLog(log);
      for (const name of inLogs) named.add(name);
      await follow(named);
      return named;
    },
  };
}

/** Where the sweep itself keeps the names of what nothing names. */
export const UNNAMED = 'unnamed-objects';

const PAGE_ENTRIES = 500;
const SLICE = 50;
