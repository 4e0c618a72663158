import type { Item } from '../../shared/domain/release.ts';
import { present } from '../../shared/kit/assert.ts';
import type { KeyId, Sha256 } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditStatement } from '../../shared/protocol/audit.ts';
import type { Head, Lease, Lineup, RoleName, Roles } from '../../shared/protocol/statements.ts';
import type { StatementType } from '../../shared/trust/envelope.ts';
import { seal } from '../../shared/trust/envelope.ts';
import type { Damage } from '../store/store.ts';
import type { Suspicion } from './clock-guard.ts';
import { createClockGuard } from './clock-guard.ts';
import { sha256Of } from './digest.ts';
import type { HeldKey, KeyFolder } from './key-files.ts';
import { keyFileOf, openKeyFolder, SIGNING_ROLES } from './key-files.ts';
import type { HeldRoles } from './roles-file.ts';
import { keepRoles, readHeldRoles, ROLES_FILE } from './roles-file.ts';

/** The server's signatures: the only holder of its keys, and the only way to use them. */
export async function openSigner({
  folder,
  clock,
  monotonic,
  memory,
  restoredUnder = 0,
}: SignerPorts): Promise<Signer> {
  const { keys, roles, damage } = await openKeys(folder, memory.lastSignedAt() !== undefined);
  const { epoch } = roles.newest;
  const isHeld = epoch <= restoredUnder;
  const guard = createClockGuard({ clock, monotonic, lastSignedAt: memory.lastSignedAt() });
  let rememberedAt = memory.lastSignedAt() ?? -Infinity;

  const remember = async (at: number): Promise<void> => {
    rememberedAt = at;
    await memory.remember(at);
  };

  return {
    epoch,
    rootFingerprint: roles.root,
    roles: roles.texts,
    damage,
    isHeld,
    async sign(type, make) {
      // [BK5] An item is of no epoch; all else would be older than what screens have seen.
      if (isHeld && type !== 'item') return refused('restored');
      const key = keys.get(KEY_OF[type]);
      if (key === undefined) return refused('key-missing', keyFileOf(KEY_OF[type]));
      const time = guard.check();
      if (!time.ok) return refused('clock-suspect', time.suspicion);
      const payload = make(time.at);
      const statement = await sealed(type, payload, key);
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
  /** The epoch of the backup this folder was restored from: nothing is published in it any more. */
  readonly restoredUnder?: number | undefined;
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
  /** Keys that are lost, unreadable or not this hall's, by file: what they sign is refused. */
  readonly damage: readonly Damage[];
  /** [BK5] The folder was restored, and its epoch not raised since. */
  readonly isHeld: boolean;
  /** `make` is given the instant of the signature, so that a statement cannot carry another. */
  sign<Type extends keyof Signed>(
    type: Type,
    make: (at: number) => Signed[Type],
  ): Promise<Result<Statement<Signed[Type]>, SignRefusal>>;
  /** [TR10] Why nothing is signed; undefined when all is well. */
  suspicion(): Suspicion | undefined;
  /** An administrator has looked at the server's clock and says that it is right. */
  confirmClock(): Promise<void>;
}

export type SignRefusal = 'clock-suspect' | 'restored' | 'key-missing';

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

/** Without its roles a hall cannot say who may sign; the message names the file. */
export class DamagedKeys extends Error {}

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

/** The keys, each named by the roles that screens walk; both are made at the first start. */
async function openKeys(
  folder: string,
  hasSigned: boolean,
): Promise<KeyFolder & { readonly roles: HeldRoles }> {
  const read = await readHeldRoles(folder);
  const isFirst = !read.ok && read.refusal === 'missing' && !hasSigned;
  if (!read.ok && !isFirst) throw new DamagedKeys(ROLES_FILE);
  const opened = await openKeyFolder(folder, isFirst);
  const roles = read.ok ? read : await keepRoles(folder, [await firstRoles(opened)]);
  if (!roles.ok) throw new DamagedKeys(ROLES_FILE);
  const { newest } = roles.value;
  const keys = new Map(
    [...opened.keys].filter(([role, { keyid }]) => newest.roles[role].keys.includes(keyid)),
  );
  const foreign = [...opened.keys.keys()]
    .filter((role) => !keys.has(role))
    .map((role) => ({ file: keyFileOf(role), reason: `not the key that ${ROLES_FILE} names` }));
  return { keys, roles: roles.value, damage: [...opened.damage, ...foreign] };
}

async function firstRoles({ keys, damage }: KeyFolder): Promise<string> {
  const [unreadable] = damage;
  if (unreadable !== undefined) throw new DamagedKeys(unreadable.file);
  const keyOf = (name: RoleName): HeldKey => present(keys.get(name), name);
  const only = (name: RoleName) => ({ keys: [keyOf(name).keyid], threshold: 1 });
  const statement: Roles = {
    v: 1,
    epoch: 1,
    version: 1,
    keys: Object.fromEntries(
      SIGNING_ROLES.map((name) => [keyOf(name).keyid, keyOf(name).publicKey]),
    ),
    roles: {
      root: only('root'),
      head: only('head'),
      lease: only('lease'),
      lineup: only('lineup'),
      approve: only('approve'),
    },
  };
  return (await sealed('roles', statement, keyOf('root'))).envelope;
}
