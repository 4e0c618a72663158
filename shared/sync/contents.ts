import type { Item, ObjectRef, Release } from '../domain/release.ts';
import { present } from '../kit/assert.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { release as releaseSchema } from '../protocol/objects.ts';
import type { Head, Problem } from '../protocol/statements.ts';
import type { Digest, Verify } from '../trust/digest.ts';
import { payloadJson } from '../trust/envelope.ts';
import { createEntryChecks } from './entry-checks.ts';
import type { ChannelContent, Generation } from './generation.ts';
import type { Fetch, Library } from './library.ts';
import type { Limits } from './plan.ts';
import { plan, UNLIMITED } from './plan.ts';
import type { EntryChecks, Run } from './run.ts';
import { firstAfter, sectionOf } from './run.ts';
import type { Place } from './run-reader.ts';
import { createRunReader } from './run-reader.ts';
import { searchMatches } from './search-match.ts';
import type { Base, Statements } from './statements.ts';
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

export type BuildRefusal = {
  readonly channel: ChannelId;
  readonly problem: Problem;
  readonly detail?: string;
};

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
  // What is held already is shown, whatever the limits have become since.
  const limitsOf = (fetch: Fetch): Limits => (fetch === 'never' ? UNLIMITED : ports.limits);
  const runs = createRunReader(library);
  let checks: { readonly roles: Sha256; readonly value: EntryChecks } | undefined;
  /** Runs of the newest complete build: in step with each other, and every leaf on the shelf. */
  let whole: ReadonlySet<Run> = new Set();
  let losses = 0;

  function checksUnder({ roles, rolesMark }: Base): EntryChecks {
    if (checks?.roles !== rolesMark.digest) {
      // [TR7] Other roles may trust other approvers: everything is verified anew under them.
      runs.clear();
      whole = new Set();
      checks = { roles: rolesMark.digest, value: createEntryChecks(roles, ports) };
    }
    return checks.value;
  }

  async function readChannel(
    head: Head,
    sections: readonly string[],
    way: Way,
  ): Promise<Result<ChannelParts, Problem>> {
    const manifest = await readManifest(head, library, way);
    if (!manifest.ok) return manifest;
    const release = manifest.value;
    const byName: Record<string, readonly Run[]> = {};
    for (const name of sections) {
      const section = present(sectionOf(name), 'public section');
      const list = await runs.read({ name, section, ...way }, release.sections[name] ?? []);
      if (!list.ok) return list;
      byName[name] = list.value;
    }
    const { touch, search } = byName;
    if (touch !== undefined && search !== undefined && !searchMatches(touch, search, whole)) {
      return refused('bad-object', 'search entries that are not of their items');
    }
    const parts = { channel: head.channel, manifest: head.release, release, runs: byName };
    const held = await holdObjects(runsOf(parts), whole, library, way);
    return held.ok ? accepted(parts) : held;
  }

  return {
    async build(statements, fetch) {
      const { base, heads } = statements;
      const way = { checks: checksUnder(base), fetch, limits: limitsOf(fetch) };
      if (losses !== library.losses()) [losses, whole] = [library.losses(), new Set()];
      const parts: ChannelParts[] = [];
      for (const [channel, head] of heads) {
        const read = await readChannel(head.head, base.lineup.sections, way);
        if (!read.ok) return refusalOf(channel, read);
        parts.push(read.value);
        const stored = await library.flush();
        if (!stored.ok) return refusalOf(channel, stored);
      }
      whole = new Set(parts.flatMap(runsOf));
      return builtOf(statements, parts);
    },
    prune(kept) {
      runs.prune(new Set(kept.flatMap(({ parts }) => parts.flatMap(runsOf))));
      checks?.value.forget();
    },
  };
}

/** How a build reads: by whose signatures, from where, and how much at most. */
type Way = Pick<Place, 'checks' | 'fetch' | 'limits'>;

async function readManifest(
  { release: ref, channel }: Head,
  library: Library,
  { limits, fetch }: Way,
): Promise<Result<Release, Problem>> {
  if (ref.bytes > limits.objectBytes) return refused('too-large', 'manifest');
  const bytes = await library.obtain(ref, fetch);
  if (!bytes.ok) return bytes;
  const release = releaseSchema.safeParse(payloadJson(bytes.value)).data;
  return release?.channel === channel ? accepted(release) : refused('bad-object', 'manifest');
}

/** [SY2] Has every object of the runs on the shelf, or about to be; those in `whole` are known to be. */
async function holdObjects(
  list: readonly Run[],
  whole: ReadonlySet<Run>,
  library: Library,
  { limits, fetch }: Way,
): Promise<Result<'held', Problem>> {
  const bytes = list.reduce((sum, { leafBytes }) => sum + leafBytes, 0);
  if (bytes > limits.releaseBytes) return refused('too-large', `${bytes} bytes`);
  // Chunks too: one that is remembered by its digest may have been lost from the shelf since.
  const wanted = list.flatMap((run) => (whole.has(run) ? [] : [...run.read, ...run.leaves]));
  const planned = plan(library.held, wanted, limits);
  if (!planned.ok) return planned;
  const [first] = planned.value.missing;
  if (first !== undefined && fetch === 'never') return refused('missing-object', first.digest);
  return library.ensure(planned.value.missing, fetch);
}

const refusalOf = (
  channel: ChannelId,
  { refusal, detail }: { readonly refusal: Problem; readonly detail?: string },
): BuildRefusal =>
  detail === undefined ? { channel, problem: refusal } : { channel, problem: refusal, detail };

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
    for (const { item } of [...touch, ...board]) yield item;
  }
}
