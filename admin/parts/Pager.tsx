import { words } from '../words/words.ts';
import { Button } from './Button.tsx';

/** Steps through a list that the server hands out a page at a time. */
export function Pager(props: {
  /** How many there are, in words. */
  readonly total: string;
  /** Where the next page begins. */
  readonly next: string | null;
  /** Where each page seen so far began, but for the first. */
  readonly starts: readonly string[];
  readonly onStarts: (starts: readonly string[]) => void;
}) {
  const { total, next, starts, onStarts } = props;
  const w = words.value.common;
  return (
    <footer class="pager">
      <span>{total}</span>
      <span class="pager-steps">
        <Button disabled={starts.length === 0} onPress={() => onStarts(starts.slice(0, -1))}>
          {w.previous}
        </Button>
        <Button
          disabled={next === null}
          onPress={() => next !== null && onStarts([...starts, next])}
        >
          {w.next}
        </Button>
      </span>
    </footer>
  );
}
