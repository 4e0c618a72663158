import type { Handlers } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import type { AuditIndex } from './audit-index.ts';
import { createAuditIndex } from './audit-index.ts';
import { AUDIT, createAuditHandlers } from './audit.ts';
import type { Lockouts } from './lockout.ts';
import { createLockouts } from './lockout.ts';
import type { Passwords, Random } from './password.ts';
import { createPasswords } from './password.ts';
import type { People } from './people.ts';
import { createPeople } from './people.ts';
import { createPeopleHandlers } from './people-desk.ts';
import { createSessionHandlers } from './session.ts';
import type { Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import { createSubjectNames } from './subject-names.ts';
import { createThrottle } from './throttle.ts';
import { createTurns } from './turns.ts';

/** Who may enter and what they did: accounts, sessions and the audit log over one store. */
export interface AccountServices {
  readonly people: People;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly lockouts: Lockouts;
  readonly auditIndex: AuditIndex;
  readonly handlers: Pick<Handlers, AccountRoute>;
}

export type AccountRoute =
  | 'signIn'
  | 'session'
  | 'signOut'
  | 'changePassword'
  | 'people'
  | 'createPerson'
  | 'changePerson'
  | 'closePerson'
  | 'reopenPerson'
  | 'resetPassword'
  | 'audit';

export interface AccountDeps {
  readonly store: Store;
  readonly random: Random;
  /** Wrong tries that one address has in fifteen minutes, over all accounts. */
  readonly triesPerAddress?: number;
}

export function createAccountServices(deps: AccountDeps): AccountServices {
  const { store, random, triesPerAddress = 30 } = deps;
  const passwords = createPasswords(random);
  const people = createPeople({ store, passwords, random });
  const sessions = createSessions({ store, people, random });
  const lockouts = createLockouts(store);
  const throttle = createThrottle({ tries: triesPerAddress, seconds: 15 * 60 });
  const turns = createTurns();
  const desk = { store, people, passwords, sessions, lockouts, turns };
  const nameOf = createSubjectNames(store, people);
  const auditIndex = createAuditIndex({ store, log: AUDIT }, (subject) =>
    nameOf({ subject, detail: '' }),
  );
  const handlers = {
    ...createSessionHandlers({ ...desk, throttle }),
    ...createPeopleHandlers(desk),
    ...createAuditHandlers(store, auditIndex, nameOf),
  };
  return { people, passwords, sessions, lockouts, auditIndex, handlers };
}
