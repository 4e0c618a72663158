import type { RecordId } from '../kit/ids.ts';
import { playback } from './playback.ts';
import type { Layer } from './programme.ts';

/** A stretch of time in which a screen was not heard of, or had not painted what was out. */
export type Outage =
  | {
      readonly kind: 'silent';
      readonly since: number;
      /** Null while it lasts. */
      readonly until: number | null;
      readonly glass: Glass;
    }
  | {
      readonly kind: 'behind';
      readonly since: number;
      readonly until: number | null;
      /** When the first release that it did not paint was signed. */
      readonly newsSince: number;
    };

/** What a screen’s own reports say of its glass while nobody heard it. */
export type Glass =
  /** It is silent still, or came back without a word that settles it. */
  | { readonly known: 'nothing' }
  /** Its page lived through: it played on from its own storage. */
  | { readonly known: 'played' }
  /** Its page began anew: dark for some of the time before it painted; null when that is not known. */
  | { readonly known: 'restarted'; readonly paintedAt: number | null };

/** The head on a screen’s glass, and when this life of its page first painted it. */
export interface PaintedHead {
  readonly epoch: number;
  readonly version: number;
  readonly at: number;
}

/**
 * [DY4] What the first word after a silence says of it. A page tells when it first painted the head:
 * the same head at the same instant is the same page, at another instant a new one. Another head
 * says nothing, since a page that lived may have flipped meanwhile.
 */
export function glassAfter(
  silence: { readonly since: number; readonly until: number },
  before: PaintedHead | null,
  after: PaintedHead,
): Glass {
  const isSameHead =
    before !== null && before.epoch === after.epoch && before.version === after.version;
  if (!isSameHead) return { known: 'nothing' };
  if (before.at === after.at) return { known: 'played' };
  // A screen without a clock may paint at an instant that cannot be.
  const isWithin = silence.since <= after.at && after.at <= silence.until;
  return { known: 'restarted', paintedAt: isWithin ? after.at : null };
}

/** Milliseconds that each record stands on a board over [since, until), by the programme alone. */
export function shownOver(
  layers: readonly Layer[],
  since: number,
  until: number,
): ReadonlyMap<RecordId, number> {
  const shown = new Map<RecordId, number>();
  for (let t = since; t < until;) {
    const span = playback(layers, t);
    const end = Math.min(span.until, until);
    if (span.value.kind === 'page') {
      const { record } = span.value;
      shown.set(record, (shown.get(record) ?? 0) + end - t);
    }
    t = end;
  }
  return shown;
}

/** Display time of one record on one board that is not known to have been given. */
export interface Loss {
  readonly record: RecordId;
  readonly ms: number;
  /** `lost`: all of it was; `most`: at most so much; `unknown`: nothing is known of it. */
  readonly known: 'lost' | 'most' | 'unknown';
}

/**
 * [DY4] What an outage took from each record on one board, by `t`.
 *
 * @param layers what the board would have played
 * @param approvedAt when the version of a record that it plays was approved
 */
export function lossesOf(
  outage: Outage,
  layers: readonly Layer[],
  approvedAt: (record: RecordId) => number,
  t: number,
): readonly Loss[] {
  const until = outage.until ?? t;
  if (outage.kind === 'behind') {
    // What it holds it plays; only what came with the releases it has not painted is missing.
    return losses(layers, outage.since, until, 'lost').filter(
      ({ record }) => approvedAt(record) >= outage.newsSince,
    );
  }
  switch (outage.glass.known) {
    case 'played':
      return [];
    case 'restarted':
      return losses(layers, outage.since, outage.glass.paintedAt ?? until, 'most');
    case 'nothing':
      return losses(layers, outage.since, until, 'unknown');
  }
}

function losses(
  layers: readonly Layer[],
  since: number,
  until: number,
  known: Loss['known'],
): readonly Loss[] {
  return [...shownOver(layers, since, until)].map(([record, ms]) => ({ record, ms, known }));
}
