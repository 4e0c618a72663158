/** Port: calls back at an instant or after a time. A known moment is waited for, never polled. */
export interface Alarm {
  /** Runs once when the clock has reached `at`; returns how to cancel. */
  at(at: number, run: () => void): () => void;
  /** [CK7] Runs once when so much time has passed, 24 days at most; returns how to cancel. */
  after(ms: number, run: () => void): () => void;
}

/** Timers count time that passes, and a wall clock may be set: look at it again each minute. */
const LOOK_AGAIN_MS = 60_000;

export function createAlarm(clock: () => number): Alarm {
  return {
    after,
    at(at, run) {
      if (at === Infinity) return () => undefined;
      let cancel: () => void;
      const look = (): void => {
        if (at <= clock()) run();
        else wait();
      };
      const wait = (): void => {
        cancel = after(Math.min(Math.max(0, at - clock()), LOOK_AGAIN_MS), look);
      };
      wait();
      return () => cancel();
    },
  };
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
