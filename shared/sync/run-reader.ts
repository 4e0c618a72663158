import type { ObjectRef } from '../domain/release.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { chunkIndex } from '../protocol/objects.ts';
import type { Problem } from '../protocol/statements.ts';
import { payloadJson } from '../trust/envelope.ts';
import type { Fetch, Library } from './library.ts';
import type { Limits } from './plan.ts';
import { plan } from './plan.ts';
import type { EntryChecks, Run, Section } from './run.ts';
import { areInOrder, joinRuns, readChunk } from './run.ts';

/** Reads sections run by run, and remembers each run by its digest: what is the same is not read again. */
export interface RunReader {
  read(place: Place, refs: readonly ObjectRef[]): Promise<Result<readonly Run[], Problem>>;
  /** Forgets all. */
  clear(): void;
  /** Forgets all but these and what they were joined from. */
  prune(kept: ReadonlySet<Run>): void;
}

/** Where a run stands and how to come by it. */
export interface Place {
  readonly name: string;
  readonly section: Section;
  readonly checks: EntryChecks;
  readonly fetch: Fetch;
  readonly limits: Limits;
}

export function createRunReader(library: Library): RunReader {
  const runs = new Map<string, Run>();

  /** Indexes list chunks and never each other: `nested` ones are refused as chunks that they are not. */
  async function readRun(
    place: Place,
    ref: ObjectRef,
    nested: boolean,
  ): Promise<Result<Run, Problem>> {
    const key = `${place.name} ${ref.digest} ${ref.bytes}`;
    const known = runs.get(key);
    if (known !== undefined) return accepted(known);
    const bytes = await library.obtain(ref, place.fetch);
    if (!bytes.ok) return bytes;
    const value = payloadJson(bytes.value);
    const index = nested ? undefined : chunkIndex.safeParse(value).data;
    const run =
      index === undefined
        ? await readChunk(place.section, ref, value, place.checks)
        : await readIndexed(place, ref, index.chunks);
    if (run.ok) runs.set(key, run.value);
    return run;
  }

  async function readIndexed(
    place: Place,
    index: ObjectRef,
    chunks: readonly ObjectRef[],
  ): Promise<Result<Run, Problem>> {
    const list = await readRuns(place, chunks, true);
    return list.ok ? accepted(joinRuns(list.value, index)) : list;
  }

  async function readRuns(
    place: Place,
    refs: readonly ObjectRef[],
    nested: boolean,
  ): Promise<Result<readonly Run[], Problem>> {
    const planned = plan(library.held, refs, place.limits);
    if (!planned.ok) return planned;
    const list = allOf(await Promise.all(refs.map((ref) => readRun(place, ref, nested))));
    return !list.ok || areInOrder(list.value) ? list : refused('bad-object', place.name);
  }

  return {
    read: (place, refs) => readRuns(place, refs, false),
    clear: () => runs.clear(),
    prune(kept) {
      const read = new Set([...kept].flatMap((run) => run.read));
      for (const [key, run] of runs) if (!run.read.every((ref) => read.has(ref))) runs.delete(key);
    },
  };
}

function allOf<Value>(
  results: readonly Result<Value, Problem>[],
): Result<readonly Value[], Problem> {
  const values: Value[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return accepted(values);
}
