import { equalData } from '../kit/equal.ts';
import type { RecordId } from '../kit/ids.ts';
import type { Item } from './release.ts';

/**
 * [WF4] What becomes of two edits of one revision: `theirs` was saved first, `mine` is about to be.
 * Changes that do not meet are put together; where both changed one field differently, `merged` has
 * theirs and the change is a clash, with all three values, for the second person to decide.
 */
export function reconcile<Fields extends object>(
  base: Fields,
  theirs: Fields,
  mine: Fields,
): Reconciled<Fields> {
  const merged: Fields = { ...theirs };
  const changes: FieldChange[] = [];
  for (const field of fieldsOf(base, theirs, mine)) {
    const [was, other, own] = [base[field], theirs[field], mine[field]];
    const by = changedBy(was, other, own);
    if (by === 'nobody') continue;
    if (by === 'mine') merged[field] = own;
    changes.push({ field, by, base: was, theirs: other, mine: own });
  }
  return { merged, changes };
}

function changedBy(base: unknown, theirs: unknown, mine: unknown): FieldChange['by'] | 'nobody' {
  if (equalData(theirs, mine)) return equalData(base, mine) ? 'nobody' : 'both';
  if (equalData(base, theirs)) return 'mine';
  return equalData(base, mine) ? 'theirs' : 'clash';
}

export interface Reconciled<Fields> {
  readonly merged: Fields;
  readonly changes: readonly FieldChange[];
}

export interface FieldChange {
  /** A member of the fields, such as `title` or `body`. */
  readonly field: string;
  /** Who changed it: `both` the same way, `clash` differently. */
  readonly by: 'mine' | 'theirs' | 'both' | 'clash';
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** The fields in which two versions of a record differ, in the order of the later one. */
export function changedFields<Fields extends object>(
  before: Fields,
  after: Fields,
): readonly (keyof Fields)[] {
  return fieldsOf(after, before).filter((field) => !equalData(before[field], after[field]));
}

function fieldsOf<Fields extends object>(...all: readonly Fields[]): (string & keyof Fields)[] {
  const names = new Set<string & keyof Fields>();
  for (const fields of all)
    for (const name in fields) if (Object.hasOwn(fields, name)) names.add(name);
  return [...names];
}

/** What differs between the items of two releases, each list in the order of record ids. */
export function compareItems(before: readonly Item[], after: readonly Item[]): ItemChanges {
  const [old, now] = [byRecord(before), byRecord(after)];
  const changed = [...now.values()].flatMap((item) => {
    const was = old.get(item.record);
    if (was === undefined || equalData(was, item)) return [];
    return [{ before: was, after: item, aspects: aspectsOf(was, item) }];
  });
  return {
    added: [...now.values()].filter(({ record }) => !old.has(record)),
    changed,
    withdrawn: [...old.values()].filter(({ record }) => !now.has(record)),
  };
}

export interface ItemChanges {
  readonly added: readonly Item[];
  readonly changed: readonly ItemChange[];
  readonly withdrawn: readonly Item[];
}

export interface ItemChange {
  readonly before: Item;
  readonly after: Item;
  readonly aspects: readonly Aspect[];
}

/** What of an item people see change: its line in lists, its text, its pages, where and how long. */
export type Aspect = 'listing' | 'text' | 'boards' | 'carriers' | 'showing';

function aspectsOf(a: Item, b: Item): readonly Aspect[] {
  const differs: Readonly<Record<Aspect, boolean>> = {
    listing: !equalData(a.listing, b.listing),
    text: !equalData(a.view, b.view),
    boards: !equalData(a.boards, b.boards),
    carriers: !equalData(a.carriers, b.carriers),
    showing:
      a.earliestAt !== b.earliestAt ||
      a.latestAt !== b.latestAt ||
      a.maxStaleSeconds !== b.maxStaleSeconds,
  };
  return ASPECTS.filter((aspect) => differs[aspect]);
}

const ASPECTS: readonly Aspect[] = ['listing', 'text', 'boards', 'carriers', 'showing'];

function byRecord(items: readonly Item[]): ReadonlyMap<RecordId, Item> {
  return new Map(
    items.map((item) => [item.record, item] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
