import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';

/** What `npm run sim --` is given. */
export type Command =
  | { readonly run: 'bugs' }
  | {
      readonly run: 'county';
      readonly seed: number;
      readonly screens: number;
      readonly days: number;
      readonly faultMinutes: number;
      readonly deedMinutes: number;
      readonly bug: string | undefined;
    };

const NUMBERS = {
  seed: { fallback: 42, least: 0, most: 2 ** 31 },
  screens: { fallback: 50, least: 1, most: 5000 },
  days: { fallback: 1, least: 0.25, most: 365 },
  'fault-minutes': { fallback: 150, least: 1, most: 100_000 },
  'deed-minutes': { fallback: 60, least: 1, most: 100_000 },
} as const;
type NumberName = keyof typeof NUMBERS;

export const USAGE = `npm run sim -- [--seed N] [--screens N] [--days N] [--bug NAME]
            [--fault-minutes N] [--deed-minutes N]   how often, on average
npm run sim -- --bugs        lists the seeded bugs
`;

export function readCommand(words: readonly string[]): Result<Command, 'unknown' | 'not-a-number'> {
  const given = new Map<NumberName, number>();
  let bug: string | undefined;
  for (let at = 0; at < words.length; at += 2) {
    const [word = '', value = ''] = words.slice(at, at + 2);
    const name = word.replace(/^--/, '');
    if (word === '--bugs') return accepted({ run: 'bugs' });
    if (word === '--bug') bug = value;
    else if (isNumberName(name) && word.startsWith('--')) {
      const { least, most } = NUMBERS[name];
      const number = Number(value);
      if (value === '' || !(number >= least && number <= most))
        return refused('not-a-number', `${word} takes a number from ${least} to ${most}`);
      given.set(name, number);
    } else return refused('unknown', word);
  }
  const of = (name: NumberName): number => given.get(name) ?? NUMBERS[name].fallback;
  return accepted({
    run: 'county',
    seed: of('seed'),
    screens: of('screens'),
    days: of('days'),
    faultMinutes: of('fault-minutes'),
    deedMinutes: of('deed-minutes'),
    bug,
  });
}

const isNumberName = (name: string): name is NumberName => Object.hasOwn(NUMBERS, name);
