import * as z from 'zod/mini';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { instant, sha256 } from '../../shared/protocol/scalars.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Alarm } from '../services/alarm.ts';
import { createCollection } from '../services/collection.ts';
import type { Store } from '../store/store.ts';
import { createNamedObjects, UNNAMED } from './named-objects.ts';

/**
 * Keeps objects for as long as anything may want them. Old releases are what piles up: manifests and
 * chunks of heads that were replaced.
 */
export interface Retention {
  /** Sweeps once now. Resolves to how many objects went. */
  sweep(): Promise<number>;
  /** Sweeps soon, and then every day. */
  start(): void;
  /** Ends the days and waits for the sweep under way. */
  close(): Promise<void>;
}

/**
 * From the moment on at which nothing names an object any more. A screen that is fetching an old
 * head asks again within a minute; the rest is for people who want something back.
 */
export const GRACE_MS = 7 * 86_400_000;
const FIRST_AFTER_MS = 10 * 60_000;
const EVERY_MS = 86_400_000;

export function createRetention(deps: {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly logs: readonly string[];
  readonly alarm: Alarm;
  readonly clock: () => number;
  /** Whether the clock can be trusted with ages. */
  readonly isClockSound: () => boolean;
  readonly log: (message: string, error?: unknown) => void;
}): Retention {
  const { store, objects, alarm, clock } = deps;
  const unnamed = createCollection(store, UNNAMED, unnamedDocument);
  const named = createNamedObjects(deps);
  let running: Promise<number> = Promise.resolve(0);
  let cancel = nothingToCancel;

  async function sweep(): Promise<number> {
    if (!deps.isClockSound()) return 0;
    const t = clock();
    const removal = objects.beginRemoval();
    const wanted = await named.find();
    const before = unnamed.get(DOCUMENT)?.value.since ?? {};
    const since: Record<string, number> = {};
    const over: string[] = [];
    for (const name of objects.names()) {
      if (wanted.has(name)) continue;
      const from = Math.min(before[name] ?? t, t);
      if (t - from >= GRACE_MS) over.push(name);
      else since[name] = from;
    }
    // [RE2] First the files: a name without a file is dropped by the next sweep.
    const gone = await removal.remove(over.map((name) => id(isSha256, name)));
    const kept = await store.commit({ puts: [unnamed.put(DOCUMENT, { v: 1, since })] });
    if (!kept.ok) deps.log(`what nothing names was not noted: ${kept.refusal}`);
    return gone;
  }

  /** One at a time; a fault is told and the next day tries again. */
  function run(): Promise<number> {
    running = running.then(sweep).catch((error: unknown) => {
      deps.log('the sweep of objects failed', error);
      return 0;
    });
    return running;
  }

  function daily(afterMs: number): void {
    cancel = alarm.after(afterMs, () => {
      daily(EVERY_MS);
      void run();
    });
  }

  return {
    sweep: run,
    start: () => daily(FIRST_AFTER_MS),
    async close() {
      cancel();
      await running;
    },
  };
}

const nothingToCancel = (): void => undefined;

const DOCUMENT = 'objects';

/** Since when nothing names each of these. */
const unnamedDocument = z.strictObject({ v: z.literal(1), since: z.record(sha256, instant) });
