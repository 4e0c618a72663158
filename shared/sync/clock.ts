import * as z from 'zod/mini';
import { parseJson } from '../kit/json.ts';
import type { ClockState } from '../protocol/report.ts';
import { instant } from '../protocol/scalars.ts';
import type { KnownTime } from '../trust/accept.ts';

/**
 * The trusted clock of one page: pure, moved on by leases and by monotonic milliseconds (`m`).
 * The device's own clock is looked at once, at the start, and then only within 30 days of a floor.
 */
export interface Clock {
  readonly state: ClockState;
  /** Trusted time less monotonic time. */
  readonly base: number;
  /** The same for the time that is certainly over: a lower bound that only proof has raised. */
  readonly provedBase: number;
  /** `signedAt - m` of recent leases; the largest suffered the least delay. */
  readonly samples: readonly number[];
  /** The newest lease, and when it came; undefined before the first. */
  readonly last: { readonly signedAt: number; readonly m: number } | undefined;
  /** Two leases agree with monotonic time: the first alone may have been an old one. */
  readonly isSteady: boolean;
  /** Lease time less device time when last confirmed. */
  readonly offset: number | null;
  /** Powered milliseconds without confirmation before `startedAt`. */
  readonly unconfirmedMs: number;
  /** Monotonic. */
  readonly startedAt: number;
}

/** What outlives the page. Instants are epoch milliseconds. */
export interface ClockRecord {
  /** Grows with each writing: the newer of two records counts. */
  readonly seq: number;
  /** Trusted time when written, confirmed or not. */
  readonly floor: number;
  /** It was certainly this late. */
  readonly proved: number;
  readonly offset: number | null;
  readonly unconfirmedMs: number;
  /** [CK5] Item versions whose end an unconfirmed clock reached, with that end. */
  readonly ended: readonly Ended[];
}

export interface Ended {
  /** `record/version` */
  readonly item: string;
  readonly latestAt: number;
}

export const NEAR_MS = 30 * 86_400_000;
export const UNCONFIRMED_LIMIT_MS = 72 * 3_600_000;
/** Enough for an hour of leases: old ones must go, because monotonic clocks drift. */
const SAMPLES = 60;

/** [CK3] The clock of a page that has heard no lease yet. */
export function startClock(record: ClockRecord | undefined, wall: number, m: number): Clock {
  const fresh = { samples: [], startedAt: m, last: undefined, isSteady: false };
  if (record === undefined) {
    // Nothing was ever shown here, so nothing can come back: the device's clock will do for a card.
    return {
      ...fresh,
      state: 'lost',
      base: wall - m,
      provedBase: -m,
      offset: null,
      unconfirmedMs: 0,
    };
  }
  const { floor, proved, offset, unconfirmedMs } = record;
  const estimate = offset === null ? undefined : wall + offset;
  const plausible = estimate !== undefined && Math.abs(estimate - floor) <= NEAR_MS;
  return {
    ...fresh,
    state: plausible ? 'unconfirmed' : 'lost',
    base: (plausible ? Math.max(floor, estimate) : floor) - m,
    provedBase: proved - m,
    offset,
    unconfirmedMs,
  };
}

/**
 * [CK1] A lease just accepted. Trusted time is that of recent leases plus monotonic time; it may
 * fall below an unconfirmed guess, never below what was proved.
 */
export function confirmClock(clock: Clock, signedAt: number, wall: number, m: number): Clock {
  const sample = signedAt - m;
  const earlier = clock.state === 'confirmed' ? clock.samples.slice(1 - SAMPLES) : [];
  const samples = [...earlier, sample];
  const base =
    clock.state === 'confirmed' ? Math.max(...samples) : Math.max(sample, clock.provedBase);
  const before = clock.state === 'confirmed' ? clock.last : undefined;
  return {
    ...clock,
    state: 'confirmed',
    last: { signedAt, m },
    isSteady: before !== undefined && (clock.isSteady || agree(before, { signedAt, m })),
    samples: [...earlier, Math.max(sample, earlier.length === 0 ? base : sample)],
    base,
    provedBase: base,
    offset: base + m - wall,
    unconfirmedMs: 0,
  };
}

/** How far two leases may differ from the time that passed between them, for the sake of the line. */
const AGREE_MS = 60_000;

function agree(a: NonNullable<Clock['last']>, b: NonNullable<Clock['last']>): boolean {
  const passed = b.signedAt - a.signedAt;
  return passed > 0 && Math.abs(passed - (b.m - a.m)) <= AGREE_MS;
}

export const trustedAt = (clock: Clock, m: number): number => clock.base + m;
export const provedAt = (clock: Clock, m: number): number => clock.provedBase + m;

/**
 * What leases are judged by. A box that slept lost monotonic time: its own clock explains the gap.
 * A hall whose clock is in doubt signs nothing and hands out its last lease for as long as that takes;
 * a page that started then takes its time from an old one, which must not lock it out afterwards.
 */
export function knownTime(clock: Clock, wall: number, m: number): KnownTime {
  const proved = Math.floor(provedAt(clock, m));
  if (clock.state !== 'confirmed' || !clock.isSteady) return { proved, latest: undefined };
  return { proved, latest: Math.max(trustedAt(clock, m), wall + (clock.offset ?? 0)) };
}

export function unconfirmedMsAt(clock: Clock, m: number): number {
  return clock.state === 'confirmed' ? 0 : clock.unconfirmedMs + m - clock.startedAt;
}

/** [CK4] Up to where the ends of items are believed to be over; -Infinity while time is known well. */
export function withdrawnUntil(clock: Clock, m: number): number {
  const doubtful = clock.state === 'lost' || unconfirmedMsAt(clock, m) > UNCONFIRMED_LIMIT_MS;
  return doubtful ? trustedAt(clock, m) + NEAR_MS : -Infinity;
}

const record = z.strictObject({
  v: z.literal(1),
  seq: z.int(),
  floor: instant,
  proved: instant,
  offset: z.nullable(z.int()),
  unconfirmedMs: z.number().check(z.gte(0)),
  ended: z.array(z.strictObject({ item: z.string(), latestAt: instant })),
});

export const clockText = (value: ClockRecord): string => JSON.stringify({ v: 1, ...value });

/** The newest of what the notebooks kept. */
export function newestClockRecord(texts: readonly (string | undefined)[]): ClockRecord | undefined {
  let newest: ClockRecord | undefined;
  for (const text of texts) {
    const { data } = record.safeParse(parseJson(text ?? ''));
    if (data !== undefined && (newest === undefined || data.seq > newest.seq)) newest = data;
  }
  return newest;
}
