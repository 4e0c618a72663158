import type { BoardEntry, Item, ObjectRef, SearchEntry } from '../domain/release.ts';
import { present } from '../kit/assert.ts';
import type { ProfileId, Sha256 } from '../kit/ids.ts';
import { isProfileId } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { boardChunk, searchChunk, touchChunk } from '../protocol/objects.ts';
import type { Problem } from '../protocol/report.ts';
import { lowest } from '../kit/lowest.ts';

/** A section that a public screen may take. */
export type Section =
  | { readonly kind: 'touch' }
  | { readonly kind: 'search' }
  | { readonly kind: 'board'; readonly profile: ProfileId };

/** [TR9] The section of that name, or undefined when no public screen may take it. */
export function sectionOf(name: string): Section | undefined {
  if (name === 'touch' || name === 'search') return { kind: name };
  const profile = name.startsWith('board/') ? name.slice('board/'.length) : '';
  return isProfileId(profile) ? { kind: 'board', profile } : undefined;
}

/**
 * Verified entries of a chunk, or of several that follow one another, with what the engine asks of
 * them: made once for a digest and kept, so that work is proportional to what changed.
 */
export interface Run {
  /** Keys of the entries, ascending. */
  readonly keys: readonly string[];
  readonly touch: readonly { readonly since: number; readonly item: Item }[];
  readonly search: readonly Searchable[];
  readonly board: readonly Placed[];
  /** What entries need on the shelf to be drawn. */
  readonly leaves: readonly ObjectRef[];
  readonly leafBytes: number;
  /** Items of `touch` that have a search entry. */
  readonly searched: number;
  /** Instants after which an entry is over, ascending. */
  readonly ends: readonly number[];
  /** The chunks and indexes it was read from. */
  readonly read: readonly ObjectRef[];
  /** The runs of chunks that it joins; a chunk's own joins none. */
  readonly parts: readonly Run[];
}

export interface Searchable {
  readonly entry: SearchEntry;
  readonly digest: Sha256;
}

export interface Placed {
  readonly entry: BoardEntry;
  readonly item: Item;
}

export interface EntryChecks {
  /** [TR7] The item in a signed envelope, when enough approvers signed it and it is public. */
  item(envelope: string): Promise<Result<Item, Problem>>;
  searchable(entry: SearchEntry): Promise<Searchable>;
  /** Frees what was remembered of earlier answers. */
  forget(): void;
}

export async function readChunk(
  section: Section,
  ref: ObjectRef,
  value: unknown,
  checks: EntryChecks,
): Promise<Result<Run, Problem>> {
  const parts = await readEntries(section, value, checks);
  if (!parts.ok) return parts;
  const run = finish({ ...EMPTY, ...parts.value, read: [ref], parts: [] });
  return isAscending(run.keys) ? accepted(run) : refused('bad-object');
}

type Entries = Pick<Run, 'keys' | 'touch' | 'search' | 'board' | 'leaves' | 'ends'>;

const EMPTY: Entries = { keys: [], touch: [], search: [], board: [], leaves: [], ends: [] };

function finish(entries: Entries & Pick<Run, 'read' | 'parts'>): Run {
  return {
    ...entries,
    leafBytes: entries.leaves.reduce((sum, { bytes }) => sum + bytes, 0),
    searched: entries.touch.filter(({ item }) => item.search !== null).length,
  };
}

async function readEntries(
  section: Section,
  value: unknown,
  checks: EntryChecks,
): Promise<Result<Partial<Entries>, Problem>> {
  switch (section.kind) {
    case 'touch':
      return readTouch(value, checks);
    case 'search':
      return readSearch(value, checks);
    case 'board':
      return readBoard(section.profile, value, checks);
  }
}

async function readTouch(
  value: unknown,
  checks: EntryChecks,
): Promise<Result<Partial<Entries>, Problem>> {
  const chunk = touchChunk.safeParse(value);
  if (!chunk.success) return refused('bad-object');
  const items = await itemsOf(chunk.data.entries, checks);
  if (!items.ok) return items;
  const wrong = items.value.some(
    (item, index) =>
      item.record !== chunk.data.entries[index]?.key || !item.carriers.includes('touch'),
  );
  if (wrong) return refused('bad-object');
  return accepted({
    keys: chunk.data.entries.map(({ key }) => key),
    touch: chunk.data.entries.map(({ since }, index) => ({
      since,
      item: present(items.value[index], 'item'),
    })),
    leaves: items.value.map(({ view }) => view),
    ends: ascending(items.value.map(({ latestAt }) => latestAt)),
  });
}

