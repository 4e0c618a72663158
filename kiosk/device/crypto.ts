import { fromBase64, toHex } from '../../shared/kit/bytes.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { Digest, PublicKey, Verify } from '../../shared/trust/digest.ts';

export const digest: Digest = async (bytes) =>
  id(isSha256, toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));

/** By the public key's base64. */
type VerifyRaw = (raw: string, bytes: Bytes, signature: Bytes) => Promise<boolean>;
type Bytes = Uint8Array<ArrayBuffer>;

/** Verification by the browser or, where it lacks Ed25519 (Chromium before 137), by pure code. */
export async function openVerify(subtle: SubtleCrypto = crypto.subtle): Promise<Verify> {
  const ed25519 = (await hasEd25519(subtle))
    ? verifyBy(subtle, 'Ed25519', 'Ed25519')
    : await pureEd25519();
  const p256 = verifyBy(
    subtle,
    { name: 'ECDSA', namedCurve: 'P-256' },
    { name: 'ECDSA', hash: 'SHA-256' },
  );
  return ({ alg, raw }: PublicKey, bytes, signature) =>
    alg === 'ed25519' ? ed25519(raw, bytes, signature) : p256(raw, bytes, signature);
}

async function hasEd25519(subtle: SubtleCrypto): Promise<boolean> {
  try {
    await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // The name is not known here.
    throw error;
  }
}

function verifyBy(
  subtle: SubtleCrypto,
  importAs: AlgorithmIdentifier | EcKeyImportParams,
  verifyAs: AlgorithmIdentifier | EcdsaParams,
): VerifyRaw {
  /** One key signs a hundred items: it is imported once. */
  const keys = new Map<string, Promise<CryptoKey>>();
  return async (raw, bytes, signature) => {
    try {
      const known = keys.get(raw);
      const key = known ?? subtle.importKey('raw', keyOf(raw), importAs, false, ['verify']);
      keys.set(raw, key);
      return await subtle.verify(verifyAs, await key, signature, bytes);
    } catch (error) {
      if (error instanceof Error) return false; // Not a key, not a signature, or not known here.
      throw error;
    }
  };
}

const keyOf = (raw: string): Bytes => fromBase64(raw) ?? new Uint8Array();

async function pureEd25519(): Promise<VerifyRaw> {
  const { verifyAsync } = await import('@noble/ed25519');
  return async (raw, bytes, signature) => {
    try {
      // Strict RFC 8032, as browsers and the server verify; the library is laxer by default.
      return await verifyAsync(signature, bytes, keyOf(raw), { zip215: false });
    } catch (error) {
      if (error instanceof Error) return false; // Malformed points and lengths throw.
      throw error;
    }
  };
}
