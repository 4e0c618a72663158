import { equalBytes } from '../kit/bytes.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';

/** The order of statements: epoch first, then version. Only root raises the epoch. */
export interface Ordered {
  readonly epoch: number;
  readonly version: number;
}

export type OrderRefusal =
  /** Older than what was accepted before: rolled back. */
  | 'rollback'
  /** The same order with other bytes: two signers disagree, an alarm. */
  | 'conflict';

export interface Known<Statement extends Ordered> {
  readonly statement: Statement;
  readonly payload: Uint8Array;
}

/** The highest order ever accepted, kept in two stores so that losing one forgets nothing. */
export type HighWater = Ordered | undefined;

/** [TR4] Newer is taken, the same bytes are nothing new, older or differing bytes are refused. */
export function acceptOrdered<Statement extends Ordered>(
  have: Known<Statement> | undefined,
  floor: HighWater,
  next: Known<Statement>,
): Result<'newer' | 'same', OrderRefusal> {
  const { statement } = next;
  if (floor !== undefined && compareOrder(statement, floor) < 0) return refused('rollback');
  if (have === undefined) return accepted('newer');
  const order = compareOrder(statement, have.statement);
  if (order < 0) return refused('rollback');
  if (order > 0) return accepted('newer');
  return equalBytes(next.payload, have.payload) ? accepted('same') : refused('conflict');
}

export function compareOrder(a: Ordered, b: Ordered): number {
  return a.epoch - b.epoch || a.version - b.version;
}

export interface LeaseTerms {
  readonly head: string;
  readonly signedAt: number;
  readonly expires: number;
}

export type LeaseRefusal =
  /** Names another head than the one held. */
  | 'other-head'
  /** Signed before the newest lease already seen: frozen or replayed. */
  | 'older'
  | 'expired'
  /** Signed later than trusted time can explain. */
  | 'from-future';

/** Leases may be this far ahead of the screen's trusted time before they are refused. */
export const LEASE_AHEAD_MS = 10 * 60_000;

/**
 * [TR6] A lease is fresh proof for one head. `t` is trusted time, or undefined when the screen
 * has none yet: then the lease itself brings it.
 */
export function acceptLease(
  newestSignedAt: number,
  head: string,
  lease: LeaseTerms,
  t: number | undefined,
): Result<'fresh', LeaseRefusal> {
  if (lease.head !== head) return refused('other-head');
  if (lease.signedAt < newestSignedAt) return refused('older');
  if (t === undefined) return accepted('fresh');
  if (lease.expires <= t) return refused('expired');
  if (lease.signedAt > t + LEASE_AHEAD_MS) return refused('from-future');
  return accepted('fresh');
}
