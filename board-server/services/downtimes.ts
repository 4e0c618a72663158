import { NOTICED_MS } from '../../shared/domain/outage-history.ts';
import type { Key } from '../store/store.ts';
import type { Json } from '../../shared/kit/json.ts';
import { CHANNEL } from './publication.ts';
import type { Collections } from './stored.ts';
import { HALL } from './stored.ts';

/**
 * [DY3] When the server was not there: from the last moment an earlier run is known to have lived,
 * which the lease of each minute tells, until the start of this one.
 */
export interface Downtimes {
  readonly list: readonly Down[];
  /** Notes the time before this run, and gives the moment from which nobody listened. */
  start(t: number): number;
  /** What a commit at `t` should keep; undefined when there is nothing new to keep. */
  toKeep(t: number, isLast: boolean): (Key & { readonly value: Json }) | undefined;
}

export interface Down {
  readonly since: number;
  readonly until: number;
}

/** While the clock is suspect no lease is signed, and this alone tells that the server lives. */
const ALIVE_EVERY_MS = 5 * 60_000;
const KEPT_MOST = 40;

export function createDowntimes({
  downtimes,
  leases,
}: Pick<Collections, 'downtimes' | 'leases'>): Downtimes {
  let list: readonly Down[] = [];
  let isNew = false;
  return {
    get list() {
      return list;
    },
    start(t) {
      const kept = downtimes.get(HALL)?.value;
      const lease = leases.get(CHANNEL)?.value.lease.signedAt;
      const aliveAt = Math.max(kept?.aliveAt ?? -Infinity, lease ?? -Infinity);
      list = kept?.downs ?? [];
      // A first start was never down; a clock that went back cannot tell for how long it was.
      if (aliveAt === -Infinity || aliveAt > t) return t;
      isNew = t - aliveAt >= NOTICED_MS;
      if (isNew) list = [...list, { since: aliveAt, until: t }].slice(-KEPT_MOST);
      return aliveAt;
    },
    toKeep(t, isLast) {
      const keptAt = downtimes.get(HALL)?.value.aliveAt ?? -Infinity;
      // [CK7] What was kept by a clock that was set back since is as old as what is long past.
      if (!isLast && !isNew && Math.abs(t - keptAt) < ALIVE_EVERY_MS) return undefined;
      isNew = false;
      return downtimes.put(HALL, { v: 1, aliveAt: t, downs: [...list] });
    },
  };
}
