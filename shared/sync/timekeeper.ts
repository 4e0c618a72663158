import type { Item } from '../domain/release.ts';
import { itemKey } from '../domain/programme.ts';
import type { ClockState } from '../protocol/report.ts';
import type { KnownTime } from '../trust/accept.ts';
import type { Clock, Ended } from './clock.ts';
import {
  clockText,
  confirmClock,
  knownTime,
  newestClockRecord,
  provedAt,
  startClock,
  trustedAt,
  unconfirmedMsAt,
  withdrawnUntil,
} from './clock.ts';
import type { Clocks, Notebook } from './ports.ts';
import { writeTwice } from './records.ts';

/** The trusted clock with its memory in two notebooks. */
export interface Timekeeper {
  /** Trusted time, epoch milliseconds; goes back only when a lease corrects an unconfirmed guess. */
  now(): number;
  state(): ClockState;
  known(): KnownTime;
  /** A lease was accepted while `items` were on the screen. */
  confirm(signedAt: number, items: Iterable<Item>): void;
  /** Something other than a lease of this moment was learnt of the time, by device and monotonic time. */
  adjust(change: (clock: Clock, wall: number, m: number) => Clock): void;
  /**
   * [CK2] Writes the floor, at least `atLeast`: given shortly before an end, so that no power cut
   * brings back what is over. `items` are those on the screen.
   */
  keep(items: Iterable<Item>, atLeast?: number): Promise<void>;
  /** Item versions withheld for the clock's sake, as `record/version`. */
  withheld(items: Iterable<Item>): ReadonlySet<string>;
}

export async function openTimekeeper(
  notebooks: readonly Notebook[],
  clocks: Clocks,
): Promise<Timekeeper> {
  const texts = await Promise.all(notebooks.map((notebook) => notebook.read('clock')));
  const remembered = newestClockRecord(texts);
  let clock: Clock = startClock(remembered, clocks.wall(), clocks.monotonic());
  let ended: readonly Ended[] = remembered?.ended ?? [];
  let seq = remembered?.seq ?? 0;
  let guessedAt = trustedAt(clock, clocks.monotonic());
  let reached = -Infinity;
  /** An end already written ahead: no later writing takes it back. */
  let promised = -Infinity;

  const now = (): number => {
    // Taking the largest of recent leases, the clock may step back by what it drifted in an hour.
    reached = Math.max(reached, Math.floor(trustedAt(clock, clocks.monotonic())));
    return reached;
  };

  const endedBy = (items: Iterable<Item>, t: number, after = -Infinity): readonly Ended[] => {
    const proved = provedAt(clock, clocks.monotonic());
    const kept = ended.filter(({ latestAt }) => latestAt > proved);
    if (clock.state === 'confirmed') return kept;
    return withEnds(kept, items, Math.max(proved, after), t);
  };

  return {
    now,
    state: () => clock.state,
    known: () => knownTime(clock, clocks.wall(), clocks.monotonic()),
    confirm(signedAt, items) {
      const before = clock.state;
      // The guess a page starts with counts once it has stood for a minute; what it saw end, at once.
      ended = endedBy(items, now(), guessedAt);
      clock = confirmClock(clock, signedAt, clocks.wall(), clocks.monotonic());
      if (before !== 'confirmed') [reached, promised] = [-Infinity, -Infinity];
    },
    adjust(change) {
      // What a clock that was never confirmed reached, it reached before anything was shown.
      if (clock.offset === null) [reached, promised] = [-Infinity, -Infinity];
      const m = clocks.monotonic();
      clock = change(clock, clocks.wall(), m);
      guessedAt = trustedAt(clock, m);
    },
    async keep(items, atLeast = -Infinity) {
      const m = clocks.monotonic();
      promised = Math.max(promised, atLeast);
      const floor = Math.max(now(), promised);
      ended = endedBy(items, now());
      seq += 1;
      const proved = clock.state === 'confirmed' ? floor : Math.floor(provedAt(clock, m));
      const record = {
        seq,
        floor,
        proved,
        ended: endedBy(items, floor),
        offset: clock.offset === null ? null : Math.round(clock.offset),
        unconfirmedMs: unconfirmedMsAt(clock, m),
      };
      await writeTwice(notebooks, 'clock', clockText(record));
    },
    withheld(items) {
      return withheldBy(ended, withdrawnUntil(clock, clocks.monotonic()), items);
    },
  };
}

/** [CK4] [CK5] What ended, and what ends by `limit`. */
function withheldBy(
  ended: readonly Ended[],
  limit: number,
  items: Iterable<Item>,
): ReadonlySet<string> {
  const withheld = new Set(ended.map(({ item }) => item));
  if (limit === -Infinity) return withheld;
  for (const { record, version, latestAt } of items) {
    if (latestAt !== null && latestAt <= limit) withheld.add(itemKey(record, version));
  }
  return withheld;
}

/** [CK5] What an unconfirmed clock saw end over (after, t] stays ended, whatever a later proof says. */
function withEnds(
  ended: readonly Ended[],
  items: Iterable<Item>,
  after: number,
  t: number,
): readonly Ended[] {
  const all = new Map(ended.map((end) => [end.item, end]));
  for (const { record, version, latestAt } of items) {
    if (latestAt === null || latestAt > t || latestAt <= after) continue;
    all.set(itemKey(record, version), { item: itemKey(record, version), latestAt });
  }
  return [...all.values()];
}
