import { difference } from '../../shared/domain/difference.ts';
import { segment } from '../../shared/domain/grapheme.ts';

export interface Run {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** Longer texts are compared sentence by sentence, which people read more easily, too. */
const MOST_CHARACTERS = 1500;

/** A text as it became another: what stayed, what was taken out and what was put in, in order. */
export function markedRuns(before: string, after: string): readonly Run[] {
  const split = before.length + after.length > 2 * MOST_CHARACTERS ? sentencesOf : segment;
  const [a, b] = [split(before), split(after)];
  const runs: Run[] = [];
  const add = (kind: Run['kind'], pieces: readonly string[]): void => {
    if (pieces.length > 0) runs.push({ kind, text: pieces.join('') });
  };
  let at = 0;
  for (const { from, until, items } of difference(a, b, (one, other) => one === other)) {
    add('kept', a.slice(at, from));
    add('removed', a.slice(from, until));
    add('added', items);
    at = until;
  }
  add('kept', a.slice(at));
  return runs;
}

/** Each with the mark that ends it. */
function sentencesOf(text: string): string[] {
  return text.match(/[^。！？；\n]*[。！？；\n]|[^。！？；\n]+$/g) ?? [];
}
