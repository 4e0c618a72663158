import * as z from 'zod/mini';
import type { Role } from '../../shared/domain/policy.ts';
import { ROLES } from '../../shared/domain/policy.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import { personRef } from '../../shared/protocol/records.ts';
import { instant, text } from '../../shared/protocol/scalars.ts';
import type { RefusedReply } from '../routes/handlers.ts';
import type { Document, Store } from '../store/store.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Passwords, Random } from './password.ts';

export interface People {
  find(id: string): Person | undefined;
  findByAccount(account: string): Person | undefined;
  list(): readonly Person[];
  /** `password` absent makes a one-time password, which must be changed before anything else. */
  add(person: NewPerson, by: PersonRef, now: number, password?: string): Promise<Added>;
}

export type Added =
  | Result<{ readonly id: string; readonly password: string }, never>
  | RefusedReply;

export interface NewPerson {
  readonly account: string;
  readonly name: string;
  readonly post: string;
  readonly department: string;
  readonly roles: readonly Role[];
}

/** As stored in `people`; `accounts` keeps each account name to one person. */
const personSchema = z.strictObject({
  v: z.literal(2),
  account: text(64),
  name: text(40),
  post: text(60),
  department: text(60),
  roles: z.array(z.enum(ROLES)),
  password: z.strictObject({ phc: text(300), oneTime: z.boolean(), setAt: instant }),
  /** [AU10] 停用: they cannot sign in, and what they wrote stays theirs. */
  standing: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('open') }),
    z.strictObject({ state: z.literal('closed'), at: instant, by: personRef }),
  ]),
});
export type StoredPerson = z.infer<typeof personSchema>;
/** `version` is the stored document's, for `ifVersions`. */
export type Person = StoredPerson & { readonly id: string; readonly version: number };

export const PEOPLE = 'people';
const ACCOUNTS = 'accounts';
const accountSchema = z.strictObject({ v: z.literal(1), person: text(64) });

export interface PeopleDeps {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly random: Random;
}

export function createPeople({ store, passwords, random }: PeopleDeps): People {
  const find: People['find'] = (id) => readPerson(store.get(PEOPLE, id));
  return {
    find,
    findByAccount(account) {
      const entry = store.get(ACCOUNTS, account);
      return entry && find(accountSchema.parse(entry.value).person);
    },
    list: () => store.list(PEOPLE).flatMap((document) => readPerson(document) ?? []),

    async add({ account, name, post, department, roles }, by, now, chosen) {
      const password = chosen ?? passwords.make();
      const hashed = await passwords.hash(password);
      if (!hashed.ok) return hashed;
      const id = `p-${Buffer.from(random(8)).toString('hex')}`;
      const person: StoredPerson = {
        v: 2,
        account,
        name,
        post,
        department,
        roles: [...new Set(roles)],
        password: { phc: hashed.value, oneTime: chosen === undefined, setAt: now },
        standing: { state: 'open' },
      };
      const committed = await store.commit({
        puts: [
          { collection: PEOPLE, id, value: person },
          { collection: ACCOUNTS, id: account, value: { v: 1, person: id } },
        ],
        ifVersions: [{ collection: ACCOUNTS, id: account, version: 0 }],
        appends: [
          audited({
            by,
            action: 'person.create',
            subject: `person:${id}`,
            detail: `${account}: ${roles.join(' ')}`,
          }),
        ],
      });
      return committed.ok ? accepted({ id, password }) : refusalOfCommit(committed);
    },
  };
}

export function refOf({ id, name, post }: Person): PersonRef {
  return { id, name, post };
}

function readPerson(document: Document | undefined): Person | undefined {
  if (document === undefined) return undefined;
  return { ...personSchema.parse(document.value), id: document.id, version: document.version };
}
