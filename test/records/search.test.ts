import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldForSearch } from '../../shared/records/search.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '停',
      '水',
      '公',
      '告',
      'Ａ',
      'a',
      'Ⅷ',
      '①',
      '㎡',
      'İ',
      '́',
      '〔',
      '８',
      '𠮷',
    ),
    maxLength: 40,
  }),
);

test('[SC8] every substring of a text is found in it', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (whole, a, b) => {
      const points = [...whole];
      const [from, until] = [a % (points.length + 1), b % (points.length + 1)].sort(
        (x, y) => x - y,
      );
      const part = points.slice(from, until).join('');
      expect(foldForSearch(whole)).toContain(foldForSearch(part));
    }),
    { seed: 9, numRuns: 1000 },
  );
});

test('[SC8] folding two texts together is folding each: nothing depends on neighbours', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      fc.pre(!/[\ud800-\udbff]$/.test(a)); // Two halves would become one character.
      expect(foldForSearch(a + b)).toBe(foldForSearch(a) + foldForSearch(b));
    }),
    { seed: 10, numRuns: 1000 },
  );
});

test('[SC8] width and case do not matter, spaces and every other character do', () => {
  expect(foldForSearch('ＡＢｃ１２（一）')).toBe('abc12(一)');
  expect(foldForSearch('停 水')).not.toContain(foldForSearch('停水'));
  expect(foldForSearch('停电')).not.toContain(foldForSearch('停水'));
});
