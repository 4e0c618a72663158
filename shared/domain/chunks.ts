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
  const chunks: (Keyed & { readonly ref: ObjectRef })[] = [];
  for (const run of cutRuns(entries, cut, 'chunk')) {
    const { key } = present(run[0], 'first entry');
    const chunk: Chunk<Keyed> = { v: 1, entries: run };
    const label = `${name} ${key}`;
    chunks.push({ key, ref: maker.known(label, run) ?? (await maker.make(label, run, chunk)) });
  }
  if (chunks.length <= INDEX_ABOVE) return chunks.map(({ ref }) => ref);
  const indexes: (Keyed & { readonly ref: ObjectRef })[] = [];
  for (const run of cutRuns(chunks, INDEX_CUT, 'index')) {
    const { key } = present(run[0], 'first chunk');
    const list = run.map(({ ref }) => ref);
    const index: ChunkIndex = { v: 1, chunks: list };
    const label = `${name} index ${key}`;
    indexes.push({ key, ref: maker.known(label, list) ?? (await maker.make(label, list, index)) });
  }
  if (indexes.length <= INDEX_ABOVE) return indexes.map(({ ref }) => ref);
  const roots: ObjectRef[] = [];
  for (const run of cutRuns(indexes, ROOT_CUT, 'root')) {
    const { key } = present(run[0], 'first index');
    const list = run.map(({ ref }) => ref);
    const root: IndexRoot = { v: 1, indexes: list };
    const label = `${name} root ${key}`;
    roots.push(maker.known(label, list) ?? (await maker.make(label, list, root)));
  }
  return roots;
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

/** Runs of entries, each ended by a key and not by content: a changed entry moves no boundary. */
export function cutRuns<Entry extends Keyed>(
  entries: readonly Entry[],
  { min, max, odds }: Cut,
  level: keyof typeof SEEDS,
): readonly (readonly Entry[])[] {
  assert(min >= 1 && max >= min && max <= CHUNK_ENTRIES_MAX && odds >= 1, 'a cut that can be made');
  const seed = SEEDS[level];
  const runs: Entry[][] = [];
  let run: Entry[] = [];
  for (const entry of entries) {
    run.push(entry);
    const ends = run.length >= min && hash32(entry.key, seed) % odds === 0;
    if (!ends && run.length < max) continue;
    runs.push(run);
    run = [];
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** An object by its name, with the bytes that have it. */
export interface NamedBytes {
  readonly digest: Sha256;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The objects of one release by what they are, with the list each was made from. Given to the next
 * compile it saves writing and digesting again what did not change; it never alters a result.
 */
export type ChunkCache = ReadonlyMap<string, Made>;

interface Made {
  readonly list: readonly object[];
  readonly ref: ObjectRef;
}

export const EMPTY_CACHE: ChunkCache = new Map();

/** Makes the objects of one release. A label names the place of an object, such as `touch r-1`. */
export interface Maker {
  /** What the cache has at this place, when its list is equal; without the cost of a promise. */
  known(label: string, list: readonly object[]): ObjectRef | undefined;
  /** An object of this content, which its list alone decides. */
  make(label: string, list: readonly object[], content: object): Promise<ObjectRef>;
  /** Objects that the cache did not have. */
  readonly made: readonly NamedBytes[];
  /** What to give to the next compile: objects of this one and no others. */
  readonly cache: ChunkCache;
}

export function makerOf(digest: Digest, before: ChunkCache): Maker {
  const made: NamedBytes[] = [];
  const cache = new Map<string, Made>();
  return {
    made,
    cache,
    known(label, list) {
      const kept = before.get(label);
      if (kept === undefined || !equalData(kept.list, list)) return undefined;
      cache.set(label, kept);
      return kept.ref;
    },
    async make(label, list, content) {
      const bytes = canonicalBytes(content);
      const object = { digest: await digest(bytes), bytes };
      const ref = { digest: object.digest, bytes: bytes.length };
      made.push(object);
      cache.set(label, { list, ref });
      return ref;
    },
  };
}
