import type { History } from '../../shared/domain/outage-history.ts';
import {
  behindSince,
  currentAt,
  heardAt,
  judged,
  NOTICED_MS,
  settledUntil,
  silentSince,
  worthKeeping,
} from '../../shared/domain/outage-history.ts';
import type { PaintedHead } from '../../shared/domain/outage.ts';
import { glassAfter } from '../../shared/domain/outage.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { Store } from '../store/store.ts';
import { CHANNEL } from './publication.ts';
import type { Alarm } from './alarm.ts';
import { createDowntimes } from './downtimes.ts';
import type { Downtimes } from './downtimes.ts';
import type { Collections } from './stored.ts';
import type { WatchedScreens } from './watched-screens.ts';
import { createWatchedScreens } from './watched-screens.ts';

/**
 * [DY3] What was down and for how long: each screen as it was heard, and the server itself. Held in
 * memory, and written at most once a minute, all that changed in one commit.
 */
export interface Outages {
  /** Takes up what earlier runs left, and from then on looks around every minute. */
  start(): void;
  /** A screen's first connection is up; `painted` is what it had told before. */
  heard(screen: ScreenId, painted: PaintedHead | null, t: number): void;
  /** Its last connection is gone. */
  lost(screen: ScreenId, t: number): void;
  /** It has said what it painted. */
  told(screen: ScreenId, painted: PaintedHead): void;
  /** [DY6] A report came by stick; `before` is what the one before it had told. */
  carried(screen: ScreenId, report: CarriedWord, before: PaintedHead | null, t: number): void;
  of(screen: string): History;
  /** Times at which the server was not there. */
  server(): Downtimes['list'];
  /** Writes what is known; a start that follows knows when this run ended. */
  close(): Promise<void>;
}

/** What a report that was carried says of the time it was made at. */
export interface CarriedWord extends Pick<Report, 'at' | 'clock'> {
  readonly painted: PaintedHead | null;
}

/** A screen that is heard but has not painted what has been out since `wantedAt`. */
export interface Behind {
  readonly screen: ScreenId;
  readonly wantedAt: number;
}

export interface OutageDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'outages' | 'downtimes' | 'screens' | 'leases'>;
  readonly alarm: Alarm;
  readonly clock: () => number;
  readonly log: (message: string) => void;
  readonly behind: (t: number) => readonly Behind[];
}

const LOOK_EVERY_MS = 60_000;

export function createOutages(deps: OutageDeps): Outages {
  const { store, collections, alarm, clock, log } = deps;
  const downtimes = createDowntimes(collections);
  const watched = createWatchedScreens(collections.outages);
  let cancel = nothingToCancel;

  async function keep(t: number, isLast: boolean): Promise<void> {
    const alive = downtimes.toKeep(t, isLast);
    const puts = [...watched.toKeep(t), ...(alive === undefined ? [] : [alive])];
    if (puts.length === 0) return;
    const kept = await store.commit({ puts });
    // A full disk must stop nothing: the next minute writes it all again.
    if (!kept.ok) log(`what was down was not kept: ${kept.refusal}`);
  }

  function look(): void {
    const t = clock();
    cancel = alarm.after(LOOK_EVERY_MS, look);
    noteThoseBehind(watched, deps.behind(t), t);
    void keep(t, false);
  }

  return {
    start() {
      const t = clock();
      const aliveAt = downtimes.start(t);
      // Whoever was heard until then has not been heard since.
      for (const { id: screen } of collections.outages.list())
        watched.change(screen, { history: silentSince(watched.of(screen).history, aliveAt) });
      cancel = alarm.after(LOOK_EVERY_MS, look);
    },
    heard(screen, painted, t) {
      const history = heardAt(watched.of(screen).history, t);
      const last = history.at(-1);
      const isToJudge = last?.kind === 'silent' && last.until === t;
      watched.change(screen, { history, heardAt: t, before: isToJudge ? painted : null });
    },
    lost(screen, t) {
      watched.change(screen, { history: silentSince(watched.of(screen).history, t) });
    },
    told(screen, painted) {
      const { history, before } = watched.of(screen);
      if (before === null) return;
      watched.change(screen, {
        history: judged(history, (silence) => glassAfter(silence, before, painted)),
        before: null,
      });
    },
    carried(screen, { at, clock: itsClock, painted }, before, t) {
      // A screen that lost the time, or is ahead of it, cannot say until when its word is good.
      if (painted === null || itsClock === 'lost' || at > t) return;
      const { history, before: unjudged } = watched.of(screen);
      const settled = settledUntil(history, at, (silence) => glassAfter(silence, before, painted));
      // What comes after it is judged by what it told.
      if (settled !== history)
        watched.change(screen, { history: settled, before: unjudged && painted });
    },
    of: (screen) => worthKeeping(watched.of(screen).history, clock()),
    server: () => downtimes.list,
    async close() {
      cancel();
      await keep(clock(), true);
    },
  };
}

/** What a report says of the board's glass. */
export const paintedIn = (report: Report): PaintedHead | null =>
  report.channels.find(({ channel }) => channel === CHANNEL)?.painted ?? null;

const nothingToCancel = (): void => undefined;

function noteThoseBehind(watched: WatchedScreens, behind: readonly Behind[], t: number): void {
  const wanted = new Map(behind.map((each) => [String(each.screen), each.wantedAt]));
  for (const [screen, { history, heardAt: heard }] of watched.all()) {
    const wantedAt = wanted.get(screen);
    const since = Math.max(wantedAt ?? -Infinity, heard);
    if (wantedAt === undefined) watched.change(screen, { history: currentAt(history, t) });
    else if (t - since >= NOTICED_MS)
      watched.change(screen, { history: behindSince(history, since, wantedAt) });
  }
}
