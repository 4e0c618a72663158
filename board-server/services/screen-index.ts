import type { ScreenCounts, ScreenGroup } from '../../shared/protocol/routes.ts';

/** How one screen stands in lists. */
export interface Standing {
  readonly group: ScreenGroup;
  readonly confirmed: boolean;
  /** When time alone may change it; Infinity when only news can. */
  readonly until: number;
}

/**
 * [FL2] Which screens there are and how each stands, kept as they change: a report, a connect or a
 * look at the list costs what changed since, not what there is. A new head changes all of them once.
 */
export interface ScreenIndex {
  /** Something about this screen may have changed. */
  touch(screen: string): void;
  /** Ids in ascending order at `t`, with how each stands. */
  at(t: number): IndexView;
}

export interface IndexView {
  readonly ids: readonly string[];
  readonly counts: ScreenCounts;
  standing(screen: string): Standing | undefined;
}

export interface IndexDeps {
  readonly ids: () => readonly string[];
  /** Undefined when there is no such screen. */
  readonly standingOf: (screen: string, t: number) => Standing | undefined;
  /** What every standing rests on: another value makes them all anew. */
  readonly common: () => unknown;
}

export function createScreenIndex({ ids, standingOf, common }: IndexDeps): ScreenIndex {
  const standings = new Map<string, Standing>();
  /** Those that time alone may change. */
  const timed = new Map<string, number>();
  const touched = new Set<string>(ids());
  const counts = noScreens();
  let sorted: readonly string[] | undefined;
  let restsOn: unknown = common();

  function settle(screen: string, t: number): void {
    const before = standings.get(screen);
    const after = standingOf(screen, t);
    if (before !== undefined) count(counts, before, -1);
    if (after !== undefined) count(counts, after, 1);
    if ((before === undefined) !== (after === undefined)) sorted = undefined;
    if (after === undefined) standings.delete(screen);
    else standings.set(screen, after);
    if (after === undefined || after.until === Infinity) timed.delete(screen);
    else timed.set(screen, after.until);
  }

  return {
    touch: (screen) => void touched.add(screen),
    at(t) {
      if (restsOn !== (restsOn = common()))
        for (const screen of standings.keys()) touched.add(screen);
      for (const [screen, until] of timed) if (until <= t) touched.add(screen);
      for (const screen of touched) settle(screen, t);
      touched.clear();
      sorted ??= [...standings.keys()].sort();
      return { ids: sorted, counts, standing: (screen) => standings.get(screen) };
    },
  };
}

type Tally = { -readonly [Name in keyof ScreenCounts]: ScreenCounts[Name] };

export function noScreens(): Tally {
  return { all: 0, current: 0, behind: 0, silent: 0, waiting: 0, trouble: 0, confirmed: 0 };
}

export function count(tally: Tally, { group, confirmed }: Standing, by: 1 | -1): void {
  tally.all += by;
  tally[group] += by;
  if (confirmed) tally.confirmed += by;
}
