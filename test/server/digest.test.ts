import { generateKeyPairSync, sign, verify as verifyByNode } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isUsableKey, rawKeyOf, verify } from '../../board-server/trust/digest.ts';
import { ecdsaDer } from '../../board-server/trust/ecdsa-der.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';

const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');

function publicKey(key: KeyObject, alg: PublicKey['alg']): PublicKey {
  return { alg, raw: toBase64(rawKeyOf(key.export({ format: 'der', type: 'spki' }), alg)) };
}

const signedBy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(sign('sha256', bytes, { key: ecdsa.privateKey, dsaEncoding: 'ieee-p1363' }));

describe('[TR2] signatures of screens', () => {
  const key = publicKey(ecdsa.publicKey, 'ecdsa-p256');

  test('count whatever zeros their numbers begin with, and not when a bit is another', async () => {
    let beginningWithZero = 0;
    for (let number = 0; beginningWithZero < 5; number++) {
      const bytes = Uint8Array.of(number & 255, number >> 8);
      const signature = signedBy(bytes);
      const isShort = signature[0] === 0 || signature[32] === 0;
      if (!isShort && number > 20) continue;
      if (isShort) beginningWithZero += 1;
      expect(await verify(key, bytes, signature)).toBe(true);
      const other = signature.with(number % 64, (signature[number % 64] ?? 0) ^ 1);
      expect(await verify(key, bytes, other)).toBe(false);
      expect(await verify(key, Uint8Array.of(9, 9, 9), signature)).toBe(false);
    }
  });

  test('are 64 bytes and nothing else', async () => {
    const bytes = Uint8Array.of(1);
    const signature = signedBy(bytes);
    for (const length of [0, 1, 63])
      expect(await verify(key, bytes, signature.subarray(0, length))).toBe(false);
    expect(await verify(key, bytes, new Uint8Array([...signature, 0]))).toBe(false);
    expect(await verify(key, bytes, new Uint8Array(64))).toBe(false);
    expect(await verify(key, bytes, new Uint8Array(64).fill(255))).toBe(false);
    const der = sign('sha256', bytes, ecdsa.privateKey);
    expect(await verify(key, bytes, Uint8Array.from(der))).toBe(false);
  });

  test('are read as OpenSSL reads its own form of them', () => {
    const bytes = Uint8Array.of(7);
    const der = ecdsaDer(signedBy(bytes)) ?? new Uint8Array();
    expect(verifyByNode('sha256', bytes, ecdsa.publicKey, der)).toBe(true);
    const numbers = new Uint8Array(64);
    numbers[31] = 0x80;
    numbers[32] = 1;
    expect(ecdsaDer(numbers)).toEqual(
      Uint8Array.from([
        0x30,
        2 + 2 + 2 + 32,
        2,
        2,
        0,
        0x80,
        2,
        32,
        1,
        ...Array<number>(31).fill(0),
      ]),
    );
    expect(ecdsaDer(new Uint8Array(64))).toEqual(Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0));
  });
});

test('[TR2] a key that is no point of its curve verifies nothing and is not taken', async () => {
  const bytes = Uint8Array.of(1);
  const signature = Uint8Array.from(sign(null, bytes, ed25519.privateKey));
  const key = publicKey(ed25519.publicKey, 'ed25519');
  expect(await verify(key, bytes, signature)).toBe(true);
  expect(await verify(key, bytes, signature.with(0, (signature[0] ?? 0) ^ 1))).toBe(false);
  for (const raw of ['', '-----', toBase64(new Uint8Array(65).fill(4))]) {
    const none: PublicKey = { alg: 'ecdsa-p256', raw };
    expect(isUsableKey(none)).toBe(false);
    expect(await verify(none, bytes, signedBy(bytes))).toBe(false);
  }
});
