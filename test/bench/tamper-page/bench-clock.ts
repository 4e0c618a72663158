import type { Clocks, Timer } from '../../../shared/sync/ports.ts';

/** The page's own time, with stretches left out: what a screen does after a minute is done at once. */
export interface BenchClock {
  readonly clocks: Clocks;
  readonly timer: Timer;
  /** Leaves out so much, running what comes due in its order. */
  skip(ms: number): Promise<void>;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

export function createBenchClock(): BenchClock {
  const waiting = new Set<Due>();
  let skipped = 0;
  const monotonic = (): number => performance.now() + skipped;

  function fire(due: Due): void {
    if (!waiting.delete(due)) return;
    skipped += Math.max(0, due.at - monotonic());
    due.run();
  }

  return {
    clocks: { wall: () => Date.now(), monotonic },
    timer(at, run) {
      const due: Due = { at, run };
      waiting.add(due);
      const inMs = Math.min(Math.max(0, at - monotonic()), LONGEST_MS);
      const handle = setTimeout(() => {
        if (due.at <= monotonic() + 1) fire(due);
      }, inMs);
      return () => {
        waiting.delete(due);
        clearTimeout(handle);
      };
    },
    async skip(ms) {
      const until = monotonic() + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        fire(next);
        await turn();
      }
      skipped += Math.max(0, until - monotonic());
    },
  };
}

const LONGEST_MS = 2 ** 31 - 1;

/** Lets everything go on that waits for nothing but its turn. */
const turn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
