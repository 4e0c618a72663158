/** [FL5] Whoever comes beyond the rate waits here for its turn, first come, first served. */
export interface WaitingLine {
  /** Calls back once: at once or at its turn with true, with false when the line is full or closed. */
  enter(turn: (isAdmitted: boolean) => void): Leave;
  /** Nobody is admitted any more. */
  close(): void;
}

/** Whoever goes before its turn makes room for others. */
type Leave = () => void;

export interface WaitingLinePorts {
  /** Whether there is a turn now; taking it uses it up. */
  readonly admit: () => boolean;
  /** How many may wait. */
  readonly longest: number;
  /** Between two looks whether there are turns. */
  readonly everyMs: number;
  readonly later: (ms: number, run: () => void) => void;
}

export function createWaitingLine(ports: WaitingLinePorts): WaitingLine {
  const { admit, longest, everyMs, later } = ports;
  /** In the order of coming: a set keeps the order of insertion. */
  const waiting = new Set<(isAdmitted: boolean) => void>();
  let state: 'empty' | 'moving' | 'closed' = 'empty';

  function move(): void {
    if (state === 'closed') return;
    for (const turn of waiting) {
      if (!admit()) break;
      waiting.delete(turn);
      turn(true);
    }
    state = waiting.size === 0 ? 'empty' : 'moving';
    if (state === 'moving') later(everyMs, move);
  }

  return {
    enter(turn) {
      if (state === 'closed' || waiting.size >= longest) turn(false);
      else if (waiting.size === 0 && admit()) turn(true);
      else {
        waiting.add(turn);
        if (state === 'empty') later(everyMs, move);
        state = 'moving';
      }
      return () => void waiting.delete(turn);
    },
    close() {
      state = 'closed';
      for (const turn of waiting) turn(false);
      waiting.clear();
    },
  };
}
