import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { compileRelease } from '../../shared/domain/compile.ts';
import { fromUtf8, toBase64, toHex, utf8 } from '../../shared/kit/bytes.ts';
import {
  id,
  isChannelId,
  isKeyId,
  isProfileId,
  isRecordId,
  isScreenId,
  isSlotId,
} from '../../shared/kit/ids.ts';
import { canonicalJson, parseJson } from '../../shared/kit/json.ts';
import type { Json } from '../../shared/kit/json.ts';
import * as schemas from '../../shared/protocol/objects.ts';
import { open, pae, seal } from '../../shared/trust/envelope.ts';
import { approved, digest, draft, sha256, slotOf } from '../builders/items.ts';
import vectors from './formats.json' with { type: 'json' };

/**
 * Bytes written down once. Screens in halls hold objects in these formats and servers have signed
 * them: when a test here fails, the change is undone or the protocol gets a new version.
 */

const { objects, envelope } = vectors;
const schemaOf: Readonly<Record<keyof typeof objects, z.ZodMiniType>> = {
  item: schemas.item,
  searchEntry: schemas.searchEntry,
  touchChunk: schemas.touchChunk,
  searchChunk: schemas.searchChunk,
  boardChunk: schemas.boardChunk,
  chunkIndex: schemas.chunkIndex,
  indexRoot: schemas.indexRoot,
  release: schemas.release,
};
const names = Object.keys(objects) as (keyof typeof objects)[];

test.each(names)('[BN1] the bytes of the %s have the name and the size written down', (name) => {
  const { text, bytes, sha256: digestOfIt } = objects[name];
  expect(sha256(utf8(text))).toBe(digestOfIt);
  expect(utf8(text).length).toBe(bytes);
});

test.each(names)(
  '[BN2] the %s is accepted as it stands and written again to the same bytes',
  (name) => {
    const { text } = objects[name];
    const value = schemaOf[name].parse(parseJson(text));
    expect(canonicalJson(value as Json)).toBe(text);
  },
);

test('[RL1] the draft of the vectors compiles to the release, the chunks and the item of the vectors', async () => {
  const water = approved('water', {}, '县城北大街停水公告');
  const result = await compileRelease(
    draft({ items: [water], slots: [slotOf('door-1', 'water')] }),
    digest,
  );
  if (!result.ok) throw new Error(result.refusal);
  const texts = result.value.objects.map(({ bytes }) => fromUtf8(bytes));
  for (const name of ['touchChunk', 'searchChunk', 'boardChunk'] as const) {
    expect(texts).toContain(objects[name].text);
  }
  expect(texts.at(-1)).toBe(objects.release.text);
  expect(result.value.manifest.digest).toBe(objects.release.sha256);
  expect(canonicalJson(water.item as unknown as Json)).toBe(objects.item.text);
  expect(water.item.search).toBe(objects.searchEntry.sha256);
});

test('[BN2] canonical JSON follows the examples of RFC 8785', () => {
  const value = parseJson(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  expect(canonicalJson(value as Json)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
  const sorted = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  const order = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
  expect(sorted).toBe(`{${order.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
});

test.each([
  ['a number without end', Number.POSITIVE_INFINITY],
  ['what is no number', { x: Number.NaN }],
  ['half a character', ['\ud83d']],
  ['half a character in a name', { '\udc00': 1 }],
  ['a function', { x: () => 1 }],
  ['a big integer', [1n]],
  ['nothing in a list', [undefined]],
])('[BN2] %s is not written', (_, value) => {
  expect(() => canonicalJson(value as Json)).toThrow('broken assumption');
});

test.each(vectors.pae)(
  '[TR1] the pre-authentication encoding of $type',
  ({ type, payload, hex }) => {
    expect(toHex(pae(type, utf8(payload)))).toBe(hex);
  },
);

const key = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${envelope.seed}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});
const keyid = id(isKeyId, envelope.keyid);
const trusted = { keys: { [keyid]: { alg: 'ed25519' as const, raw: envelope.key } }, threshold: 1 };
const verifies = async (_: unknown, bytes: Uint8Array, signature: Uint8Array) =>
  verify(null, bytes, createPublicKey(key), signature);

test('[TR1] sealing with the key of RFC 8032 TEST 1 gives the envelope written down', async () => {
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  expect(toBase64(new Uint8Array(raw))).toBe(envelope.key);
  expect(sha256(raw)).toBe(keyid);
  const signing = {
    keyid,
    sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)),
  };
  expect(await seal('head', utf8(envelope.payload), [signing])).toBe(envelope.text);
});

test('[TR1] the envelope written down opens to its payload, as a head and as nothing else', async () => {
  const opened = await open(envelope.text, 'head', trusted, verifies);
  expect(opened.ok && fromUtf8(opened.value)).toBe(envelope.payload);
  expect(await open(envelope.text, 'item', trusted, verifies)).toMatchObject({
    refusal: 'wrong-type',
  });
  const renamed = envelope.text.replace('openhall.head', 'openhall.item');
  expect(await open(renamed, 'item', trusted, verifies)).toMatchObject({ refusal: 'unsigned' });
});

test('[BN3] ids are 1 to 64 of a–z, 0–9 and hyphens that neither begin nor end them', () => {
  const accepted = ['a', '7', 'led-384x64', 'a--b', 'x'.repeat(64)];
  const barred = [
    '',
    '-',
    '-a',
    'a-',
    'A',
    'a_b',
    'a.b',
    '../a',
    'a/b',
    '公告',
    'a\n',
    'x'.repeat(65),
  ];
  for (const is of [isRecordId, isSlotId, isChannelId, isScreenId, isProfileId]) {
    expect(accepted.filter((text) => !is(text))).toEqual([]);
    expect(barred.filter((text) => is(text))).toEqual([]);
  }
});
