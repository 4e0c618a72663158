import { createECDH, createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { SIGNING_ROLES } from '../../../board-server/trust/key-files.ts';
import { sha256Of } from '../../../board-server/trust/digest.ts';
import { toBase64 } from '../../../shared/kit/bytes.ts';
import { id, isKeyId } from '../../../shared/kit/ids.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { SigningKey } from '../../../shared/trust/envelope.ts';

/** Keys that follow from the seed: equal seeds have equal signatures. Worthless outside a run. */

const secret = (seed: number, name: string): Buffer =>
  createHash('sha256').update(`simulated ${seed} ${name}`).digest();

/** PKCS#8 up to the 32 bytes of an Ed25519 key, RFC 8410. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function ed25519Key(seed: number, name: string): KeyObject {
  const der = Buffer.concat([PKCS8, secret(seed, name)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** Puts the server's keys where its first start looks for them. */
export async function layKeys(folder: string, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const role of SIGNING_ROLES) {
    const key = ed25519Key(seed, role);
    await writeFile(`${folder}/${role}.pem`, key.export({ format: 'pem', type: 'pkcs8' }));
  }
}

export interface ScreenKey extends SigningKey {
  readonly publicKey: PublicKey;
}

/** A screen's own key, ECDSA on P-256. */
export function screenKey(seed: number, screen: string): ScreenKey {
  const pair = createECDH('prime256v1');
  const d = secret(seed, screen);
  pair.setPrivateKey(d);
  const raw = pair.getPublicKey();
  const part = (from: number): string => raw.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: d.toString('base64url'), x: part(1), y: part(33) };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    keyid: id(isKeyId, sha256Of(raw)),
    publicKey: { alg: 'ecdsa-p256', raw: toBase64(raw) },
    sign: async (bytes) =>
      Uint8Array.from(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })),
  };
}
