import type { Item, ObjectRef, Release } from '../domain/release.ts';
import { canonicalBytes } from '../kit/json.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import { present } from '../kit/assert.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { chunkIndex, item as itemSchema, release as releaseSchema } from '../protocol/objects.ts';
import type { Problem, Roles } from '../protocol/statements.ts';
import type { Digest, Verify } from '../trust/digest.ts';
import { open, payloadJson } from '../trust/envelope.ts';
import { trustedFor } from '../trust/roles.ts';
import type { ChannelContent, Generation } from './generation.ts';
import type { Fetch, Library } from './library.ts';
import type { Limits } from './plan.ts';
import { plan, UNLIMITED } from './plan.ts';
import type { EntryChecks, Run, Searchable, Section } from './run.ts';
import { areInOrder, firstAfter, joinRuns, readChunk, sectionOf } from './run.ts';
import { searchMatches } from './search-match.ts';
import type { Base, SignedHead, Statements } from './statements.ts';
import { keyOf } from './statements.ts';

/** A generation with what the engine needs to keep it. */
export interface Built {
  readonly key: string;
  readonly statements: Statements;
  readonly generation: Generation;
  readonly parts: readonly ChannelParts[];
}

export interface ChannelParts {
  readonly channel: ChannelId;
  readonly manifest: ObjectRef;
  readonly release: Release;
  /** By section name, in the order of their keys. */
  readonly runs: Readonly<Record<string, readonly Run[]>>;
}

export type BuildRefusal = { readonly channel: ChannelId; readonly problem: Problem; readonly detail?: string };

export interface Contents {
  /**
   * [SY2] Everything the statements name for this screen, verified and on the shelf, or what stands
   * in the way. What is known by its digest from before is not read again.
   */
  build(statements: Statements, fetch: Fetch): Promise<Built | BuildRefusal>;
  /** Forgets what none of these uses. */
  prune(kept: readonly Built[]): void;
}

export interface ContentsPorts {
  readonly library: Library;
  readonly limits: Limits;
  readonly digest: Digest;
  readonly verify: Verify;
}

