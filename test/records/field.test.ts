import { expect, test } from 'vitest';
import { day, line, lines, moment } from '../../shared/records/field.ts';
import { lastDay, writeDate, writePeriod } from '../../shared/records/period.ts';
import { september, shanghai } from '../builders/records.ts';

const isDay = (value: unknown): boolean => day.safeParse(value).success;
const isMoment = (value: unknown): boolean => moment.safeParse(value).success;
const accepts = (value: string): boolean[] => [
  line(9).safeParse(value).success,
  lines(9).safeParse(value).success,
];

test('[BN4] dates are days that exist, moments are whole milliseconds within four-digit years', () => {
  expect(['2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31'].map(isDay)).not.toContain(false);
  expect(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '', null].map(isDay)).not.toContain(
    true,
  );
  expect([0, 1_789_600_000_000, 253_402_300_799_999].map(isMoment)).not.toContain(false);
  expect([-1, 0.5, 253_402_300_800_000, Infinity, Number.NaN, '0'].map(isMoment)).not.toContain(
    true,
  );
});

test('text is refused when it has no bytes, no glyph or another direction than is seen', () => {
  expect(accepts('停水\t𠮷')).toEqual([true, true]);
  expect(accepts('a\nb')).toEqual([false, true]);
  for (const bad of ['\u0000', '\r', '\u007f', '\u0085', '\ud800', '\u202e', '\u2067']) {
    expect(accepts(bad)).toEqual([false, false]);
  }
  expect(accepts('一二三四五六七八九十')).toEqual([false, false]);
});

test('a period is written in the hall’s time; an end at midnight belongs to the day before', () => {
  const from = september(17, 8);
  expect(writePeriod(shanghai, from, september(18))).toBe('2026年9月17日 08:00至2026年9月17日');
  expect(writePeriod(shanghai, from, september(18, 0, 1))).toBe(
    '2026年9月17日 08:00至2026年9月18日 00:01',
  );
  expect(writePeriod(shanghai, september(17), null)).toBe('2026年9月17日起');
  expect(writePeriod(shanghai, null, september(18, 17, 30))).toBe('至2026年9月18日 17:30');
  expect(writePeriod(shanghai, null, null)).toBe('');
});

test('the last day of validity is the day of the last moment, not of the first one after', () => {
  expect(lastDay(shanghai, september(18))).toBe('2026-09-17');
  expect(lastDay(shanghai, september(18) + 1)).toBe('2026-09-18');
});

test('dates are written the Chinese way; what is none stays as it is', () => {
  expect(writeDate('2010-04-26')).toBe('2010年4月26日');
  expect(writeDate('二〇一〇年')).toBe('二〇一〇年');
});
