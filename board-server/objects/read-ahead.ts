import type { Sha256 } from '../../shared/kit/ids.ts';

/** After a start, reads objects into memory ahead of whoever asks for them, at a pace that nobody feels. */
export interface ReadAhead {
  start(): void;
  /** Ends after the object under way. */
  close(): Promise<void>;
}

/** What it needs of the object store. */
export interface ReadObjects {
  /** In the order in which they come into memory; each was read when the next is asked for. */
  names(): Iterable<Sha256>;
  /** Hashes it, and makes the compressed form where there is one. */
  read(name: Sha256): Promise<unknown>;
  /** Whether another would push something out of memory. */
  isFull(): boolean;
}

/** Rests nine times as long as it worked: a tenth of a core while it lasts. */
const REST = 9;
const REST_MS_MIN = 4;

/**
 * [PR7] Reading a file and hashing it costs six times an answer from memory, and after a restart every
 * screen asks at once. What is damaged is set aside by the way, before anyone asked for it.
 */
export function createReadAhead(deps: {
  readonly objects: ReadObjects;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  /** Runs once after so many milliseconds; returns how to cancel. */
  readonly later: (ms: number, run: () => void) => () => void;
  readonly log: (message: string, error: unknown) => void;
}): ReadAhead {
  const { objects, monotonic, later, log } = deps;
  let state: 'open' | 'closed' = 'open';
  let running: Promise<void> = Promise.resolve();
  let cancel = nothingToCancel;

  function rest(names: Iterator<Sha256>, ms: number): void {
    if (state === 'open') cancel = later(ms, () => (running = next(names)));
  }

  async function next(names: Iterator<Sha256>): Promise<void> {
    const since = monotonic();
    const name = objects.isFull() ? undefined : names.next();
    if (name === undefined || name.done === true) return;
    try {
      await objects.read(name.value);
    } catch (error) {
      log('an object was not read ahead', error);
    }
    rest(names, Math.max(REST_MS_MIN, REST * (monotonic() - since)));
  }

  return {
    start: () => rest(objects.names()[Symbol.iterator](), REST_MS_MIN),
    async close() {
      state = 'closed';
      cancel();
      await running;
    },
  };
}

const nothingToCancel = (): void => undefined;
