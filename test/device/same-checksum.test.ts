import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { present } from '../../shared/kit/assert.ts';
import { fromUtf8, utf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { otherBitsSameCrc, otherTextSameCrc } from '../bench/tamper-page/same-checksum.ts';
import { createChance } from '../sim/chance.ts';

/** The damages that the tamper bench is about: nothing cheap tells them from what was there. */
const NOTICE = JSON.stringify({
  title: '县城北大街停水公告',
  body: '因设施老化需集中检修，期间将分段停止供应，请沿线居民和单位提前做好储备，检修结束后及时恢复。',
});

describe('a damage that keeps the CRC', () => {
  test('is another text of the same length, still JSON, with the CRC-32 of the first', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const other = present(otherTextSameCrc(utf8(NOTICE), createChance(seed, 'text')), 'text');
      expect(fromUtf8(other)).not.toBe(NOTICE);
      expect(other).toHaveLength(utf8(NOTICE).length);
      expect(crc32(other)).toBe(crc32(NOTICE));
      expect(Object.keys(parseJson(fromUtf8(other) ?? '') as object)).toEqual(['title', 'body']);
    }
  });

  test('is other bits where there is no text; one turned bit alone changes the CRC-32', () => {
    const bytes = createChance(1, 'bytes').bytes(9000);
    const other = present(otherBitsSameCrc(bytes, createChance(2, 'bits')), 'bits');
    expect(other).not.toEqual(bytes);
    expect(crc32(other)).toBe(crc32(bytes));
    expect(crc32(bytes.with(8999, (bytes[8999] ?? 0) ^ 1))).not.toBe(crc32(bytes));
  });

  test('is none where too few characters could be another', () => {
    expect(otherTextSameCrc(utf8('停水'), createChance(1, 'short'))).toBeUndefined();
  });
});
