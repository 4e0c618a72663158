import { createSign, generateKeyPairSync } from 'node:crypto';
import { rawKeyOf, sha256Of } from '../../board-server/trust/digest.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';

/** A screen's own key, made as a browser makes it. */
export function screenKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const raw = rawKeyOf(publicKey.export({ format: 'der', type: 'spki' }), 'ecdsa-p256');
  const keyid = id(isKeyId, sha256Of(raw));
  const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
    Uint8Array.from(
      createSign('sha256').update(bytes).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }),
    );
  return { keyid, sign, publicKey: { alg: 'ecdsa-p256' as const, raw: toBase64(raw) } };
}
export type ScreenKey = ReturnType<typeof screenKey>;