async function readSearch(
  value: unknown,
  checks: EntryChecks,
): Promise<Result<Partial<Entries>, Problem>> {
  const chunk = searchChunk.safeParse(value);
  if (!chunk.success) return refused('bad-object');
  const search = await Promise.all(chunk.data.entries.map((entry) => checks.searchable(entry)));
  return accepted({ keys: search.map(({ entry }) => entry.key), search });
}

async function readBoard(
  profile: ProfileId,
  value: unknown,
  checks: EntryChecks,
): Promise<Result<Partial<Entries>, Problem>> {
  const chunk = boardChunk.safeParse(value);
  if (!chunk.success) return refused('bad-object');
  const items = await itemsOf(chunk.data.entries, checks);
  if (!items.ok) return items;
  const board: Placed[] = [];
  const leaves: ObjectRef[] = [];
  for (const [index, entry] of chunk.data.entries.entries()) {
    const item = present(items.value[index], 'item');
    const pages = item.boards[profile]?.pages;
    // [RL7] A slot stands here only with an item that boards of this profile carry.
    if (item.record !== entry.record || !item.carriers.includes('board') || pages === undefined) {
      return refused('bad-object');
    }
    board.push({ entry, item });
    leaves.push(pages);
  }
  const ends = board.flatMap(({ entry: { window }, item }) => [
    item.latestAt,
    window.kind === 'always' ? null : window.until,
  ]);
  return accepted({
    keys: board.map(({ entry }) => entry.key),
    board,
    leaves,
    ends: ascending(ends),
  });
}

async function itemsOf(
  entries: readonly { readonly item: string }[],
  checks: EntryChecks,
): Promise<Result<readonly Item[], Problem>> {
  const results = await Promise.all(entries.map(({ item }) => checks.item(item)));
  const items: Item[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    items.push(result.value);
  }
  return accepted(items);
}

/** The run of an index: those of its chunks, in order, as one. */
export function joinRuns(runs: readonly Run[], index: ObjectRef): Run {
  return finish({
    keys: runs.flatMap(({ keys }) => keys),
    touch: runs.flatMap(({ touch }) => touch),
    search: runs.flatMap(({ search }) => search),
    board: runs.flatMap(({ board }) => board),
    leaves: runs.flatMap(({ leaves }) => leaves),
    ends: ascending(runs.flatMap(({ ends }) => ends)),
    read: [index, ...runs.flatMap(({ read }) => read)],
    parts: runs,
  });
}

/** Of these runs, down to those of single chunks, what the build before did not have. */
export function freshOf(runs: readonly Run[], before: ReadonlySet<Run>): readonly Run[] {
  const now = new Set(runs);
  const gone = new Set([...before].flatMap((run) => (now.has(run) ? [] : run.parts)));
  return runs
    .filter((run) => !before.has(run))
    .flatMap((run) => (run.parts.length === 0 ? run : run.parts))
    .filter((run) => !before.has(run) && !gone.has(run));
}

/** Whether each run begins after the one before it ends. */
export function areInOrder(runs: readonly Run[]): boolean {
  return runs.every(({ keys }, index) => {
    const before = runs[index - 1]?.keys.at(-1);
    return before === undefined || present(keys[0], 'key') > before;
  });
}

function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || key > present(keys[index - 1], 'key'));
}

function ascending(instants: readonly (number | null)[]): readonly number[] {
  const known = instants.filter((t): t is number => t !== null);
  return [...new Set(known)].sort((a, b) => a - b);
}

/** The first of ascending instants that is later than `t`, or Infinity. */
export function firstAfter(ascendingInstants: readonly number[], t: number): number {
  const at = lowest(
    ascendingInstants.length,
    (index) => present(ascendingInstants[index], 'instant') > t,
  );
  return ascendingInstants[at] ?? Infinity;
}
