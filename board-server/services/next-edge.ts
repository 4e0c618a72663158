import type { CompileInput } from '../../shared/domain/compile.ts';
import { ENTER_AHEAD_MS } from '../../shared/domain/compile.ts';

/**
 * [RL6] The next instant after `t` at which the same draft compiles to another release: an item is
 * about to begin or is over, a slot's window is over. Infinity when time alone changes nothing.
 */
export function nextEdge(
  { items, slots }: Pick<CompileInput, 'items' | 'slots'>,
  t: number,
): number {
  let edge = Infinity;
  const consider = (at: number | null): void => {
    if (at !== null && at > t && at < edge) edge = at;
  };
  for (const { item } of items) {
    consider(item.latestAt);
    consider(item.earliestAt === null ? null : item.earliestAt - ENTER_AHEAD_MS);
  }
  for (const { window } of slots) if (window.kind !== 'always') consider(window.until);
  return edge;
}
