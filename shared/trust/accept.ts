import type { Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';

/** The order of statements: epoch first, then version. Only root raises the epoch. */
export interface Ordered {
  readonly epoch: number;
  readonly version: number;
}

/** The order of a statement and the SHA-256 of its payload bytes. */
export interface Mark extends Ordered {
  readonly digest: Sha256;
}

export type OrderRefusal =
  /** Older than what was accepted before: rolled back. */
  | 'rollback'
  /** The same order with other bytes: two signers disagree, an alarm. */
  | 'conflict';

/**
 * [TR4] Newer is taken, the same bytes are nothing new, older or differing bytes are refused.
 *
 * @param highest the highest order ever accepted ([TR5] kept in two stores), if any
 */
export function acceptOrdered(
  highest: Mark | undefined,
  next: Mark,
): Result<'newer' | 'same', OrderRefusal> {
  if (highest === undefined) return accepted('newer');
  const order = compareOrder(next, highest);
  if (order < 0) return refused('rollback');
  if (order > 0) return accepted('newer');
  return next.digest === highest.digest ? accepted('same') : refused('conflict');
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
  /** Signed later than anything the screen knows can explain. */
  | 'from-future';

/** Leases may be this far ahead of the screen's latest plausible time before they are refused. */
export const LEASE_AHEAD_MS = 10 * 60_000;

/** What a screen knows of the time, epoch milliseconds. */
export interface KnownTime {
  /** It is certainly not earlier. */
  readonly proved: number;
  /** It is hardly later; undefined while no lease has confirmed the clock. */
  readonly latest: number | undefined;
}

/**
 * [TR6] A lease is fresh proof for one head. An unconfirmed clock refuses only what is certainly
 * over: a wrong device clock must not lock a screen out of the proof that would put it right.
 */
export function acceptLease(
  newestSignedAt: number,
  head: string,
  lease: LeaseTerms,
  time: KnownTime,
): Result<'fresh', LeaseRefusal> {
  if (lease.head !== head) return refused('other-head');
  if (lease.signedAt < newestSignedAt) return refused('older');
  if (lease.expires <= time.proved) return refused('expired');
  if (time.latest !== undefined && lease.signedAt > time.latest + LEASE_AHEAD_MS) {
    return refused('from-future');
  }
  return accepted('fresh');
}
