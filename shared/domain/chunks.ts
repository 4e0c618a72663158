import { assert, present } from '../kit/assert.ts';
import type { Digest } from '../kit/digest.ts';
import { equalData } from '../kit/equal.ts';
import { hash32 } from '../kit/hash.ts';
import type { Sha256 } from '../kit/ids.ts';
import { canonicalBytes } from '../kit/json.ts';
import type { Chunk, ChunkIndex, IndexRoot, ObjectRef } from './release.ts';
import { CHUNK_ENTRIES_MAX } from './release.ts';

/**
 * [RL2] A section's entries, already in the order of their keys, as what the manifest lists: chunks
 * or, when they are many, indexes of chunks, or roots of indexes: what is long stands outside the
 * manifest, which every screen reads. A changed entry costs one object of each level.
 */
export async function makeSection(
  name: string,
  entries: readonly Keyed[],
  cut: Cut,
  maker: Maker,
): Promise<readonly ObjectRef[]> {
  const chunks = await makeRuns(name, entries, cut, maker, {
    level: 'chunk',
    contentOf: (run): Chunk<Keyed> => ({ v: 1, entries: run }),
  });
  if (chunks.length <= INDEX_ABOVE) return refsOf(chunks);
  const indexes = await makeRuns(name, chunks, INDEX_CUT, maker, {
    level: 'index',
    contentOf: (run): ChunkIndex => ({ v: 1, chunks: refsOf(run) }),
  });
  if (indexes.length <= INDEX_ABOVE) return refsOf(indexes);
  const roots = await makeRuns(name, indexes, ROOT_CUT, maker, {
    level: 'root',
    contentOf: (run): IndexRoot => ({ v: 1, indexes: refsOf(run) }),
  });
  return refsOf(roots);
}

export interface Keyed {
  readonly key: string;
}

/**
 * Sizes of a run, in entries: never more than `max`, never fewer than `min` except at the end, and
 * between them a run ends after one key in `odds`.
 */
export interface Cut {
  readonly min: number;
  readonly max: number;
  readonly odds: number;
}

/** A reference is some 90 bytes: up to here a section costs the manifest no more than 2 KB. */
const INDEX_ABOVE = 24;
const INDEX_CUT: Cut = { min: 16, max: 64, odds: 24 };
const ROOT_CUT: Cut = { min: 128, max: CHUNK_ENTRIES_MAX, odds: 64 };

/** A key that ends a chunk must not thereby be likelier to end an index. */
const SEEDS = { chunk: 0, index: 1, root: 2 } as const;
type Level = keyof typeof SEEDS;

const refsOf = (runs: readonly Run[]): readonly ObjectRef[] => runs.map(({ ref }) => ref);

/**
 * Where the run ends that begins at `start`: after a key, whatever the content, so that a changed
 * entry moves no boundary.
 */
export function endOfRun(
  entries: readonly Keyed[],
  start: number,
  { min, max, odds }: Cut,
  level: Level,
): number {
  assert(min >= 1 && max >= min && max <= CHUNK_ENTRIES_MAX && odds >= 1, 'a cut that can be made');
  const seed = SEEDS[level];
  const longest = Math.min(start + max, entries.length);
  for (let end = start + min; end < longest; end++) {
    const { key } = present(entries[end - 1], 'last entry of a run');
    if (hash32(key, seed) % odds === 0) return end;
  }
  return longest;
}

/** An object by its name, with the bytes that have it. */
export interface NamedBytes {
  readonly digest: Sha256;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Entries that stand in one object, which their list alone decides; its key is the first of theirs. */
interface Run extends Keyed {
  readonly entries: readonly Keyed[];
  readonly ref: ObjectRef;
  /** Nothing follows it. */
  readonly isLast: boolean;
}

/**
 * The runs of one release by section and level. Given to the next compile they save cutting, writing
 * and digesting again what did not change; they never alter a result.
 */
export type ChunkCache = ReadonlyMap<string, readonly Run[]>;

export const EMPTY_CACHE: ChunkCache = new Map();

/** Makes the objects of one release. */
export interface Maker {
  readonly digest: Digest;
  /** Runs of the release before. */
  readonly before: ChunkCache;
  /** Objects that the release before did not have. */
  readonly made: NamedBytes[];
  /** What to give to the next compile: runs of this release and no others. */
  readonly cache: Map<string, readonly Run[]>;
}

export function makerOf(digest: Digest, before: ChunkCache): Maker {
  return { digest, before, made: [], cache: new Map() };
}

interface Making<Entry extends Keyed> {
  readonly level: Level;
  readonly contentOf: (run: readonly Entry[]) => object;
}

async function makeRuns<Entry extends Keyed>(
  section: string,
  entries: readonly Entry[],
  cut: Cut,
  { digest, before, made, cache }: Maker,
  { level, contentOf }: Making<Entry>,
): Promise<readonly Run[]> {
  const label = `${section} ${level}`;
  const known = before.get(label) ?? [];
  const runs: Run[] = [];
  let beside = 0;
  for (let start = 0; start < entries.length; start += present(runs.at(-1), 'run').entries.length) {
    const { key } = present(entries[start], 'first entry of a run');
    // Both lists ascend, so what was known of this key is found on the way.
    while (beside < known.length && present(known[beside], 'run').key < key) beside += 1;
    const kept = known[beside];
    if (kept !== undefined && isRunAt(kept, entries, start)) {
      runs.push(kept);
      continue;
    }
    const end = endOfRun(entries, start, cut, level);
    const run = entries.slice(start, end);
    const bytes = canonicalBytes(contentOf(run));
    const object = { digest: await digest(bytes), bytes };
    made.push(object);
    const ref = { digest: object.digest, bytes: bytes.length };
    runs.push({ key, entries: run, ref, isLast: end === entries.length });
  }
  cache.set(label, runs);
  return runs;
}

/** Whether the same entries would be cut and written as that run. */
function isRunAt({ entries: run, isLast }: Run, entries: readonly Keyed[], start: number): boolean {
  // What nothing followed was cut by the end of the list.
  if (isLast && start + run.length !== entries.length) return false;
  return run.every((entry, index) => equalData(entry, entries[start + index]));
}
