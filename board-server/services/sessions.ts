import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { instant, text } from '../../shared/protocol/scalars.ts';
import type { SignedIn } from '../routes/handlers.ts';
import type { Change, Document, Store } from '../store/store.ts';
import type { Random } from './password.ts';
import type { People, Person } from './people.ts';
import { refOf } from './people.ts';

/**
 * [AU4] Sessions are opaque ids in a cookie. The store keeps only their SHA-256, so a copy of the
 * data folder signs nobody in; an id of 256 random bits needs no signature.
 */
export interface Sessions {
  /** Whose session this is; asking counts as activity. */
  use(sessionId: string | undefined, now: number): Promise<LiveSession | undefined>;
  /** The same without counting: what goes on by itself must not keep an abandoned desk signed in. */
  peek(sessionId: string | undefined, now: number): LiveSession | undefined;
  /** A new session in place of the one the browser held before, and of any that are over. */
  begin(person: Person, now: number, before: string | undefined): Begun;
  end(sessionId: string): Removes;
  endAllOf(personId: string): Removes;
}

export interface LiveSession {
  readonly actor: SignedIn;
  /** When it ends unless the person does something before. */
  readonly endsAt: number;
  /** A one-time password was used: nothing but changing it is allowed. */
  readonly mustChangePassword: boolean;
}

export interface Begun {
  readonly sessionId: string;
  readonly puts: NonNullable<Change['puts']>;
  readonly removes: Removes;
}
type Removes = NonNullable<Change['removes']>;

export const IDLE_MINUTES = 15;
const IDLE_MS = IDLE_MINUTES * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** How old the stored `seenAt` may grow, so that reading a list does not write to the disk. */
const SEEN_MS = 60_000;
/** A clock is put right by seconds all the time; what lies further ahead a fast clock left. */
const AHEAD_MS = 60_000;
const COLLECTION = 'sessions';

const sessionSchema = z.strictObject({
  v: z.literal(1),
  person: text(64),
  begunAt: instant,
  seenAt: instant,
});
type Session = z.infer<typeof sessionSchema>;
type Times = Pick<Session, 'begunAt' | 'seenAt'>;

export interface SessionsDeps {
  readonly store: Store;
  readonly people: People;
  readonly random: Random;
}

export function createSessions({ store, people, random }: SessionsDeps): Sessions {
  /** Newer than what is stored, by at most `SEEN_MS`. */
  const seen = new Map<string, number>();
  store.watch(({ removed }) => {
    for (const { collection, id } of removed) if (collection === COLLECTION) seen.delete(id);
  });

  const timesOf = ({ id, value }: Document): Times => {
    const { begunAt, seenAt } = sessionSchema.parse(value);
    return { begunAt, seenAt: seen.get(id) ?? seenAt };
  };
  const live = (sessionId: string | undefined, now: number): Document | undefined => {
    const document = sessionId === undefined ? undefined : store.get(COLLECTION, nameOf(sessionId));
    return document !== undefined && !isOver(timesOf(document), now) ? document : undefined;
  };
  const viewOf = (document: Document | undefined): LiveSession | undefined => {
    const person = document && people.find(sessionSchema.parse(document.value).person);
    if (document === undefined || person === undefined) return undefined;
    if (person.standing.state === 'closed') return undefined;
    const { id, department, roles } = person;
    return {
      actor: { person: id, department, roles, personRef: refOf(person) },
      endsAt: endOf(timesOf(document)),
      mustChangePassword: person.password.oneTime,
    };
  };
  const remove = (which: (session: Session, document: Document) => boolean): Removes =>
    store
      .list(COLLECTION)
      .filter((document) => which(sessionSchema.parse(document.value), document))
      .map(({ id }) => ({ collection: COLLECTION, id }));

  return {
    peek: (sessionId, now) => viewOf(live(sessionId, now)),

    async use(sessionId, now) {
      const document = live(sessionId, now);
      if (document === undefined) return undefined;
      const { collection, id, version, value } = document;
      const session = sessionSchema.parse(value);
      seen.set(id, now);
      if (Math.abs(now - session.seenAt) >= SEEN_MS) {
        // Whether it was taken does not matter: a full disk must not sign people out.
        await store.commit({
          puts: [{ collection, id, value: { ...session, seenAt: now } }],
          ifVersions: [{ collection, id, version }],
        });
      }
      return viewOf(document);
    },

    begin(person, now, before) {
      const sessionId = Buffer.from(random(32)).toString('base64url');
      const session: Session = { v: 1, person: person.id, begunAt: now, seenAt: now };
      const old = before === undefined ? undefined : nameOf(before);
      return {
        sessionId,
        puts: [{ collection: COLLECTION, id: nameOf(sessionId), value: session }],
        removes: remove((_, document) => document.id === old || isOver(timesOf(document), now)),
      };
    },

    end: (sessionId) => [{ collection: COLLECTION, id: nameOf(sessionId) }],
    endAllOf: (personId) => remove(({ person }) => person === personId),
  };
}

function endOf({ begunAt, seenAt }: Times): number {
  return Math.min(seenAt + IDLE_MS, begunAt + LONGEST_MS);
}

/** [AU7] Also when it was begun or used by a clock that was put back since. */
function isOver(times: Times, now: number): boolean {
  return endOf(times) <= now || Math.max(times.begunAt, times.seenAt) > now + AHEAD_MS;
}

function nameOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}
