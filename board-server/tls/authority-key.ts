import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { hasCode } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { Authority } from './issue.ts';
import { ECDSA } from './issue.ts';

/** An authority's key may not lie with the hall's data: whoever copies a hall must not get it. */
export function isWithin(folder: string, path: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

/**
 * [TL3] Writes the key once, encrypted (PKCS#8, PBES2), to a file that is not there yet. Its folder is
 * never made: a stick that is not mounted would leave the key on the server's own disk.
 */
export async function writeAuthorityKey(
  path: string,
  key: Authority['key'],
  passphrase: string,
): Promise<Result<undefined, 'file-exists' | 'no-folder' | 'not-written'>> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(pem);
      await file.sync();
    } finally {
      await file.close();
    }
    return accepted(undefined);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return refused('file-exists', path);
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return refused('no-folder', path);
    return refused('not-written', error instanceof Error ? error.message : path);
  }
}

/** The authority of this certificate, ready to issue again. */
export async function readAuthorityKey(
  path: string,
  passphrase: string,
  certificate: string,
): Promise<Result<Authority, 'no-key-file' | 'wrong-passphrase' | 'wrong-key'>> {
  const pem = await nodeFileSystem.read(path);
  if (pem === undefined) return refused('no-key-file', path);
  const key = decrypt(pem, passphrase);
  if (key === undefined) return refused('wrong-passphrase', path);
  if (!createPublicKey(key).equals(new X509Certificate(certificate).publicKey)) {
    return refused('wrong-key', path);
  }
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const usable = await crypto.subtle.importKey('pkcs8', der, ECDSA, false, ['sign']);
  return accepted({ certificate, key: usable });
}

function decrypt(pem: Uint8Array, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(pem), format: 'pem', passphrase });
  } catch (error) {
    if (error instanceof Error) return undefined; // Not a key, or not its passphrase.
    throw error;
  }
}
