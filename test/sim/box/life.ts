import type { Timer } from '../../../shared/sync/ports.ts';
import type { Timeline } from '../timeline.ts';

/** From one switching on to the next power cut. Nothing of it goes on afterwards. */
export interface Life {
  isPowered(): boolean;
  /** Milliseconds since it was switched on, by a crystal that drifts. */
  monotonic(): number;
  readonly timer: Timer;
  /** Runs after so many milliseconds of true time, unless the power goes. */
  after(ms: number, run: () => void): () => void;
  end(): void;
}

export function startLife(timeline: Timeline, drift: number): Life {
  const startedAt = timeline.now();
  const cancels = new Set<() => void>();
  let isPowered = true;

  const at = (dueAt: number, run: () => void): (() => void) => {
    if (!isPowered) return () => undefined;
    const cancelEvent = timeline.at(dueAt, () => {
      cancels.delete(cancel);
      run();
    });
    const cancel = (): void => {
      cancels.delete(cancel);
      cancelEvent();
    };
    cancels.add(cancel);
    return cancel;
  };

  return {
    isPowered: () => isPowered,
    monotonic: () => (timeline.now() - startedAt) * (1 + drift),
    // A thousandth more, lest rounding wake it before its time.
    timer: (due, run) => at(Math.max(timeline.now(), startedAt + due / (1 + drift) + 0.001), run),
    after: (ms, run) => at(timeline.now() + ms, run),
    end() {
      isPowered = false;
      for (const cancel of cancels) cancel();
    },
  };
}
