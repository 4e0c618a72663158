import { describe, expect, test } from 'vitest';
import { en } from '../../admin/words/en.ts';
import { zh } from '../../admin/words/zh.ts';
import { REFUSALS } from '../../shared/protocol/routes.ts';
import { PROBLEMS } from '../../shared/protocol/report.ts';

interface Entry {
  readonly path: string;
  readonly value: unknown;
}

/** Every leaf of a dictionary with its path. */
function entriesOf(value: unknown, path = ''): Entry[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, member]) => entriesOf(member, `${path}.${key}`));
}

/** A sentence, whatever is put into it. */
function saidOf({ value }: Entry): string {
  return typeof value === 'function' ? String(value(7, 9)) : String(value);
}

const shapes = (entries: readonly Entry[]) =>
  entries.map(({ path, value }) => `${path}: ${typeof value}`);

const dictionaries = { zh: entriesOf(zh), en: entriesOf(en) };

describe('the console’s dictionaries', () => {
  test('English has every entry of the Chinese one, in the same order, and no other', () => {
    expect(dictionaries.en.map(({ path }) => path)).toEqual(
      dictionaries.zh.map(({ path }) => path),
    );
  });

  test('an entry is a sentence in both or takes values in both', () => {
    expect(shapes(dictionaries.en)).toEqual(shapes(dictionaries.zh));
  });

  test.each(['zh', 'en'] as const)(
    '%s leaves nothing empty and uses what it is given',
    (language) => {
      for (const entry of dictionaries[language]) {
        const said = saidOf(entry);
        expect(said.trim(), entry.path).not.toBe('');
        expect(said, entry.path).not.toMatch(/undefined|NaN|\[object/);
      }
    },
  );

  test('[PR4] every refusal of the server and every problem of a screen has a sentence in both', () => {
    for (const words of [zh, en]) {
      for (const code of [...REFUSALS, 'unreachable', 'unreadable'] as const) {
        expect(words.refusals[code].length, code).toBeGreaterThan(5);
      }
      expect(Object.keys(words.problems).sort()).toEqual([...PROBLEMS].sort());
    }
  });

  test('no one reads the system’s own words', () => {
    const internal =
      /\b(releases?|heads?|lineups?|channels?|slots?|leases?|digests?|playback|payloads?|chunks?|manifest|JSON|HTTP)\b/i;
    for (const entry of [...dictionaries.zh, ...dictionaries.en])
      expect(saidOf(entry), entry.path).not.toMatch(internal);
  });

  test('Chinese is punctuated as Chinese', () => {
    for (const entry of dictionaries.zh)
      expect(saidOf(entry), entry.path).not.toMatch(/\p{Script=Han}[,;:!?.(]/u);
  });
});
