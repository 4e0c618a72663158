import type { History } from '../../shared/domain/outage-history.ts';
import { worthKeeping } from '../../shared/domain/outage-history.ts';
import type { PaintedHead } from '../../shared/domain/outage.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { Change } from '../store/store.ts';
import type { Collections } from './stored.ts';

/** What is known of one screen in this run, besides what an earlier one left. */
export interface Watched {
  readonly history: History;
  readonly heardAt: number;
  /** What it had painted before the silence whose end has not been judged. */
  readonly before: PaintedHead | null;
}

/** The screens that were ever heard, in memory before they are in the store. */
export interface WatchedScreens {
  of(screen: string): Watched;
  /** Those heard or looked at in this run. */
  all(): ReadonlyMap<string, Watched>;
  change(screen: string, next: Partial<Watched>): void;
  /** What the store does not say yet; writing the same again changes nothing. */
  toKeep(t: number): NonNullable<Change['puts']>;
}

export function createWatchedScreens(outages: Collections['outages']): WatchedScreens {
  const watched = new Map<string, Watched>();
  const of = (screen: string): Watched =>
    watched.get(screen) ?? {
      history: outages.get(screen)?.value.outages ?? [],
      heardAt: -Infinity,
      before: null,
    };
  return {
    of,
    all: () => watched,
    change: (screen, next) => void watched.set(screen, { ...of(screen), ...next }),
    toKeep: (t) =>
      [...watched].flatMap(([screen, { history }]) => {
        const kept = worthKeeping(history, t);
        return equalData(kept, outages.get(screen)?.value.outages)
          ? []
          : [outages.put(screen, { v: 1, outages: [...kept] })];
      }),
  };
}
