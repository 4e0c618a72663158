import { assert, present } from '../kit/assert.ts';
import type { Digest } from '../kit/digest.ts';
import { equalData } from '../kit/equal.ts';
import { hash32 } from '../kit/hash.ts';
import type { Sha256 } from '../kit/ids.ts';
import { canonicalBytes } from '../kit/json.ts';
import type { Chunk, ChunkIndex, ObjectRef } from './release.ts';
import { CHUNK_ENTRIES_MAX } from './release.ts';

/**
 * [RL2] A section's entries, already in the order of their keys, as what the manifest lists: chunks
 * or, when they are many, indexes of chunks. A changed entry costs one chunk and one index.
 */
export async function makeSection<Entry extends Keyed>(
  name: string,
  entries: readonly Entry[],
  cut: Cut,
  maker: Maker,
): Promise<readonly ObjectRef[]> {
  const chunks: (Keyed & { readonly ref: ObjectRef })[] = [];
  for (const run of cutRuns(entries, cut, 'chunk')) {
    const { key } = present(run[0], 'first entry');
    const chunk: Chunk<Entry> = { v: 1, entries: run };
    chunks.push({ key, ref: await maker.make(`${name} ${key}`, chunk) });
  }
  if (chunks.length <= INDEX_ABOVE) return chunks.map(({ ref }) => ref);
  const indexes: ObjectRef[] = [];
  for (const run of cutRuns(chunks, INDEX_CUT, 'index')) {
    const { key } = present(run[0], 'first chunk');
    const index: ChunkIndex = { v: 1, chunks: run.map(({ ref }) => ref) };
    indexes.push(await maker.make(`${name} index ${key}`, index));
  }
  return indexes;
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
const INDEX_CUT: Cut = { min: 8, max: 48, odds: 12 };

/** Runs of entries, each ended by a key and not by content: a changed entry moves no boundary. */
export function cutRuns<Entry extends Keyed>(
  entries: readonly Entry[],
  { min, max, odds }: Cut,
  salt: 'chunk' | 'index',
): readonly (readonly Entry[])[] {
  assert(min >= 1 && max >= min && max <= CHUNK_ENTRIES_MAX && odds >= 1, 'a cut that can be made');
  const runs: Entry[][] = [];
  let run: Entry[] = [];
  for (const entry of entries) {
    run.push(entry);
    const ends = run.length >= min && hash32(`${salt} ${entry.key}`) % odds === 0;
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
 * The objects of one release by what they are, with the content each was made from. Given to the
 * next compile it saves writing and digesting again what did not change; it never alters a result.
 */
export type ChunkCache = ReadonlyMap<string, { readonly content: object; readonly ref: ObjectRef }>;

export const EMPTY_CACHE: ChunkCache = new Map();

/** Makes objects, unless the cache has one of equal content under the same label. */
export interface Maker {
  make(label: string, content: object): Promise<ObjectRef>;
  /** Objects that the cache did not have. */
  readonly made: readonly NamedBytes[];
  /** What to give to the next compile: objects of this one and no others. */
  readonly cache: ChunkCache;
}

export function makerOf(digest: Digest, before: ChunkCache): Maker {
  const made: NamedBytes[] = [];
  const cache = new Map<string, { readonly content: object; readonly ref: ObjectRef }>();
  const write = async (content: object): Promise<ObjectRef> => {
    const bytes = canonicalBytes(content);
    const object = { digest: await digest(bytes), bytes };
    made.push(object);
    return { digest: object.digest, bytes: bytes.length };
  };
  return {
    made,
    cache,
    async make(label, content) {
      const known = before.get(label);
      const ref = known !== undefined && equalData(known.content, content) ? known.ref : await write(content);
      cache.set(label, { content, ref });
      return ref;
    },
  };
}
