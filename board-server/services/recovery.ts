import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { RefusedReply } from '../routes/handlers.ts';
import { audited, SYSTEM } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { PEOPLE } from './people.ts';
import type { SessionDeps } from './session.ts';

/**
 * A new one-time password for whoever stands at the server itself: the way back in for the only
 * administrator, locked out or forgetful. Ends the person's sessions and unlocks the account.
 */
export async function resetPassword(
  { store, people, passwords, sessions, lockouts }: Omit<SessionDeps, 'throttle'>,
  account: string,
  now: number,
): Promise<Result<string, 'not-found'> | RefusedReply> {
  const person = people.findByAccount(account);
  if (person === undefined) return refused('not-found', account);
  const oneTime = passwords.make();
  const hashed = await passwords.hash(oneTime);
  if (!hashed.ok) return hashed;
  const { id, version, ...stored } = person;
  const password = { phc: hashed.value, oneTime: true, setAt: now };
  const committed = await store.commit({
    puts: [{ collection: PEOPLE, id, value: { ...stored, password } }],
    removes: [...sessions.endAllOf(id), ...lockouts.clear(account)],
    ifVersions: [{ collection: PEOPLE, id, version }],
    appends: [audited({ by: SYSTEM, action: 'password.reset', subject: `person:${id}` })],
  });
  return committed.ok ? accepted(oneTime) : refusalOfCommit(committed);
}