export function createContents(ports: ContentsPorts): Contents {
  const { library } = ports;
  const limitsOf = (fetch: Fetch): Limits => (fetch === 'never' ? UNLIMITED : ports.limits);
  const runs = new Map<string, Run>();
  let checks: { readonly roles: Sha256; readonly value: EntryChecks } | undefined;
  /** Runs of the newest complete build: in step with each other, and every leaf on the shelf. */
  let whole: ReadonlySet<Run> = new Set();
  let losses = 0;

  function checksUnder({ roles, rolesMark }: Base): EntryChecks {
    if (checks?.roles !== rolesMark.digest) {
      // [TR7] Other roles may trust other approvers: everything is verified anew under them.
      runs.clear();
      whole = new Set();
      checks = { roles: rolesMark.digest, value: createChecks(roles, ports) };
    }
    return checks.value;
  }

  /** Indexes list chunks and never each other: `nested` ones are refused as chunks that they are not. */
  async function readRun(place: Place, ref: ObjectRef, nested: boolean): Promise<Result<Run, Problem>> {
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

  async function readIndexed(place: Place, index: ObjectRef, chunks: readonly ObjectRef[]): Promise<Result<Run, Problem>> {
    const list = await readRuns(place, chunks, true);
    return list.ok ? accepted(joinRuns(list.value, index)) : list;
  }

  async function readRuns(place: Place, refs: readonly ObjectRef[], nested: boolean): Promise<Result<readonly Run[], Problem>> {
    const planned = plan(library.held, refs, limitsOf(place.fetch));
    if (!planned.ok) return planned;
    const list = allOf(await Promise.all(refs.map((ref) => readRun(place, ref, nested))));
    return !list.ok || areInOrder(list.value) ? list : refused('bad-object', place.name);
  }

  async function readChannel(
    { head }: SignedHead,
    { lineup }: Base,
    checks: EntryChecks,
    fetch: Fetch,
  ): Promise<Result<ChannelParts, Problem>> {
    if (head.release.bytes > limitsOf(fetch).objectBytes) return refused('too-large', 'manifest');
    const bytes = await library.obtain(head.release, fetch);
    if (!bytes.ok) return bytes;
    const release = releaseSchema.safeParse(payloadJson(bytes.value)).data;
    if (release?.channel !== head.channel) return refused('bad-object', 'manifest');
    const byName: Record<string, readonly Run[]> = {};
    for (const name of lineup.sections) {
      const place = { name, section: present(sectionOf(name), 'public section'), checks, fetch };
      const list = await readRuns(place, release.sections[name] ?? [], false);
      if (!list.ok) return list;
      byName[name] = list.value;
    }
    const { touch, search } = byName;
    if (touch !== undefined && search !== undefined && !searchMatches(touch, search, whole)) {
      return refused('bad-object', 'search entries that are not of their items');
    }
    const parts = { channel: head.channel, manifest: head.release, release, runs: byName };
    const leaves = await holdLeaves(runsOf(parts), fetch);
    return leaves.ok ? accepted(parts) : leaves;
  }

  async function holdLeaves(list: readonly Run[], fetch: Fetch): Promise<Result<'held', Problem>> {
    const bytes = list.reduce((sum, { leafBytes }) => sum + leafBytes, 0);
    if (bytes > limitsOf(fetch).releaseBytes) return refused('too-large', `${bytes} bytes`);
    const wanted = list.flatMap((run) => (whole.has(run) ? [] : run.leaves));
    const planned = plan(library.held, wanted, limitsOf(fetch));
    if (!planned.ok) return planned;
    const [first] = planned.value.missing;
    if (first !== undefined && fetch === 'never') return refused('missing-object', first.digest);
    return library.ensure(planned.value.missing, fetch);
  }

  return {
    async build(statements, fetch) {
      const { base, heads } = statements;
      const verified = checksUnder(base);
      if (losses !== library.losses()) whole = new Set();
      losses = library.losses();
      const parts: ChannelParts[] = [];
      for (const [channel, head] of heads) {
        const read = await readChannel(head, base, verified, fetch);
        if (!read.ok) return refusalOf(channel, read);
        parts.push(read.value);
        const stored = await library.flush();
        if (!stored.ok) return refusalOf(channel, stored);
      }
      whole = new Set(parts.flatMap(runsOf));
      return builtOf(statements, parts);
    },
    prune(kept) {
      const named = new Set(kept.flatMap(({ parts }) => parts.flatMap(runsOf)).flatMap(({ read }) => read));
      for (const [key, { read }] of runs) {
        if (read[0] !== undefined && !named.has(read[0])) runs.delete(key);
      }
      checks?.value.forget();
    },
  };
}

/** Where a run stands and how to come by it. */
interface Place {
  readonly name: string;
  readonly section: Section;
  readonly checks: EntryChecks;
  readonly fetch: Fetch;
}

const refusalOf = (channel: ChannelId, { refusal, detail }: { readonly refusal: Problem; readonly detail?: string }): BuildRefusal =>
  detail === undefined ? { channel, problem: refusal } : { channel, problem: refusal, detail };

/** Remembers what it verified by the text verified, for as long as the roles stay. */
function createChecks(roles: Roles, { digest, verify }: ContentsPorts): EntryChecks {
  const trusted = trustedFor(roles, 'approve');
  const items = new Map<string, Item>();
  const searchables = new Map<string, Searchable>();
  return {
    forget() {
      items.clear();
      searchables.clear();
    },
    async item(envelope) {
      const known = items.get(envelope);
      if (known !== undefined) return accepted(known);
      const opened = await open(envelope, 'item', trusted, verify);
      if (!opened.ok) return refused(opened.refusal === 'unsigned' ? 'unsigned' : 'bad-object', opened.refusal);
      const item = itemSchema.safeParse(payloadJson(opened.value));
      if (!item.success) return refused('bad-object', 'item');
      if (item.data.audience !== 'public') return refused('not-public', item.data.record);
      items.set(envelope, item.data);
      return accepted(item.data);
    },
    async searchable(entry) {
      const known = searchables.get(entry.key)?.entry;
      const same =
        known !== undefined &&
        known.version === entry.version &&
        known.text === entry.text &&
        known.initials === entry.initials;
      if (same) return present(searchables.get(entry.key), 'searchable');
      const searchable = { entry, digest: await digest(canonicalBytes(entry)) };
      searchables.set(entry.key, searchable);
      return searchable;
    },
  };
}

function allOf<Value>(results: readonly Result<Value, Problem>[]): Result<readonly Value[], Problem> {
  const values: Value[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return accepted(values);
}

export function runsOf({ runs }: ChannelParts): readonly Run[] {
  return Object.values(runs).flat();
}

function builtOf(statements: Statements, parts: readonly ChannelParts[]): Built {
  const { lineup } = statements.base;
  const byChannel = new Map(parts.map((part) => [part.channel, part]));
  const channels = lineup.channels.flatMap(({ channel, cap }): ChannelContent[] => {
    const part = byChannel.get(channel);
    const head = statements.heads.get(channel)?.head;
    if (part === undefined || head === undefined) return [];
    const all = runsOf(part);
    return [
      {
        channel,
        cap,
        head,
        release: part.release,
        touch: all.flatMap(({ touch }) => touch),
        search: all.flatMap(({ search }) => search.map(({ entry }) => entry)),
        board: all.flatMap(({ board }) => board),
      },
    ];
  });
  return { key: keyOf(statements), statements, generation: { lineup, channels }, parts };
}

/** Every object it consists of. */
export function objectsOf({ parts }: Built): readonly ObjectRef[] {
  return parts.flatMap((part) => [
    part.manifest,
    ...runsOf(part).flatMap(({ read, leaves }) => [...read, ...leaves]),
  ]);
}

/** The first instant after `t` at which an item or a slot is over. */
export function nextEnd({ parts }: Built, t: number): number {
  let next = Infinity;
  for (const part of parts) {
    for (const { ends } of runsOf(part)) next = Math.min(next, firstAfter(ends, t));
  }
  return next;
}

/** Every item it shows; none when there is no generation. */
export function* itemsOf(built: Built | undefined): Iterable<Item> {
  for (const { touch, board } of built?.generation.channels ?? []) {
    yield* touch;
    for (const { item } of board) yield item;
  }
}
