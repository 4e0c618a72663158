import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import type { RoleName } from '../../shared/protocol/statements.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';
import { ensureFolder, placeFile, sweepTemporaries } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { Damage } from '../store/store.ts';
import { rawKeyOf, sha256Of } from './digest.ts';
import { makePrivate } from './private-files.ts';

/** A key of one role, held by this server. */
export interface HeldKey extends SigningKey {
  readonly publicKey: PublicKey;
}

export const SIGNING_ROLES: readonly RoleName[] = ['root', 'head', 'lease', 'lineup', 'approve'];

export interface KeyFolder {
  /** A role whose key is not here is missing. */
  readonly keys: ReadonlyMap<RoleName, HeldKey>;
  /** Files that should be here and are not, or cannot be read; named inside the folder. */
  readonly damage: readonly Damage[];
}

/**
 * The keys of the folder, made at the first start: PKCS#8 PEM, one file for each role, readable by
 * the server's own user only. Once the keys were made, a missing one is a loss to be repaired from a
 * backup, never a reason to make another. The root key may be kept elsewhere.
 *
 * @param isFirst whether keys may be made
 */
export async function openKeyFolder(folder: string, isFirst: boolean): Promise<KeyFolder> {
  await ensureFolder(nodeFileSystem, folder);
  await makePrivate(folder, 0o700);
  await sweepTemporaries(nodeFileSystem, folder);
  const keys = new Map<RoleName, HeldKey>();
  const damage: Damage[] = [];
  const isAway = (await nodeFileSystem.read(`${folder}/${ROOT_AWAY}`)) !== undefined;
  for (const role of SIGNING_ROLES) {
    const key = await openKey(folder, role, isFirst);
    if (typeof key !== 'string') keys.set(role, heldKey(key));
    else if (role !== 'root' || key !== 'missing' || !isAway)
      damage.push({ file: keyFileOf(role), reason: key });
  }
  await nodeFileSystem.syncFolder(folder);
  return { keys, damage };
}

export const keyFileOf = (role: RoleName): string => `${role}.pem`;

/** Says that the root key was taken out of the folder on purpose. */
export const ROOT_AWAY = 'root-away.json';

async function openKey(
  folder: string,
  role: RoleName,
  isFirst: boolean,
): Promise<KeyObject | 'missing' | 'unreadable'> {
  const path = `${folder}/${keyFileOf(role)}`;
  const pem = await nodeFileSystem.read(path);
  if (pem !== undefined) {
    await makePrivate(path, 0o600);
    return privateKeyIn(pem) ?? 'unreadable';
  }
  if (!isFirst) return 'missing';
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ format: 'pem', type: 'pkcs8' });
  await placeFile(nodeFileSystem, path, Buffer.from(text));
  return privateKey;
}

function privateKeyIn(pem: Buffer): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined; // Node throws on what is not a key: outside bytes, not a bug.
  }
}

/** The key in a PEM file's bytes; undefined when there is none that can sign here. */
export function keyIn(pem: Buffer): HeldKey | undefined {
  const key = privateKeyIn(pem);
  return key === undefined ? undefined : heldKey(key);
}

function heldKey(privateKey: KeyObject): HeldKey {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const raw = rawKeyOf(spki, 'ed25519');
  const keyid: KeyId = id(isKeyId, sha256Of(raw));
  return {
    keyid,
    publicKey: { alg: 'ed25519', raw: toBase64(raw) },
    sign: async (bytes) => Uint8Array.from(signBytes(null, bytes, privateKey)),
  };
}
