import type { Item } from '../domain/release.ts';
import { itemKey } from '../domain/programme.ts';
import type { ClockState } from '../protocol/statements.ts';
import type { KnownTime } from '../trust/accept.ts';
import type { Clock, Ended } from './clock.ts';
import {
  clockText,
  confirmClock,
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
  const guessedAt = trustedAt(clock, clocks.monotonic());
  let reached = -Infinity;
  /** An end already written ahead: no later writing takes it back. */
  let promised = -Infinity;

  const now = (): number => {
    // Taking the largest of recent leases, the clock may step back by what it drifted in an hour.
    reached = Math.max(reached, Math.floor(trustedAt(clock, clocks.monotonic())));
    return reached;
  };

  /** [CK5] What an unconfirmed clock saw end by `t` stays ended, whatever a later proof says. */
  function endedBy(items: Iterable<Item>, t: number, after = -Infinity): readonly Ended[] {
    const proved = provedAt(clock, clocks.monotonic());
    const noted = new Map(ended.filter((end) => end.latestAt > proved).map((end) => [end.item, end]));
    if (clock.state === 'confirmed') return [...noted.values()];
    for (const { record, version, latestAt } of items) {
      if (latestAt === null || latestAt > t || latestAt <= Math.max(proved, after)) continue;
      noted.set(itemKey(record, version), { item: itemKey(record, version), latestAt });
    }
    return [...noted.values()];
  }

  return {
    now,
    state: () => clock.state,
    known() {
      const m = clocks.monotonic();
      const proved = Math.floor(provedAt(clock, m));
      if (clock.state !== 'confirmed') return { proved, latest: undefined };
      // A box that slept has lost monotonic time; then its own clock explains the later lease.
      return { proved, latest: Math.max(trustedAt(clock, m), clocks.wall() + (clock.offset ?? 0)) };
    },
    confirm(signedAt, items) {
      const before = clock.state;
      // The guess a page starts with counts once it has stood for a minute; what it saw end, at once.
      ended = endedBy(items, now(), guessedAt);
      clock = confirmClock(clock, signedAt, clocks.wall(), clocks.monotonic());
      if (before !== 'confirmed') [reached, promised] = [-Infinity, -Infinity];
    },
    async keep(items, atLeast = -Infinity) {
      const m = clocks.monotonic();
      promised = Math.max(promised, atLeast);
      const floor = Math.max(now(), promised);
      ended = endedBy(items, now());
      seq += 1;
      const proved = clock.state === 'confirmed' ? floor : Math.floor(provedAt(clock, m));
      const offset = clock.offset === null ? null : Math.round(clock.offset);
      const unconfirmedMs = unconfirmedMsAt(clock, m);
      const text = clockText({ seq, floor, proved, offset, unconfirmedMs, ended: endedBy(items, floor) });
      await writeTwice(notebooks, 'clock', text);
    },
    withheld(items) {
      const limit = withdrawnUntil(clock, clocks.monotonic());
      const withheld = new Set(ended.map(({ item }) => item));
      if (limit === -Infinity) return withheld;
      for (const { record, version, latestAt } of items) {
        if (latestAt !== null && latestAt <= limit) withheld.add(itemKey(record, version));
      }
      return withheld;
    },
  };
}
