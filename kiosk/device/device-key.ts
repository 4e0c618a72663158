import { toBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';
import { digest } from './crypto.ts';
import type { Database } from './database.ts';

/** [SC3] The screen's own key: made here, never readable, gone with the browser's data. */
export interface DeviceKey extends SigningKey {
  readonly keyid: KeyId;
  readonly publicKey: PublicKey;
}

/** Not Ed25519: every browser of the floor can make and keep a P-256 key that cannot be read out. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function openDeviceKey(database: Database | undefined): Promise<DeviceKey> {
  const pair = (await storedPair(database)) ?? (await makePair(database));
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    keyid: id(isKeyId, await digest(raw)),
    publicKey: { alg: 'ecdsa-p256', raw: toBase64(raw) },
    sign: async (bytes) =>
      new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes),
      ),
  };
}

async function storedPair(database: Database | undefined): Promise<CryptoKeyPair | undefined> {
  const stored: unknown = await database?.read('keys', (store): IDBRequest<unknown> =>
    store.get('device'),
  );
  return isPair(stored) ? stored : undefined;
}

async function makePair(database: Database | undefined): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  if (database === undefined) return made;
  try {
    await database.write('keys', (store) => void store.add(made, 'device'));
    return made;
  } catch (error) {
    // Another page of this screen was faster, or there is no room to keep it.
    if (error instanceof DOMException) return (await storedPair(database)) ?? made;
    throw error;
  }
}

function isPair(value: unknown): value is CryptoKeyPair {
  return (
    typeof value === 'object' &&
    value !== null &&
    'privateKey' in value &&
    value.privateKey instanceof CryptoKey &&
    'publicKey' in value &&
    value.publicKey instanceof CryptoKey
  );
}
