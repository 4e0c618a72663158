import * as z from 'zod/mini';
import type { Item } from '../../shared/domain/release.ts';
import type { KeyId, Sha256 } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import { canonicalBytes, parseJson } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditStatement } from '../../shared/protocol/audit.ts';
import type { Head, Lease, Lineup, RoleName, Roles } from '../../shared/protocol/statements.ts';
import { roles as rolesSchema } from '../../shared/protocol/statements.ts';
import type { StatementType } from '../../shared/trust/envelope.ts';
import { seal } from '../../shared/trust/envelope.ts';
import { walkRoles } from '../../shared/trust/roles.ts';
import type { Suspicion } from './clock-guard.ts';
import { createClockGuard } from './clock-guard.ts';
import { digest, sha256Of, verify } from './digest.ts';
import type { HeldKey, HeldKeys } from './key-files.ts';
import { openKeyFolder, readRolesFile, SIGNING_ROLES, writeRolesFile } from './key-files.ts';

/** The server's signatures: the only holder of its keys, and the only way to use them. */
export async function openSigner({
  folder,
  clock,
  monotonic,
  memory,
}: SignerPorts): Promise<Signer> {
  const keys = await openKeyFolder(folder);
  const { roles, epoch, root } = await openRoles(folder, keys);
  const guard = createClockGuard({ clock, monotonic, lastSignedAt: memory.lastSignedAt() });
  let rememberedAt = memory.lastSignedAt() ?? -Infinity;

  const remember = async (at: number): Promise<void> => {
    rememberedAt = at;
    await memory.remember(at);
  };

  return {
    epoch,
    rootFingerprint: root,
    roles,
    async sign(type, make) {
      const time = guard.check();
      if (!time.ok) return refused('clock-suspect', time.suspicion);
      const payload = make(time.at);
      const statement = await sealed(type, payload, keys[KEY_OF[type]]);
      if (time.at - rememberedAt >= REMEMBER_EVERY_MS) await remember(time.at);
      return accepted({ ...statement, payload });
    },
    suspicion() {
      const time = guard.check();
      return time.ok ? undefined : time.suspicion;
    },
    confirmClock: async () => remember(guard.confirm()),
  };
}

export interface SignerPorts {
  /** Where the keys lie, such as `DATA_DIR/keys`. */
  readonly folder: string;
  /** Wall clock, epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly memory: SignatureMemory;
}

/** Keeps the instant of the last signature over restarts, to the minute. */
export interface SignatureMemory {
  lastSignedAt(): number | undefined;
  remember(at: number): Promise<void>;
}

export interface Signer {
  /** The epoch of every statement signed here; only a new roles statement raises it. */
  readonly epoch: number;
  /** What a screen pins at its launch address. */
  readonly rootFingerprint: KeyId;
  /** Every roles statement in its envelope, oldest first. */
  readonly roles: readonly string[];
  /** `make` is given the instant of the signature, so that a statement cannot carry another. */
  sign<Type extends keyof Signed>(
    type: Type,
    make: (at: number) => Signed[Type],
  ): Promise<Result<Statement<Signed[Type]>, 'clock-suspect'>>;
  /** [TR10] Why nothing is signed; undefined when all is well. */
  suspicion(): Suspicion | undefined;
  /** An administrator has looked at the server's clock and says that it is right. */
  confirmClock(): Promise<void>;
}

export interface Signed {
  readonly head: Head;
  readonly lease: Lease;
  readonly lineup: Lineup;
  readonly item: Item;
  readonly audit: AuditStatement;
}

export interface Statement<Payload> {
  readonly payload: Payload;
  /** SHA-256 of the payload's bytes. */
  readonly digest: Sha256;
  readonly envelope: string;
}

const KEY_OF: Readonly<Record<keyof Signed, RoleName>> = {
  head: 'head',
  lease: 'lease',
  lineup: 'lineup',
  item: 'approve',
  // [AD2] Leases name the audit head already, so the role vouches for nothing that it did not before.
  audit: 'lease',
};

const REMEMBER_EVERY_MS = 60_000;

async function sealed(type: StatementType, payload: object, key: HeldKey) {
  const bytes = canonicalBytes(payload);
  return { digest: sha256Of(bytes), envelope: await seal(type, bytes, [key]) };
}

/** The roles statements that screens walk, made together with the keys and checked at each start. */
async function openRoles(folder: string, keys: HeldKeys): Promise<HeldRoles> {
  const text = await readRolesFile(folder);
  const roles = text === undefined ? [await firstRoles(keys)] : rolesIn(text);
  const walked = await walkRoles<Roles>(roles, undefined, { digest, verify, parse: rolesOf });
  if (!walked.ok) throw new Error(`roles.json in ${folder} is damaged: restore it from a backup`);
  const newest = walked.value.roles;
  const foreign = SIGNING_ROLES.find((role) => !newest.roles[role].keys.includes(keys[role].keyid));
  if (foreign !== undefined) {
    throw new Error(
      `${foreign}.pem in ${folder} is not the key that roles.json names: restore it from a backup`,
    );
  }
  if (text === undefined) await writeRolesFile(folder, JSON.stringify(roles));
  return { roles, epoch: newest.epoch, root: id(isKeyId, walked.value.root) };
}

interface HeldRoles {
  readonly roles: readonly string[];
  readonly epoch: number;
  readonly root: KeyId;
}

function rolesIn(text: string): readonly string[] {
  const list = z.array(z.string()).safeParse(parseJson(text));
  return list.success ? list.data : [];
}

function rolesOf(value: unknown): Roles | undefined {
  const parsed = rolesSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

async function firstRoles(keys: HeldKeys): Promise<string> {
  const only = (name: RoleName) => ({ keys: [keys[name].keyid], threshold: 1 });
  const statement: Roles = {
    v: 1,
    epoch: 1,
    version: 1,
    keys: Object.fromEntries(SIGNING_ROLES.map((name) => [keys[name].keyid, keys[name].publicKey])),
    roles: {
      root: only('root'),
      head: only('head'),
      lease: only('lease'),
      lineup: only('lineup'),
      approve: only('approve'),
    },
  };
  return (await sealed('roles', statement, keys.root)).envelope;
}
