import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference } from '../../shared/domain/difference.ts';
import type { Merged } from '../../shared/domain/merge.ts';
import { merge } from '../../shared/domain/merge.ts';

const seed = 42;
const same = (a: string, b: string): boolean => a === b;
const merged = (base: string, mine: string, theirs: string) =>
  merge([...base], [...mine], [...theirs], same);

/** Settled text as it is, disputes as `{mine|theirs}`. */
const said = (parts: readonly Merged<string>[]): string =>
  parts
    .map((part) =>
      part.kind === 'settled'
        ? part.items.join('')
        : `{${part.mine.join('')}|${part.theirs.join('')}}`,
    )
    .join('');

const sideOf = (parts: readonly Merged<string>[], side: 'mine' | 'theirs'): string =>
  parts.flatMap((part) => (part.kind === 'settled' ? part.items : part[side])).join('');

const texts = fc.string({ unit: fc.constantFrom(...'停水公告请储'), maxLength: 14 });

const longList = (what: string): string[] => [
  '首',
  ...Array.from({ length: 2100 }, (_, index) => what + index),
  '尾',
];
const marksIn = (list: readonly string[], mark: string): string[] =>
  list.filter((item) => item.endsWith(mark));

describe('what differs between two lists', () => {
  test('turns one into the other', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        let at = 0;
        let made = '';
        for (const { from, until, items } of difference([...before], [...after], same)) {
          expect(from).toBeGreaterThanOrEqual(at);
          made += [...before].slice(at, from).join('') + items.join('');
          at = until;
        }
        expect(made + [...before].slice(at).join('')).toBe(after);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('is nothing between equal lists, and the least between others', () => {
    expect(difference([...'停水公告'], [...'停水公告'], same)).toEqual([]);
    expect(difference([...'今晚停水'], [...'明晚停电水'], same)).toEqual([
      { from: 0, until: 1, items: ['明'] },
      { from: 3, until: 3, items: ['电'] },
    ]);
  });

  test('of two lists too long to compare is all between what they share at both ends', () => {
    const hunks = difference(longList('a'), longList('b'), same);
    expect(hunks.map(({ from, until }) => [from, until])).toEqual([[1, 2101]]);
  });
});

describe('[WF5] two people’s changes', () => {
  test.each([
    ['今晚停水', '今晚停水停电', '明晚停水', '明晚停水停电'],
    ['ABC', 'aBC', 'AbC', 'abC'],
    ['ABC', 'ABC', 'AC', 'AC'],
    ['ABC', 'AXBC', 'ABCY', 'AXBCY'],
    ['ABC', 'AxC', 'AyC', 'A{x|y}C'],
    ['AC', 'AxC', 'AyC', 'A{x|y}C'],
    ['ABC', 'AC', 'AbC', 'A{|b}C'],
    ['ABC', 'aBC', 'aBC', 'aBC'],
    ['ABCD', 'AXXD', 'ABYD', 'A{XX|BY}D'],
    // What one puts in at the edge of the other's change could stand before it or after it.
    ['ABC', 'AXBC', 'AbC', 'A{XB|b}C'],
    ['', 'x', 'y', '{x|y}'],
  ])('to %j, %j and %j, make %j', (base, mine, theirs, wanted) => {
    expect(said(merged(base, mine, theirs))).toBe(wanted);
  });

  test('are one change when only one of them made any, or both made the same', () => {
    fc.assert(
      fc.property(texts, texts, (base, changed) => {
        for (const parts of [
          merged(base, changed, base),
          merged(base, base, changed),
          merged(base, changed, changed),
        ])
          expect(said(parts)).toBe(changed);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('are the same whoever comes first', () => {
    fc.assert(
      fc.property(texts, texts, texts, (base, mine, theirs) => {
        const exchanged = merged(base, theirs, mine).map((part) =>
          part.kind === 'settled' ? part : { ...part, mine: part.theirs, theirs: part.mine },
        );
        expect(exchanged).toEqual(merged(base, mine, theirs));
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('are all there: whatever either put in stands in what is settled or disputed', () => {
    fc.assert(
      fc.property(texts, texts, texts, (base, mine, theirs) => {
        // Marked, what each side put in cannot be taken for what was there before.
        const marked = (text: string, mark: string): string[] => {
          const kept = difference([...base], [...text], same);
          let at = 0;
          const list: string[] = [];
          for (const { from, until, items } of kept) {
            list.push(...[...base].slice(at, from), ...items.map((item) => item + mark));
            at = until;
          }
          return [...list, ...[...base].slice(at)];
        };
        const [left, right] = [marked(mine, '!'), marked(theirs, '?')];
        const parts = merge([...base], left, right, same);
        const all = parts.flatMap((part) =>
          part.kind === 'settled' ? part.items : [...part.mine, ...part.theirs],
        );
        expect(marksIn(all, '!')).toEqual(marksIn(left, '!'));
        expect(marksIn(all, '?')).toEqual(marksIn(right, '?'));
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('never lose what nobody took out, and take out what one side took out where only it did', () => {
    fc.assert(
      fc.property(texts, texts, (base, mine) => {
        const parts = merged(base, mine, `${base}尾`);
        const whole = sideOf(parts, 'theirs');
        expect(whole.endsWith('尾')).toBe(true);
        if (parts.every(({ kind }) => kind === 'settled')) expect(whole).toBe(`${mine}尾`);
      }),
      { seed, numRuns: 1000 },
    );
  });
});
