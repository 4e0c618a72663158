import { assert } from '../../shared/kit/assert.ts';
import { chainEntry } from './chain.ts';
import { frozenCanonicalCopy, frozenCopy } from './frozen.ts';
import { isFolderName, isKey, keyOf } from './names.ts';
import type { Change, Committed, Document, Key, LogEntry, LogHead } from './store.ts';

/** One thing a commit does; a commit is its operations in order. */
export type Operation =
  | { readonly put: Document }
  | { readonly remove: Key }
  | { readonly append: LogEntry };

/** What a decision needs to know of the state it stands on. */
export interface View {
  version(key: Key): number;
  head(log: string): LogHead;
}

export type Decision =
  | { readonly ok: true; readonly operations: readonly Operation[] }
  | (Key & { readonly ok: false; readonly refusal: 'conflict'; readonly actual: number });

/** What a change does to the state in view. Pure: nothing is done yet. */
export function decide(view: View, change: Change, at: number): Decision {
  for (const { collection, id, version } of change.ifVersions ?? []) {
    const actual = view.version({ collection, id });
    if (actual !== version) return { ok: false, refusal: 'conflict', collection, id, actual };
  }
  const heads = new Map<string, LogHead>();
  const appends = (change.appends ?? []).map(({ log, value }) => {
    const entry = chainEntry(heads.get(log) ?? view.head(log), { log, at, value });
    heads.set(log, entry);
    return { append: entry };
  });
  const puts = (change.puts ?? []).map(({ collection, id, value }) => {
    const version = view.version({ collection, id }) + 1;
    return { put: Object.freeze({ collection, id, version, value }) };
  });
  const removes = (change.removes ?? [])
    .filter((key) => view.version(key) > 0)
    .map(({ collection, id }) => ({ remove: { collection, id } }));
  return { ok: true, operations: [...puts, ...removes, ...appends] };
}

/** A copy of a change that its maker can no longer alter; throws on one that nobody may make. */
export function sealed({ puts = [], removes = [], appends = [], ifVersions = [] }: Change): Change {
  const changed = [...puts, ...removes];
  for (const key of [...changed, ...ifVersions]) {
    assert(isKey(key), `malformed key ${JSON.stringify([key.collection, key.id])}`);
  }
  assert(new Set(changed.map(keyOf)).size === changed.length, 'a change names a document twice');
  for (const { log } of appends)
    assert(isFolderName(log), `malformed log name ${JSON.stringify(log)}`);
  return {
    puts: puts.map(({ collection, id, value }) => ({ collection, id, value: frozenCopy(value) })),
    removes: removes.map(({ collection, id }) => ({ collection, id })),
    appends: appends.map(({ log, value }) => ({ log, value: frozenCanonicalCopy(value) })),
    ifVersions: ifVersions.map((condition) => ({ ...condition })),
  };
}

/** A view over another that also sees operations not applied to it yet. */
export function createOverlay(base: View): View & { add(operations: readonly Operation[]): void } {
  const versions = new Map<string, number>();
  const heads = new Map<string, LogHead>();
  return {
    version: (key) => versions.get(keyOf(key)) ?? base.version(key),
    head: (log) => heads.get(log) ?? base.head(log),
    add(operations) {
      for (const operation of operations) {
        if ('put' in operation) versions.set(keyOf(operation.put), operation.put.version);
        else if ('remove' in operation) versions.set(keyOf(operation.remove), 0);
        else heads.set(operation.append.log, operation.append);
      }
    },
  };
}

export function committedOf(operations: readonly Operation[]): Committed {
  return {
    documents: operations.flatMap((operation) => ('put' in operation ? [operation.put] : [])),
    removed: operations.flatMap((operation) => ('remove' in operation ? [operation.remove] : [])),
    entries: operations.flatMap((operation) => ('append' in operation ? [operation.append] : [])),
  };
}
