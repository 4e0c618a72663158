import { foldForSearch } from '../../../shared/records/search.ts';

/** [start, end) of code units. */
export type Range = readonly [number, number];

/** Where a text, as it is written, contains the query; undefined when nowhere. */
export function locate(text: string, query: string): Range | undefined {
  const wanted = foldForSearch(query);
  const at = wanted === '' ? -1 : foldForSearch(text).indexOf(wanted);
  if (at === -1) return undefined;
  // Folding may lengthen a character (㎡ as m2), so positions are counted along.
  let [units, folded, start] = [0, 0, 0];
  for (const character of text) {
    if (folded >= at + wanted.length) break;
    folded += foldForSearch(character).length;
    units += character.length;
    if (folded <= at) start = units;
  }
  return [start, units];
}

/** The characters of a title whose initials the query names; undefined when it names none of them. */
export function locateInitials(title: string, initials: string, query: string): Range | undefined {
  const wanted = [...foldForSearch(query)];
  const letters = [...(initials.split('\n')[0] ?? '')];
  const characters = [...title];
  if (wanted.length === 0 || letters.length !== characters.length) return undefined;
  const at = letters.findIndex((_, index) =>
    wanted.every((letter, ahead) => letters[index + ahead] === letter),
  );
  if (at === -1) return undefined;
  const unitsUpTo = (count: number) => characters.slice(0, count).join('').length;
  return [unitsUpTo(at), unitsUpTo(at + wanted.length)];
}

export interface Excerpt {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const BEFORE = 10;
const AFTER = 40;

/** The line around the first hit in a text, cut where it is long. */
export function excerptOf(text: string, query: string): Excerpt | undefined {
  const range = locate(text, query);
  if (range === undefined) return undefined;
  const [start, end] = range;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const before = Array.from(text.slice(start === 0 ? 0 : lineStart, start));
  const after = Array.from(text.slice(end, lineEnd === -1 ? undefined : lineEnd));
  return {
    before: (before.length > BEFORE ? '…' : '') + before.slice(-BEFORE).join(''),
    match: text.slice(start, end),
    after: after.slice(0, AFTER).join('') + (after.length > AFTER ? '…' : ''),
  };
}
