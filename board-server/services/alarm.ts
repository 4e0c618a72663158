/** Port: calls back at an instant. A known moment is waited for, never polled. */
export interface Alarm {
  /** Runs once when the clock has reached `at`; returns how to cancel. */
  at(at: number, run: () => void): () => void;
}

/** Timers cannot wait longer than 24.8 days, and a wall clock may be set: look again each hour. */
const LOOK_AGAIN_MS = 3_600_000;

export function createAlarm(clock: () => number): Alarm {
  return {
    at(at, run) {
      if (at === Infinity) return () => undefined;
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        const left = at - clock();
        if (left <= 0) run();
        else timer = setTimeout(wait, Math.min(left, LOOK_AGAIN_MS));
      };
      timer = setTimeout(wait, Math.min(Math.max(0, at - clock()), LOOK_AGAIN_MS));
      return () => clearTimeout(timer);
    },
  };
}
