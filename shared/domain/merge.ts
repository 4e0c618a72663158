import type { Hunk, Same } from './difference.ts';
import { difference } from './difference.ts';

/**
 * A part of a list that two people changed: settled where one of them or nobody touched it, or both
 * did the same; disputed where each did something of their own.
 */
export type Merged<Item> =
  | { readonly kind: 'settled'; readonly items: readonly Item[] }
  | {
      readonly kind: 'disputed';
      readonly base: readonly Item[];
      readonly mine: readonly Item[];
      readonly theirs: readonly Item[];
    };

/**
 * [WF5] Two people's versions of one list, merged over the version that both began with. Nothing that
 * either put in is missing from the answer; with the sides exchanged only the names of the sides are.
 */
export function merge<Item>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  same: Same<Item>,
): readonly Merged<Item>[] {
  const merged: Merged<Item>[] = [];
  const settle = (items: readonly Item[]): void => {
    if (items.length === 0) return;
    const last = merged.at(-1);
    if (last?.kind === 'settled')
      merged[merged.length - 1] = { kind: 'settled', items: [...last.items, ...items] };
    else merged.push({ kind: 'settled', items });
  };
  let at = 0;
  for (const group of groupsOf(difference(base, mine, same), difference(base, theirs, same))) {
    settle(base.slice(at, group.from));
    at = group.until;
    const [left, right] = [applied(base, group, group.mine), applied(base, group, group.theirs)];
    if (group.theirs.length === 0 || isSameList(left, right, same)) settle(left);
    else if (group.mine.length === 0) settle(right);
    else {
      const between = base.slice(group.from, group.until);
      merged.push({ kind: 'disputed', base: between, mine: left, theirs: right });
    }
  }
  settle(base.slice(at));
  return merged;
}

/** Hunks of both sides that meet, over the stretch of the base that they cover together. */
interface Group<Item> {
  readonly from: number;
  readonly until: number;
  readonly mine: readonly Hunk<Item>[];
  readonly theirs: readonly Hunk<Item>[];
}

type Side = 'mine' | 'theirs';

function groupsOf<Item>(
  mine: readonly Hunk<Item>[],
  theirs: readonly Hunk<Item>[],
): readonly Group<Item>[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as Side })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as Side })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.until - b.hunk.until);
  const groups: Group<Item>[] = [];
  for (const { hunk, side } of all) {
    const last = groups.at(-1);
    const joins = last !== undefined && meets(last, hunk, side);
    const group = joins ? last : { from: hunk.from, until: hunk.until, mine: [], theirs: [] };
    const grown = {
      ...group,
      until: Math.max(group.until, hunk.until),
      [side]: [...group[side], hunk],
    };
    groups.splice(joins ? -1 : groups.length, joins ? 1 : 0, grown);
  }
  return groups;
}

/**
 * Whether a hunk overlaps what came before it. What is put in at the very edge of the other's change
 * meets it too, since nobody can say which comes first; two replacements side by side do not.
 */
function meets<Item>(group: Group<Item>, hunk: Hunk<Item>, side: Side): boolean {
  if (hunk.from < group.until) return true;
  if (hunk.from > group.until) return false;
  const others = group[side === 'mine' ? 'theirs' : 'mine'];
  const atEdge = others.filter(({ until }) => until === hunk.from);
  return atEdge.some((other) => isInsertion(other) || isInsertion(hunk));
}

const isInsertion = ({ from, until }: Hunk<unknown>): boolean => from === until;

/** What one side has in place of the group's stretch of the base. */
function applied<Item>(
  base: readonly Item[],
  { from, until }: { readonly from: number; readonly until: number },
  hunks: readonly Hunk<Item>[],
): readonly Item[] {
  const items: Item[] = [];
  let at = from;
  for (const hunk of hunks) {
    items.push(...base.slice(at, hunk.from), ...hunk.items);
    at = hunk.until;
  }
  return [...items, ...base.slice(at, until)];
}

function isSameList<Item>(a: readonly Item[], b: readonly Item[], same: Same<Item>): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && same(item, other);
    })
  );
}
