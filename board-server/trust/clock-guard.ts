/**
 * [TR10] Nothing is signed by a clock that cannot be right. A suspicion stands until an
 * administrator confirms the time, since a clock that jumped back may jump again.
 */
export function createClockGuard(ports: ClockPorts): ClockGuard {
  let anchor = read(ports);
  let standing = atStart(anchor, ports.lastSignedAt);

  return {
    check() {
      const now = read(ports);
      standing ??= steppedSince(anchor, now);
      return standing === undefined
        ? { ok: true, at: now.wallAt }
        : { ok: false, suspicion: standing };
    },
    confirm() {
      anchor = read(ports);
      standing = undefined;
      return anchor.wallAt;
    },
  };
}

export interface ClockPorts {
  /** Wall clock, epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  /** Instant of the last signature of an earlier run; undefined before the first. */
  readonly lastSignedAt: number | undefined;
}

export type Suspicion = 'stepped' | 'behind' | 'ahead';

export interface ClockGuard {
  check():
    | { readonly ok: true; readonly at: number }
    | { readonly ok: false; readonly suspicion: Suspicion };
  /** A person has looked at the time and says it is right; returns that time. */
  confirm(): number;
}

interface Reading {
  readonly wallAt: number;
  readonly monotonicMs: number;
}

export const STEP_LIMIT_MS = 10 * 60_000;
export const AHEAD_LIMIT_MS = 7 * 86_400_000;
/** A restart within seconds of a signature may be set back by as much when NTP answers. */
export const BEHIND_TOLERANCE_MS = 5000;

function atStart({ wallAt }: Reading, lastSignedAt: number | undefined): Suspicion | undefined {
  if (lastSignedAt === undefined) return undefined;
  if (wallAt < lastSignedAt - BEHIND_TOLERANCE_MS) return 'behind';
  return wallAt > lastSignedAt + AHEAD_LIMIT_MS ? 'ahead' : undefined;
}

function steppedSince(anchor: Reading, now: Reading): Suspicion | undefined {
  const step = now.wallAt - anchor.wallAt - (now.monotonicMs - anchor.monotonicMs);
  return Math.abs(step) > STEP_LIMIT_MS ? 'stepped' : undefined;
}

function read({ clock, monotonic }: ClockPorts): Reading {
  return { wallAt: clock(), monotonicMs: monotonic() };
}
