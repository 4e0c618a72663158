import type { ScreenId, ChannelId, Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Head, Lease, Lineup, Roles, RoleName } from '../protocol/statements.ts';
import {
  head as headSchema,
  lease as leaseSchema,
  lineup as lineupSchema,
  roles as rolesSchema,
} from '../protocol/statements.ts';
import type { Mark } from '../trust/accept.ts';
import type { Digest, Verify } from '../trust/digest.ts';
import type { EnvelopeRefusal } from '../trust/envelope.ts';
import { open, payloadJson } from '../trust/envelope.ts';
import type { RolesRefusal } from '../trust/roles.ts';
import { trustedFor, walkRoles } from '../trust/roles.ts';
import { sectionOf } from './run.ts';

/** Verified statements, each with the text it was read from; nothing here decides which is newer. */

export interface Base {
  /** Fingerprint of the root that it all rests on. */
  readonly root: Sha256;
  readonly rolesTexts: readonly string[];
  readonly roles: Roles;
  readonly rolesMark: Mark;
  readonly lineupText: string;
  readonly lineup: Lineup;
  readonly lineupMark: Mark;
}

export interface SignedHead {
  readonly text: string;
  readonly head: Head;
  readonly mark: Mark;
}

export interface SignedLease {
  readonly text: string;
  readonly lease: Lease;
}

/** What a screen is told to show: enough to say, offline and after years, why it shows it. */
export interface Statements {
  readonly base: Base;
  /** In the lineup's order; a channel nothing sound was heard of is absent. */
  readonly heads: ReadonlyMap<ChannelId, SignedHead>;
}

export type StatementRefusal =
  | RolesRefusal
  | EnvelopeRefusal
  /** The signed payload is not what its type promises. */
  | 'bad-payload'
  /** It speaks to another screen, of another channel or of another head. */
  | 'not-for-us'
  /** An epoch that root has not opened. */
  | 'epoch-ahead'
  | 'not-public';

export interface Trust {
  readonly screen: ScreenId;
  /** Undefined trusts the first root seen. */
  readonly root: Sha256 | undefined;
  readonly digest: Digest;
  readonly verify: Verify;
}

/** Roles and lineup. `last` is what was verified before: texts that are the same are not verified again. */
export async function readBase(
  texts: { readonly roles: readonly string[]; readonly lineup: string },
  trust: Trust,
  last?: Base,
): Promise<Result<Base, StatementRefusal>> {
  const known = last !== undefined && sameTexts(last.rolesTexts, texts.roles) ? last : undefined;
  const roles = known === undefined ? await readRoles(texts.roles, trust) : accepted(known);
  if (!roles.ok) return roles;
  if (known !== undefined && known.lineupText === texts.lineup) return accepted(known);
  const opened = await openAs('lineup', texts.lineup, roles.value, trust);
  if (!opened.ok) return opened;
  const lineup = lineupSchema.safeParse(payloadJson(opened.value));
  if (!lineup.success) return refused('bad-payload');
  // [TR9] A lineup counts for the screen it names, and names public sections only.
  if (lineup.data.screen !== trust.screen) return refused('not-for-us');
  const secret = lineup.data.sections.find((name) => sectionOf(name) === undefined);
  if (secret !== undefined) return refused('not-public');
  if (lineup.data.epoch > roles.value.roles.epoch) return refused('epoch-ahead');
  return accepted({
    root: roles.value.root,
    rolesTexts: texts.roles,
    roles: roles.value.roles,
    rolesMark: roles.value.rolesMark,
    lineupText: texts.lineup,
    lineup: lineup.data,
    lineupMark: await markOf(lineup.data, opened.value, trust.digest),
  });
}

export async function readHead(
  text: string,
  channel: ChannelId,
  base: Base,
  trust: Trust,
): Promise<Result<SignedHead, StatementRefusal>> {
  const opened = await openAs('head', text, base, trust);
  if (!opened.ok) return opened;
  const head = headSchema.safeParse(payloadJson(opened.value));
  if (!head.success) return refused('bad-payload');
  if (head.data.channel !== channel) return refused('not-for-us');
  if (head.data.epoch > base.roles.epoch) return refused('epoch-ahead');
  return accepted({
    text,
    head: head.data,
    mark: await markOf(head.data, opened.value, trust.digest),
  });
}

/** A lease for exactly this head; whether its time is sound is decided by `acceptLease`. */
export async function readLease(
  text: string,
  { head, mark }: SignedHead,
  base: Base,
  trust: Trust,
): Promise<Result<SignedLease, StatementRefusal>> {
  const opened = await openAs('lease', text, base, trust);
  if (!opened.ok) return opened;
  const lease = leaseSchema.safeParse(payloadJson(opened.value));
  if (!lease.success) return refused('bad-payload');
  const { channel, epoch, version, head: digest } = lease.data;
  const names = channel === head.channel && epoch === head.epoch && version === head.version;
  if (!names || digest !== mark.digest) return refused('not-for-us');
  return accepted({ text, lease: lease.data });
}

async function readRoles(
  texts: readonly string[],
  trust: Trust,
): Promise<Result<Pick<Base, 'root' | 'roles' | 'rolesMark'>, StatementRefusal>> {
  const walked = await walkRoles(texts, trust.root, { ...trust, parse: parseRoles });
  if (!walked.ok) return walked;
  const { roles, payload, root } = walked.value;
  return accepted({ root, roles, rolesMark: await markOf(roles, payload, trust.digest) });
}

const parseRoles = (value: unknown): Roles | undefined => rolesSchema.safeParse(value).data;

function openAs(
  role: RoleName & ('head' | 'lease' | 'lineup'),
  text: string,
  { roles }: Pick<Base, 'roles'>,
  { verify }: Trust,
) {
  return open(text, role, trustedFor(roles, role), verify);
}

async function markOf(
  { epoch, version }: { readonly epoch: number; readonly version: number },
  payload: Uint8Array<ArrayBuffer>,
  digest: Digest,
): Promise<Mark> {
  return { epoch, version, digest: await digest(payload) };
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** Two sets of statements with one key say the same. */
export function keyOf({ base, heads }: Statements): string {
  const named = [...heads].map(([channel, { mark }]) => `${channel}:${mark.digest}`);
  return [base.rolesMark.digest, base.lineupMark.digest, ...named].join(' ');
}
