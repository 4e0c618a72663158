import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fromBase64 } from '../../shared/kit/bytes.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { Digest, PublicKey, Verify } from '../../shared/trust/digest.ts';
import { ecdsaDer } from './ecdsa-der.ts';

export function sha256Of(bytes: Uint8Array): Sha256 {
  return id(isSha256, createHash('sha256').update(bytes).digest('hex'));
}

/** The platform's port of SHA-256. */
export const digest: Digest = async (bytes) => sha256Of(bytes);

/**
 * The platform's port of verification; malformed keys and signatures are `false`. Key and signature
 * are handed to Node in the forms that it knows at once: in an object of options it first looks for a
 * key by throwing and catching, which takes as long as half a verification.
 */
export const verify: Verify = async (key, bytes, signature) => {
  try {
    if (key.alg === 'ed25519') return verifySignature(null, bytes, publicKeyOf(key), signature);
    const der = ecdsaDer(signature);
    return der !== undefined && verifySignature('sha256', bytes, publicKeyOf(key), der);
  } catch {
    return false; // Node throws on a point that is not on the curve: outside bytes, not a bug.
  }
};

/** SubjectPublicKeyInfo up to the raw key: RFC 8410 for Ed25519, RFC 5480 for P-256. */
const SPKI_PREFIX = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  'ecdsa-p256': Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
};

/** Decoding a key takes as long as verifying with it, and the same few keys are used all day. */
const decoded = new WeakMap<PublicKey, KeyObject>();

function publicKeyOf(publicKey: PublicKey): KeyObject {
  const known = decoded.get(publicKey);
  if (known !== undefined) return known;
  const { alg, raw } = publicKey;
  const spki = Buffer.concat([SPKI_PREFIX[alg], fromBase64(raw) ?? Buffer.alloc(0)]);
  const key = createPublicKey(
    `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`,
  );
  decoded.set(publicKey, key);
  return key;
}

/** Raw bytes of an Ed25519 public key (32) or of an uncompressed P-256 point (65), as in `PublicKey.raw`. */
export function rawKeyOf(spki: Uint8Array, alg: PublicKey['alg']): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(spki.subarray(SPKI_PREFIX[alg].length));
}

/** Whether a key offered from outside is one that `verify` can use: a point on its curve. */
export function isUsableKey(key: PublicKey): boolean {
  try {
    publicKeyOf(key);
    return true;
  } catch {
    return false; // Node throws on what is not a key: outside bytes, not a bug.
  }
}
