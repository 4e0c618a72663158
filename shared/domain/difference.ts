/** A stretch of one list that another has in its place: `[from, until)` of the first becomes `items`. */
export interface Hunk<Item> {
  readonly from: number;
  readonly until: number;
  readonly items: readonly Item[];
}

export type Same<Item> = (a: Item, b: Item) => boolean;

/** Above this many comparisons two lists count as wholly different between what they share at both ends. */
const MOST_COMPARISONS = 4_000_000;

/**
 * What turns `before` into `after`: the fewest items taken out and put in, as hunks in order that do
 * not touch each other.
 */
export function difference<Item>(
  before: readonly Item[],
  after: readonly Item[],
  same: Same<Item>,
): readonly Hunk<Item>[] {
  const head = sharedHead(before, after, same);
  const tail = sharedTail(before.slice(head), after.slice(head), same);
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  if (a.length * b.length > MOST_COMPARISONS)
    return [{ from: head, until: head + a.length, items: b }];
  return hunksOf(a, b, commonPairs(a, b, same)).map(({ from, until, items }) => ({
    from: from + head,
    until: until + head,
    items,
  }));
}

function sharedHead<Item>(a: readonly Item[], b: readonly Item[], same: Same<Item>): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  for (const [index, item] of a.slice(0, most).entries()) {
    const other = b[index];
    if (other === undefined || !same(item, other)) break;
    count += 1;
  }
  return count;
}

function sharedTail<Item>(a: readonly Item[], b: readonly Item[], same: Same<Item>): number {
  return sharedHead([...a].reverse(), [...b].reverse(), same);
}

/** Indexes in both lists of a longest run of items that they share, in order. */
function commonPairs<Item>(
  a: readonly Item[],
  b: readonly Item[],
  same: Same<Item>,
): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  // lengths[i * width + j]: the longest common run of a from i on and b from j on.
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = isSame(a, i, b, j, same)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    if (isSame(a, i, b, j, same)) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

function isSame<Item>(
  a: readonly Item[],
  i: number,
  b: readonly Item[],
  j: number,
  same: Same<Item>,
): boolean {
  const [left, right] = [a[i], b[j]];
  return left !== undefined && right !== undefined && same(left, right);
}

function hunksOf<Item>(
  a: readonly Item[],
  b: readonly Item[],
  pairs: readonly (readonly [number, number])[],
): readonly Hunk<Item>[] {
  const hunks: Hunk<Item>[] = [];
  let [from, start] = [0, 0];
  for (const [i, j] of [...pairs, [a.length, b.length] as const]) {
    if (i > from || j > start) hunks.push({ from, until: i, items: b.slice(start, j) });
    [from, start] = [i + 1, j + 1];
  }
  return hunks;
}
