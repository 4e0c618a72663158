export type { Digest } from '../kit/digest.ts';

/** A public key as statements carry it; `raw` is base64 of the raw point or of SEC1 uncompressed. */
export interface PublicKey {
  readonly alg: 'ed25519' | 'ecdsa-p256';
  readonly raw: string;
}

/** Port: whether `signature` over `bytes` was made by the key. Malformed input is `false`. */
export type Verify = (
  key: PublicKey,
  bytes: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean>;

/** Port: a signature over bytes with a key held elsewhere. */
export type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
