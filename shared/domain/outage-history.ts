import type { Glass, Outage } from './outage.ts';

/** The outages of one screen, oldest first; only the last may last still. */
export type History = readonly Outage[];

/** What is shorter is no outage: sockets reconnect, pages are loaded anew, servers restart. */
export const NOTICED_MS = 60_000;
const KEPT_MS = 14 * 86_400_000;
const KEPT_MOST = 40;

/** Nobody hears it from `t` on; whatever it was behind with is not known any more. */
export function silentSince(history: History, t: number): History {
  if (lasting(history)?.kind === 'silent') return history;
  const silence = { kind: 'silent', since: t, until: null, glass: { known: 'nothing' } } as const;
  return [...ended(history, t), silence];
}

/** It is heard again; a silence too short to notice never was. */
export function heardAt(history: History, t: number): History {
  return lasting(history)?.kind === 'silent' ? ended(history, t) : history;
}

/** It is heard, and has not painted what has been out since `newsSince`. */
export function behindSince(history: History, since: number, newsSince: number): History {
  if (lasting(history) !== undefined) return history;
  return [...history, { kind: 'behind', since, until: null, newsSince }];
}

/** It has painted what is out. */
export function currentAt(history: History, t: number): History {
  return lasting(history)?.kind === 'behind' ? ended(history, t) : history;
}

/** Its first word after its last silence says what stood on the glass meanwhile. */
export function judged(
  history: History,
  glassOf: (silence: { readonly since: number; readonly until: number }) => Glass,
): History {
  const last = history.at(-1);
  if (last?.kind !== 'silent' || last.until === null) return history;
  const { since, until } = last;
  return [...history.slice(0, -1), { ...last, glass: glassOf({ since, until }) }];
}

/**
 * A word that was made at `madeAt` and carried here settles a silence until then, and no further.
 * Unchanged where it was made in no silence, or too soon in it to be told from its beginning.
 */
export function settledUntil(
  history: History,
  madeAt: number,
  glassOf: (silence: { readonly since: number; readonly until: number }) => Glass,
): History {
  const last = history.at(-1);
  if (last?.kind !== 'silent' || madeAt >= (last.until ?? Infinity)) return history;
  const { since } = last;
  if (madeAt - since < NOTICED_MS) return history;
  const settled = { ...last, until: madeAt, glass: glassOf({ since, until: madeAt }) };
  return [...history.slice(0, -1), settled, { ...last, since: madeAt }];
}

/** What is worth keeping at `t`: noticed, of the last two weeks, and bounded in number. */
export function worthKeeping(history: History, t: number): History {
  return history
    .filter(({ since, until }) => (until ?? t) - since >= NOTICED_MS && (until ?? t) > t - KEPT_MS)
    .slice(-KEPT_MOST);
}

function lasting(history: History): Outage | undefined {
  const last = history.at(-1);
  return last?.until === null ? last : undefined;
}

function ended(history: History, t: number): History {
  const last = lasting(history);
  if (last === undefined) return history;
  const before = history.slice(0, -1);
  return t - last.since < NOTICED_MS ? before : [...before, { ...last, until: t }];
}
