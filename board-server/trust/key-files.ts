import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import type { RoleName } from '../../shared/protocol/statements.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';
import { ensureFolder, placeFile, sweepTemporaries } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { rawKeyOf, sha256Of } from './digest.ts';

/** A key of one role, held by this server. */
export interface HeldKey extends SigningKey {
  readonly publicKey: PublicKey;
}

export const SIGNING_ROLES: readonly RoleName[] = ['root', 'head', 'lease', 'lineup', 'approve'];
export type HeldKeys = Readonly<Record<RoleName, HeldKey>>;

/**
 * The keys of the folder, made at the first start: PKCS#8 PEM, one file for each role, readable by
 * the server's own user only. Once `roles.json` says that the keys were made, a missing one is a
 * loss to be repaired from a backup, never a reason to make another.
 */
export async function openKeyFolder(folder: string): Promise<HeldKeys> {
  await ensureFolder(nodeFileSystem, folder);
  await chmod(folder, 0o700);
  await sweepTemporaries(nodeFileSystem, folder);
  const first = (await readRolesFile(folder)) === undefined;
  const held = async (role: RoleName): Promise<HeldKey> =>
    heldKey(await openKey(folder, role, first));
  const keys = {
    root: await held('root'),
    head: await held('head'),
    lease: await held('lease'),
    lineup: await held('lineup'),
    approve: await held('approve'),
  };
  await nodeFileSystem.syncFolder(folder);
  return keys;
}

async function openKey(folder: string, role: RoleName, first: boolean): Promise<KeyObject> {
  const path = `${folder}/${role}.pem`;
  const pem = await nodeFileSystem.read(path);
  if (pem !== undefined) {
    await chmod(path, 0o600); // A copy from a backup may have come back readable by everyone.
    return createPrivateKey(pem);
  }
  if (!first)
    throw new Error(`the key ${role}.pem is missing from ${folder}: restore it from a backup`);
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ format: 'pem', type: 'pkcs8' });
  await placeFile(nodeFileSystem, path, Buffer.from(text));
  return privateKey;
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

/** Every roles statement in its envelope, oldest first, as one JSON list. */
export async function readRolesFile(folder: string): Promise<string | undefined> {
  return (await nodeFileSystem.read(`${folder}/roles.json`))?.toString('utf8');
}

export async function writeRolesFile(folder: string, text: string): Promise<void> {
  await placeFile(nodeFileSystem, `${folder}/roles.json`, Buffer.from(text));
  await nodeFileSystem.syncFolder(folder);
}
