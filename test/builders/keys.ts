import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { digest, rawKeyOf } from '../../board-server/trust/digest.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';

export interface TestKey extends SigningKey {
  readonly keyid: KeyId;
  readonly publicKey: PublicKey;
}

/** RFC 8410 §7: PKCS #8 of an Ed25519 private key, up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A real Ed25519 key that is the same in every run: its seed is the SHA-256 of its name. */
export async function testKey(name: string): Promise<TestKey> {
  const seed = createHash('sha256').update(name).digest();
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = rawKeyOf(createPublicKey(key).export({ format: 'der', type: 'spki' }), 'ed25519');
  return {
    keyid: id(isKeyId, await digest(raw)),
    publicKey: { alg: 'ed25519', raw: toBase64(raw) },
    sign: async (bytes) => Uint8Array.from(sign(null, bytes, key)),
  };
}
