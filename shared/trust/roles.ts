import { fromBase64, utf8 } from '../kit/bytes.ts';
import type { KeyId, Sha256 } from '../kit/ids.ts';
import { canonicalJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Ordered } from './accept.ts';
import type { Digest, PublicKey, Verify } from './digest.ts';
import type { EnvelopeRefusal, Trusted } from './envelope.ts';
import { open, parseEnvelope, payloadJson } from './envelope.ts';

export interface RoleKeys {
  readonly keys: readonly KeyId[];
  readonly threshold: number;
}

/** What the walk reads of a roles statement; its schema is in shared/protocol. */
export interface RolesTerms<Name extends string> extends Ordered {
  readonly keys: Readonly<Record<string, PublicKey>>;
  readonly roles: Readonly<Record<Name, RoleKeys>>;
}

export type RolesRefusal =
  | EnvelopeRefusal
  | 'empty'
  /** The payload is not a roles statement. */
  | 'not-roles'
  /** A key does not hash to its id, or a role names a key twice, one not listed, or too few. */
  | 'bad-key'
  /** The first statement is not the root that this screen trusts. */
  | 'wrong-root'
  /** A version is missing, or the first is not version 1. */
  | 'gap'
  /** Its epoch is below its predecessor's. */
  | 'epoch-lowered';

export interface RolesPorts<Statement> {
  readonly digest: Digest;
  readonly verify: Verify;
  /** The statement in a JSON value, or undefined when it is not one. */
  readonly parse: (value: unknown) => Statement | undefined;
}

export interface AcceptedRoles<Statement> {
  readonly roles: Statement;
  readonly payload: Uint8Array<ArrayBuffer>;
  /** Fingerprint of the root of version 1. */
  readonly root: Sha256;
}

/**
 * [TR3] Walks every roles statement, oldest first, from the root a screen trusts to the newest.
 * Each is signed by the root of its predecessor and by its own, one version at a time.
 *
 * @param root fingerprint of the trusted root; undefined trusts the first one seen
 */
export async function walkRoles<Statement extends RolesTerms<'root'>>(
  texts: readonly string[],
  root: Sha256 | undefined,
  ports: RolesPorts<Statement>,
): Promise<Result<AcceptedRoles<Statement>, RolesRefusal>> {
  let fingerprint: Sha256 | undefined;
  let last: AcceptedRoles<Statement> | undefined;
  for (const text of texts) {
    const next = await openRoles(text, ports);
    if (!next.ok) return next;
    const { roles, payload } = next.value;
    fingerprint ??= await rootFingerprint(roles, ports.digest);
    if (last === undefined) {
      if (roles.version !== 1) return refused('gap');
      if (root !== undefined && fingerprint !== root) return refused('wrong-root');
    } else {
      const refusal = await refusalToFollow(last.roles, roles, text, ports.verify);
      if (refusal !== undefined) return refused(refusal);
    }
    last = { roles, payload, root: fingerprint };
  }
  return last === undefined ? refused('empty') : accepted(last);
}

/** The keys of a role and how many of them must sign. */
export function trustedFor<Name extends string>(
  { keys, roles }: RolesTerms<Name>,
  role: NoInfer<Name>,
): Trusted {
  const { keys: ids, threshold } = roles[role];
  const named = ids.flatMap((keyid): [string, PublicKey][] => {
    const key = keys[keyid];
    return key === undefined ? [] : [[keyid, key]];
  });
  return { keys: Object.fromEntries(named), threshold };
}

/**
 * What a screen pins: SHA-256 of the canonical JSON of `{"keys":[…],"threshold":n}`, the sorted
 * root key ids and the threshold of roles version 1. The threshold is in it, so that one holder of
 * several cannot found another hall under the same fingerprint.
 */
export function rootFingerprint(roles: RolesTerms<'root'>, digest: Digest): Promise<Sha256> {
  const { keys, threshold } = roles.roles.root;
  return digest(utf8(canonicalJson({ keys: [...keys].sort(), threshold })));
}

/** SHA-256 of a public key's raw bytes, or undefined when they are not base64. */
export async function keyIdOf(key: PublicKey, digest: Digest): Promise<string | undefined> {
  const raw = fromBase64(key.raw);
  return raw === undefined ? undefined : digest(raw);
}

/**
 * A roles statement signed by its own root. Its keys must be read before its signature can be
 * checked; nothing read is used for anything else until the check has passed.
 */
async function openRoles<Statement extends RolesTerms<'root'>>(
  text: string,
  { digest, verify, parse }: RolesPorts<Statement>,
): Promise<Result<{ roles: Statement; payload: Uint8Array<ArrayBuffer> }, RolesRefusal>> {
  const envelope = parseEnvelope(text);
  if (!envelope.ok) return envelope;
  const roles = parse(payloadJson(envelope.value.payload));
  if (roles === undefined) return refused('not-roles');
  if (!(await hasSoundKeys(roles, digest))) return refused('bad-key');
  const opened = await open(text, 'roles', trustedFor(roles, 'root'), verify);
  return opened.ok ? accepted({ roles, payload: opened.value }) : opened;
}

async function hasSoundKeys(statement: RolesTerms<'root'>, digest: Digest): Promise<boolean> {
  for (const [keyid, key] of Object.entries(statement.keys)) {
    if ((await keyIdOf(key, digest)) !== keyid) return false;
  }
  return Object.values<RoleKeys>(statement.roles).every(
    ({ keys, threshold }) =>
      threshold <= keys.length &&
      new Set(keys).size === keys.length &&
      keys.every((keyid) => Object.hasOwn(statement.keys, keyid)),
  );
}

async function refusalToFollow(
  last: RolesTerms<'root'>,
  next: RolesTerms<'root'>,
  text: string,
  verify: Verify,
): Promise<RolesRefusal | undefined> {
  if (next.version !== last.version + 1) return 'gap';
  if (next.epoch < last.epoch) return 'epoch-lowered';
  const opened = await open(text, 'roles', trustedFor(last, 'root'), verify);
  return opened.ok ? undefined : opened.refusal;
}
