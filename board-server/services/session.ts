import { accepted } from '../../shared/kit/result.ts';
import type { SessionView } from '../../shared/protocol/routes.ts';
import type { Handlers, RefusedReply, Reply, RequestContext } from '../routes/handlers.ts';
import type { Change, Store } from '../store/store.ts';
import { audited, SYSTEM } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Lockouts } from './lockout.ts';
import type { Passwords } from './password.ts';
import { checkStrength } from './password.ts';
import type { People, Person } from './people.ts';
import { PEOPLE, refOf } from './people.ts';
import type { Sessions } from './sessions.ts';
import { IDLE_MINUTES } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { Turns } from './turns.ts';

export interface SessionDeps {
  readonly store: Store;
  readonly people: People;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly lockouts: Lockouts;
  readonly throttle: Throttle;
  /** By account: whoever signs in and whoever takes the account away do not overtake each other. */
  readonly turns: Turns;
}

type SessionHandlers = Pick<Handlers, 'signIn' | 'session' | 'signOut' | 'changePassword'>;

export function createSessionHandlers(deps: SessionDeps): SessionHandlers {
  const { store, people, sessions } = deps;
  const prove = createProof(deps);

  return {
    signIn: (context, { account, password }) =>
      prove(context, account.trim().toLowerCase(), password, async (person, also) => {
        const begun = sessions.begin(person, context.now(), context.sessionId);
        const event = {
          by: refOf(person),
          action: 'session.begin',
          subject: `person:${person.id}`,
        } as const;
        const committed = await store.commit({
          puts: begun.puts,
          removes: [...begun.removes, ...also],
          appends: [audited({ ...event, detail: context.address })],
        });
        if (!committed.ok) return refusalOfCommit(committed);
        return { ...accepted(sessionViewOf(person)), session: { begin: begun.sessionId } };
      }),

    session: async ({ actor }) => {
      const person = actor && people.find(actor.person);
      return person === undefined ? SIGNED_OUT : accepted(sessionViewOf(person));
    },

    async signOut({ actor, sessionId }) {
      if (actor === undefined || sessionId === undefined) return SIGNED_OUT;
      const committed = await store.commit({
        removes: sessions.end(sessionId),
        appends: [
          audited({
            by: actor.personRef,
            action: 'session.end',
            subject: `person:${actor.person}`,
          }),
        ],
      });
      return committed.ok ? { ...accepted(DONE), session: 'end' } : refusalOfCommit(committed);
    },

    async changePassword(context, { current, next }) {
      const account = context.actor && people.find(context.actor.person)?.account;
      if (account === undefined) return SIGNED_OUT;
      return prove(context, account, current, (person, also) =>
        changePassword(deps, context, person, { current, next, also }),
      );
    },
  };
}

const DONE = { ok: true } as const;
const SIGNED_OUT: RefusedReply = { ok: false, refusal: 'signed-out' };
const WRONG: RefusedReply = { ok: false, refusal: 'wrong-credentials' };
const CLOSED: RefusedReply = { ok: false, refusal: 'account-closed' };
const lockedReply = (milliseconds: number): RefusedReply => ({
  ok: false,
  refusal: 'locked',
  retryAfterSeconds: Math.ceil(milliseconds / 1000),
});
const ACCOUNT = /^[a-z][a-z0-9._-]{2,31}$/;

type Removes = NonNullable<Change['removes']>;
/** `also`: what to remove in the commit that follows a right password. */
type WhenProved<Output> = (person: Person, also: Removes) => Promise<Reply<Output>>;

/**
 * [AU2] One try at a password. Tries at one account take turns, so that a hundred at once count as
 * a hundred; every outcome but a flood leaves an audit entry.
 */
function createProof({ store, people, passwords, lockouts, throttle, turns }: SessionDeps) {
  const refuse = async (
    account: string,
    person: Person | undefined,
    context: RequestContext,
    reply = WRONG,
  ) => {
    const now = context.now();
    const { lockedUntil, puts } = lockouts.fail(account, now);
    const locked = now < lockedUntil;
    // An account that does not exist is not written down: it may be a password in the wrong field.
    const subject = person === undefined ? 'account:unknown' : (`person:${person.id}` as const);
    const action = locked ? 'account.lock' : 'session.refuse';
    const committed = await store.commit({
      puts,
      removes: lockouts.sweep(now, account),
      appends: [audited({ by: SYSTEM, action, subject, detail: context.address })],
    });
    if (!committed.ok) return refusalOfCommit(committed);
    return locked ? lockedReply(lockedUntil - now) : reply;
  };

  return async <Output>(
    context: RequestContext,
    account: string,
    password: string,
    proved: WhenProved<Output>,
  ): Promise<Reply<Output>> => {
    const taken = await throttle.take(context.address);
    if (!taken.ok) return taken;
    if (!ACCOUNT.test(account)) {
      const hidden = await passwords.verify(password, undefined);
      return hidden.ok ? WRONG : hidden;
    }
    return turns.run(account, async () => {
      const now = context.now();
      const locked = lockouts.lockedUntil(account, now) - now;
      if (locked > 0) return lockedReply(locked);
      const person = people.findByAccount(account);
      const verified = await passwords.verify(password, person?.password.phc);
      if (!verified.ok) return verified;
      if (!verified.value || person === undefined) return refuse(account, person, context);
      // [AU10] Said to nobody who does not know the password, and counted like a wrong one.
      if (person.standing.state === 'closed') return refuse(account, person, context, CLOSED);
      await throttle.giveBack(context.address);
      return proved(person, lockouts.clear(account));
    });
  };
}

/** [AU4] Ends every session of the person and begins a new one for this browser. */
async function changePassword(
  { store, passwords, sessions }: SessionDeps,
  { now }: RequestContext,
  person: Person,
  { current, next, also }: { current: string; next: string; also: Removes },
): Promise<Reply<typeof DONE>> {
  const strength =
    next === current
      ? ({ ok: false, refusal: 'same' } as const)
      : checkStrength(next, person.account);
  if (!strength.ok) return { ok: false, refusal: 'weak-password', detail: strength.refusal };
  const hashed = await passwords.hash(next);
  if (!hashed.ok) return hashed;
  const { id, version, ...stored } = person;
  const password = { phc: hashed.value, oneTime: false, setAt: now() };
  const begun = sessions.begin(person, now(), undefined);
  const ended = [...sessions.endAllOf(id), ...begun.removes];
  const committed = await store.commit({
    puts: [{ collection: PEOPLE, id, value: { ...stored, password } }, ...begun.puts],
    removes: [
      ...new Map([...ended, ...also].map((key) => [`${key.collection}/${key.id}`, key])).values(),
    ],
    ifVersions: [{ collection: PEOPLE, id, version }],
    appends: [audited({ by: refOf(person), action: 'password.change', subject: `person:${id}` })],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  return { ...accepted(DONE), session: { begin: begun.sessionId } };
}

function sessionViewOf(person: Person): SessionView {
  return {
    person: refOf(person),
    department: person.department,
    roles: person.roles,
    mustChangePassword: person.password.oneTime,
    idleMinutes: IDLE_MINUTES,
  };
}
