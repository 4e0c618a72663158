import { accepted, refused } from '../../shared/kit/result.ts';
import type { Handlers, Reply, SignedIn } from '../routes/handlers.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Person } from './people.ts';
import { PEOPLE, refOf } from './people.ts';
import type { Wish } from './person-changes.ts';
import { planChange } from './person-changes.ts';
import { resetPassword } from './recovery.ts';
import type { SessionDeps } from './session.ts';

export type DeskDeps = Omit<SessionDeps, 'throttle'>;
type PeopleHandlers = Pick<
  Handlers,
  'people' | 'createPerson' | 'changePerson' | 'closePerson' | 'reopenPerson' | 'resetPassword'
>;

/** What an administrator does to the accounts of others. */
export function createPeopleHandlers(deps: DeskDeps): PeopleHandlers {
  const { people, lockouts } = deps;
  const change = createChange(deps);
  return {
    people: async ({ now }) =>
      accepted({
        people: people.list().map((person) => ({
          ...refOf(person),
          account: person.account,
          department: person.department,
          roles: person.roles,
          locked: lockouts.isLocked(person.account, now()),
          standing: person.standing.state,
          revision: person.version,
        })),
      }),

    async createPerson({ actor, now }, person) {
      return actor === undefined
        ? refused('signed-out')
        : people.add(person, actor.personRef, now());
    },

    changePerson: ({ actor }, { id, revision, ...wish }) =>
      change(actor, { id, revision }, () => ({ kind: 'edit', ...wish })),
    closePerson: ({ actor, now }, target) =>
      change(actor, target, (by) => ({ kind: 'close', at: now(), by })),
    reopenPerson: ({ actor }, target) => change(actor, target, () => ({ kind: 'reopen' })),

    async resetPassword({ actor, now }, { id }) {
      if (actor === undefined) return refused('signed-out');
      // [AU6] At a desk left open, whoever sits down would have the account for good.
      if (actor.person === id) return refused('own-account');
      return inTurn(deps, id, async (person) => {
        if (person.standing.state === 'closed') return refused('wrong-state', 'closed');
        const password = await resetPassword(deps, person, now(), actor.personRef);
        return password.ok ? accepted({ password: password.value }) : password;
      });
    },
  };
}

const DONE = { ok: true } as const;

interface Target {
  readonly id: string;
  /** Of the account as the administrator saw it. */
  readonly revision: number;
}

function createChange(deps: DeskDeps) {
  const { store, people, sessions } = deps;
  return async (
    actor: SignedIn | undefined,
    { id, revision }: Target,
    wishOf: (by: SignedIn['personRef']) => Wish,
  ): Promise<Reply<typeof DONE>> => {
    if (actor === undefined) return refused('signed-out');
    return inTurn(deps, id, async ({ version, ...person }) => {
      const self = people.find(actor.person);
      if (self === undefined) return refused('signed-out');
      if (version !== revision) return refused('conflict', `${PEOPLE}/${id}`);
      const plan = planChange(self, { ...person, version }, wishOf(actor.personRef));
      if (!plan.ok) return plan;
      if (plan.value === null) return accepted(DONE);
      const { entry, detail, ...changed } = plan.value;
      const { id: _id, ...stored } = person;
      const committed = await store.commit({
        puts: [{ collection: PEOPLE, id, value: { ...stored, ...changed } }],
        removes: entry === 'person.close' ? sessions.endAllOf(id) : [],
        ifVersions: [
          { collection: PEOPLE, id, version },
          // [AU10] Of two administrators who close each other off at once, one stays.
          { collection: PEOPLE, id: self.id, version: self.version },
        ],
        appends: [audited({ by: actor.personRef, action: entry, subject: `person:${id}`, detail })],
      });
      return committed.ok ? accepted(DONE) : refusalOfCommit(committed);
    });
  };
}

/** [AU6] [AU10] Waits for whoever is just signing in with the account: no session is overlooked. */
async function inTurn<Output>(
  { people, turns }: DeskDeps,
  id: string,
  work: (person: Person) => Promise<Reply<Output>>,
): Promise<Reply<Output>> {
  const account = people.find(id)?.account;
  if (account === undefined) return refused('not-found', id);
  return turns.run(account, async () => {
    const person = people.find(id);
    return person === undefined ? refused('not-found', id) : work(person);
  });
}
