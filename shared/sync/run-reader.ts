import type { ObjectRef } from '../domain/release.ts';
import type { Result } from '../kit/result.ts';
import type { Sha256 } from '../kit/ids.ts';
import { accepted, refused } from '../kit/result.ts';
import { chunkIndex, indexRoot } from '../protocol/objects.ts';
import type { Problem } from '../protocol/report.ts';
import { payloadJson } from '../trust/envelope.ts';
import type { Fetch, Library } from './library.ts';
import type { Limits } from './plan.ts';
import { plan } from './plan.ts';
import type { EntryChecks, Run, Section } from './run.ts';
import { areInOrder, joinRuns, readChunk } from './run.ts';

/** Reads sections run by run, and remembers each run by its digest: what is the same is not read again. */
export interface RunReader {
  read(place: Place, refs: readonly ObjectRef[]): Promise<Result<SectionRuns, Problem>>;
  /** Forgets all. */
  clear(): void;
  /** Forgets all but these and what they were joined from. */
  prune(kept: ReadonlySet<Run>): void;
}

export interface SectionRuns {
  readonly runs: readonly Run[];
  /** What lists the runs, where the manifest does not. */
  readonly roots: readonly ObjectRef[];
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
  const known = createKnownRuns();

  /** What stands in the manifest for a section: a run, or a root that lists some. */
  async function readListed(place: Place, ref: ObjectRef): Promise<Result<SectionRuns, Problem>> {
    const before = known.get(place, ref);
    if (before !== undefined) return accepted({ runs: [before], roots: [] });
    const value = await readValue(library, place, ref);
    if (!value.ok) return value;
    const root = indexRoot.safeParse(value.value).data;
    if (root === undefined) {
      const run = await readRun(place, ref, 'index');
      return run.ok ? accepted({ runs: [run.value], roots: [] }) : run;
    }
    const list = await readRuns(place, root.indexes, 'index');
    return list.ok ? accepted({ runs: list.value, roots: [ref] }) : list;
  }

  /** Indexes list chunks and never each other: what is below one is a chunk, or refused. */
  async function readRun(
    place: Place,
    ref: ObjectRef,
    level: Level,
  ): Promise<Result<Run, Problem>> {
    const before = known.get(place, ref);
    if (before !== undefined) return accepted(before);
    const value = await readValue(library, place, ref);
    if (!value.ok) return value;
    const index = level === 'chunk' ? undefined : chunkIndex.safeParse(value.value).data;
    const run =
      index === undefined
        ? await readChunk(place.section, ref, value.value, place.checks)
        : joined(await readRuns(place, index.chunks, 'chunk'), ref);
    if (run.ok) known.set(place, ref, run.value);
    return run;
  }

  async function readRuns(
    place: Place,
    refs: readonly ObjectRef[],
    level: Level,
  ): Promise<Result<readonly Run[], Problem>> {
    const planned = plan(library.held, refs, place.limits);
    if (!planned.ok) return planned;
    const list = allOf(await Promise.all(refs.map((ref) => readRun(place, ref, level))));
    return !list.ok || areInOrder(list.value) ? list : refused('bad-object');
  }

  return {
    async read(place, refs) {
      const planned = plan(library.held, refs, place.limits);
      if (!planned.ok) return planned;
      const parts = allOf(await Promise.all(refs.map((ref) => readListed(place, ref))));
      if (!parts.ok) return parts;
      const runs = parts.value.flatMap((part) => part.runs);
      const roots = parts.value.flatMap((part) => part.roots);
      return areInOrder(runs) ? accepted({ runs, roots }) : refused('bad-object');
    },
    clear: known.clear,
    prune: known.prune,
  };
}

/** Runs of each section by the object they were read from, whose size is part of the reference. */
function createKnownRuns() {
  const runs = new Map<string, Map<Sha256, Run>>();
  return {
    get({ name }: Place, { digest, bytes }: ObjectRef): Run | undefined {
      const run = runs.get(name)?.get(digest);
      return run?.read[0]?.bytes === bytes ? run : undefined;
    },
    set({ name }: Place, { digest }: ObjectRef, run: Run): void {
      const ofSection = runs.get(name) ?? new Map<Sha256, Run>();
      runs.set(name, ofSection.set(digest, run));
    },
    clear: (): void => runs.clear(),
    prune(kept: ReadonlySet<Run>): void {
      const read = new Set([...kept].flatMap((run) => run.read));
      for (const ofSection of runs.values()) {
        for (const [name, run] of ofSection)
          if (!run.read.every((ref) => read.has(ref))) ofSection.delete(name);
      }
    },
  };
}

type Level = 'index' | 'chunk';

async function readValue(
  library: Library,
  { fetch }: Place,
  ref: ObjectRef,
): Promise<Result<unknown, Problem>> {
  const bytes = await library.obtain(ref, fetch);
  return bytes.ok ? accepted(payloadJson(bytes.value)) : bytes;
}

function joined(list: Result<readonly Run[], Problem>, index: ObjectRef): Result<Run, Problem> {
  return list.ok ? accepted(joinRuns(list.value, index)) : list;
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
