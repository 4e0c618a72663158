import { accepted, refused } from '../../shared/kit/result.ts';
import type { Handlers } from '../routes/handlers.ts';
import { refOf } from './people.ts';
import { resetPassword } from './recovery.ts';
import type { SessionDeps } from './session.ts';

export type DeskDeps = Omit<SessionDeps, 'throttle'>;
type PeopleHandlers = Pick<Handlers, 'people' | 'createPerson' | 'resetPassword'>;

/** What an administrator does to the accounts of others. */
export function createPeopleHandlers(deps: DeskDeps): PeopleHandlers {
  const { people, lockouts, turns } = deps;
  return {
    people: async ({ now }) =>
      accepted({
        people: people.list().map((person) => ({
          ...refOf(person),
          account: person.account,
          department: person.department,
          roles: person.roles,
          locked: lockouts.isLocked(person.account, now()),
        })),
      }),

    async createPerson({ actor, now }, person) {
      return actor === undefined
        ? refused('signed-out')
        : people.add(person, actor.personRef, now());
    },

    async resetPassword({ actor, now }, { id }) {
      if (actor === undefined) return refused('signed-out');
      // [AU6] At a desk left open, whoever sits down would have the account for good.
      if (actor.person === id) return refused('own-account');
      const account = people.find(id)?.account;
      if (account === undefined) return refused('not-found', id);
      return turns.run(account, async () => {
        const person = people.find(id);
        if (person === undefined) return refused('not-found', id);
        const password = await resetPassword(deps, person, now(), actor.personRef);
        return password.ok ? accepted({ password: password.value }) : password;
      });
    },
  };
}
