import { present } from '../kit/assert.ts';
import { lowest } from '../kit/lowest.ts';
import type { Run } from './run.ts';

/**
 * [RL4] Whether every search entry is the one its item was approved with, and none is missing.
 * All but `fresh` was found to match in the build before: only that is looked up.
 */
export function searchMatches(
  touch: readonly Run[],
  search: readonly Run[],
  fresh: readonly Run[],
): boolean {
  const wanted = touch.reduce((sum, { searched }) => sum + searched, 0);
  const found = search.reduce((sum, { keys }) => sum + keys.length, 0);
  if (wanted !== found) return false;
  return fresh.every(
    (run) =>
      run.touch.every(({ item }) => item.search === null || matches(touch, search, item.record)) &&
      run.search.every(({ entry }) => matches(touch, search, entry.key)),
  );
}

function matches(touch: readonly Run[], search: readonly Run[], key: string): boolean {
  const [itemAt, entryAt] = [find(touch, key), find(search, key)];
  if (itemAt === undefined || entryAt === undefined) return false;
  const { item } = present(itemAt.run.touch[itemAt.index], 'item');
  const { entry, digest } = present(entryAt.run.search[entryAt.index], 'search entry');
  return item.search === digest && item.version === entry.version;
}

function find(
  runs: readonly Run[],
  key: string,
): { readonly run: Run; readonly index: number } | undefined {
  const at = lowest(runs.length, (index) => present(runs[index]?.keys.at(-1), 'key') >= key);
  const run = runs[at];
  if (run === undefined) return undefined;
  const index = lowest(run.keys.length, (i) => present(run.keys[i], 'key') >= key);
  return run.keys[index] === key ? { run, index } : undefined;
}
