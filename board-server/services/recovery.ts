import type { Result } from '../../shared/kit/result.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import type { RefusedReply } from '../routes/handlers.ts';
import { audited, SYSTEM } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Person } from './people.ts';
import { PEOPLE } from './people.ts';
import type { SessionDeps } from './session.ts';

export type RecoveryDeps = Omit<SessionDeps, 'throttle' | 'turns'>;

/**
 * [AU6] A new one-time password: ends the person's sessions and unlocks the account. `by` is an
 * administrator, or the system for whoever stands at the server itself: the way back in for the
 * only administrator, locked out or forgetful.
 */
export async function resetPassword(
  { store, passwords, sessions, lockouts }: RecoveryDeps,
  { id, version, ...stored }: Person,
  now: number,
  by: PersonRef = SYSTEM,
): Promise<Result<string, never> | RefusedReply> {
  const oneTime = passwords.make();
  const hashed = await passwords.hash(oneTime);
  if (!hashed.ok) return hashed;
  const password = { phc: hashed.value, oneTime: true, setAt: now };
  const detail = lockouts.isLocked(stored.account, now) ? 'unlocked' : '';
  const committed = await store.commit({
    puts: [{ collection: PEOPLE, id, value: { ...stored, password } }],
    removes: [...sessions.endAllOf(id), ...lockouts.clear(stored.account)],
    ifVersions: [{ collection: PEOPLE, id, version }],
    appends: [audited({ by, action: 'password.reset', subject: `person:${id}`, detail })],
  });
  return committed.ok ? accepted(oneTime) : refusalOfCommit(committed);
}
