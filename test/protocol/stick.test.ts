import { expect, test } from 'vitest';
import { fromUtf8, toHex } from '../../shared/kit/bytes.ts';
import { id, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import {
  readStickTable,
  STICK_PREFIX_BYTES,
  stickBytes,
  stickHead,
  tableBytesOf,
} from '../../shared/protocol/stick.ts';

/** Bytes written down once: sticks lie in drawers, and screens keep the shell that reads them. */

const table = {
  v: 1,
  madeAt: 1_795_680_000_000,
  states: [{ screen: id(isScreenId, 'led-door'), state: '{"v":2}' }],
  objects: [{ digest: id(isSha256, 'ab'.repeat(32)), bytes: 5 }],
} as const;
const JSON_TEXT =
  '{"madeAt":1795680000000,"objects":[{"bytes":5,"digest":"abababababababababababababababababababababababababababababababab"}],"states":[{"screen":"led-door","state":"{\\"v\\":2}"}],"v":1}';

test('[SK1] the head of a stick has the bytes written down', () => {
  const head = stickHead({ ...table, states: [...table.states], objects: [...table.objects] });
  expect(toHex(head.subarray(0, STICK_PREFIX_BYTES))).toBe('4f48535449434b31000000b7');
  expect(fromUtf8(head.subarray(STICK_PREFIX_BYTES))).toBe(JSON_TEXT);
  expect(stickBytes(head.length, [...table.objects])).toBe(head.length + 5);
});

test('[SK2] and is read back only from a file of exactly its length', () => {
  const head = stickHead({ ...table, states: [...table.states], objects: [...table.objects] });
  const bytes = head.length + 5;
  const length = tableBytesOf(head, bytes);
  expect(length).toEqual({ ok: true, value: 0xb7 });
  const read = (whole: number) => readStickTable(head.subarray(STICK_PREFIX_BYTES), whole);
  expect(read(bytes)).toEqual({ ok: true, value: table });
  expect(read(bytes - 1)).toMatchObject({ refusal: 'cut-off' });
  expect(read(bytes + 1)).toMatchObject({ refusal: 'overlong' });
});
