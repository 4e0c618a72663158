import { Heap } from './heap.ts';

/** Virtual time: what happens, in order, as fast as it can. Instants are epoch milliseconds. */
export interface Timeline {
  now(): number;
  /** How many events there were. */
  events(): number;
  /** Runs once at `at`, rounded up, or next when that is over; returns how to call it off. */
  at(at: number, run: Act): () => void;
  /** Lets everything happen until then, or until `stop`. */
  runUntil(until: number): Promise<void>;
  stop(): void;
}

/** What it returns is waited for before time goes on: only work outside virtual time needs that. */
export type Act = () => Promise<void> | void;

interface Entry {
  readonly at: number;
  /** Of two at one instant the one asked for first comes first. */
  readonly turn: number;
  run: Act | undefined;
}

/** More events than this at one instant are no progress. */
const AT_ONE_INSTANT = 200_000;

export function createTimeline(startAt: number): Timeline {
  const heap = new Heap<Entry>((a, b) => a.at - b.at || a.turn - b.turn);
  let [now, turns, events, isStopped] = [startAt, 0, 0, false];
  let [instant, atInstant] = [startAt, 0];

  function next(until: number): Act | undefined {
    for (let first = heap.first(); first !== undefined; first = heap.first()) {
      if (first.at > until) return undefined;
      heap.take();
      const { run } = first;
      if (run === undefined) continue;
      first.run = undefined;
      now = Math.max(now, first.at);
      return run;
    }
    return undefined;
  }

  function count(): void {
    events += 1;
    if (now !== instant) [instant, atInstant] = [now, 0];
    atInstant += 1;
    if (atInstant > AT_ONE_INSTANT) throw new Error(`time stands still at ${now}`);
  }

  return {
    now: () => now,
    events: () => events,
    at(at, run) {
      const entry: Entry = { at: Math.ceil(at), turn: (turns += 1), run };
      heap.add(entry);
      return () => {
        entry.run = undefined;
      };
    },
    runUntil: (until) =>
      new Promise((resolve, reject) => {
        const step = (): void => {
          const run = isStopped ? undefined : next(until);
          if (run === undefined) {
            if (!isStopped) now = Math.max(now, until);
            return resolve();
          }
          try {
            count();
            const outside = run();
            if (outside instanceof Promise) outside.then(() => setImmediate(step), reject);
            // Every port settles in microtasks, and all of those run before the next immediate.
            else setImmediate(step);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        setImmediate(step);
      }),
    stop: () => {
      isStopped = true;
    },
  };
}
