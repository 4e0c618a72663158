import * as z from 'zod/mini';
import { instant } from '../../shared/protocol/scalars.ts';
import type { Change, Store } from '../store/store.ts';

/**
 * [AU2] Five wrong tries in 15 minutes lock an account for 30. Kept in the store, so that a restart
 * forgives nobody, and kept for unknown accounts too, so that a lock tells nothing.
 */
export interface Lockouts {
  isLocked(account: string, now: number): boolean;
  /** When the lock of an account ends; in the past when there is none. */
  lockedUntil(account: string, now: number): number;
  /** The account after one more wrong try. */
  fail(account: string, now: number): { readonly lockedUntil: number; readonly puts: Puts };
  /** Forgets the wrong tries of one account. */
  clear(account: string): Removes;
  /** Forgets accounts whose tries no longer count, a few at a time. */
  sweep(now: number, except: string): Removes;
}

type Puts = NonNullable<Change['puts']>;
type Removes = NonNullable<Change['removes']>;

const COLLECTION = 'failed-sign-ins';
const TRIES = 5;
const WINDOW_MS = 15 * 60_000;
const LOCK_MS = 30 * 60_000;
/** A clock is put right by seconds all the time; what lies further ahead a fast clock left. */
const AHEAD_MS = 60_000;
const SWEPT_AT_ONCE = 20;

export function createLockouts(store: Store): Lockouts {
  const read = (account: string): Tries => {
    const stored = store.get(COLLECTION, account)?.value;
    return stored === undefined ? NONE : tries.parse(stored);
  };
  const lockedUntil = (account: string, now: number): number =>
    counting(read(account), now).lockedUntil;
  return {
    isLocked: (account, now) => now < lockedUntil(account, now),
    lockedUntil,
    fail(account, now) {
      const after = afterFailure(read(account), now);
      return {
        lockedUntil: after.lockedUntil,
        puts: [{ collection: COLLECTION, id: account, value: after }],
      };
    },
    clear: (account) => [{ collection: COLLECTION, id: account }],
    sweep: (now, except) =>
      store
        .list(COLLECTION)
        .filter(({ id, value }) => id !== except && isOver(tries.parse(value), now))
        .slice(0, SWEPT_AT_ONCE)
        .map(({ id }) => ({ collection: COLLECTION, id })),
  };
}

const tries = z.strictObject({ v: z.literal(1), failedAt: z.array(instant), lockedUntil: instant });
type Tries = z.infer<typeof tries>;
const NONE: Tries = { v: 1, failedAt: [], lockedUntil: 0 };

/** [AU7] What still counts: neither what is long past nor what only a fast clock can have left. */
function counting({ failedAt, lockedUntil }: Tries, now: number): Tries {
  return {
    v: 1,
    failedAt: failedAt.filter((at) => at > now - WINDOW_MS && at <= now + AHEAD_MS),
    lockedUntil: lockedUntil <= now + LOCK_MS + AHEAD_MS ? lockedUntil : NONE.lockedUntil,
  };
}

export function afterFailure(before: Tries, now: number): Tries {
  const { failedAt, lockedUntil } = counting(before, now);
  const recent = [...failedAt, now];
  if (recent.length < TRIES) return { v: 1, failedAt: recent, lockedUntil };
  // The tries have been paid for: after the lock the count begins anew.
  return { v: 1, failedAt: [], lockedUntil: now + LOCK_MS };
}

function isOver(before: Tries, now: number): boolean {
  const { failedAt, lockedUntil } = counting(before, now);
  return lockedUntil <= now && failedAt.length === 0;
}
