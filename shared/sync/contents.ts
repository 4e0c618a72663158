import type { Item, ObjectRef, Release } from '../domain/release.ts';
import { present } from '../kit/assert.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { release as releaseSchema } from '../protocol/objects.ts';
import type { Problem } from '../protocol/report.ts';
import type { Head } from '../protocol/statements.ts';
import type { Digest, Verify } from '../trust/digest.ts';
import { payloadJson } from '../trust/envelope.ts';
import { createEntryChecks } from './entry-checks.ts';
import type { ChannelContent, Generation } from './generation.ts';
import type { Fetch, Library } from './library.ts';
import type { Limits } from './plan.ts';
import { plan, UNLIMITED } from './plan.ts';
import type { EntryChecks, Run } from './run.ts';
import { firstAfter, freshOf, sectionOf } from './run.ts';
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
  /** What lists runs beside the manifest. */
  readonly roots: readonly ObjectRef[];
  /** By section name, in the order of their keys. */
  readonly runs: Readonly<Record<string, readonly Run[]>>;
}

export type BuildRefusal = {
  readonly channel: ChannelId;
  readonly problem: Problem;
};

export interface Contents {
  /**
   * [SY2] Everything the statements name for this screen, verified and on the shelf, or what stands
   * in the way. What is known by its digest from before is not read again.
   */
  build(statements: Statements, fetch: Fetch): Promise<Built | BuildRefusal>;
  /** Forgets what none of these uses, whose objects may have left the shelf. */
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
  const runs = createRunReader(library);
  const checks = createChecks(ports, () => {
    runs.clear();
    whole = new Set();
  });
  /** Runs of the newest complete build: in step with each other, and every leaf on the shelf. */
  let whole: ReadonlySet<Run> = new Set();
  /** Of that build too. */
  let releases: ReadonlyMap<ChannelId, Sha256> = new Map();
  let losses = 0;

  async function readChannel(
    head: Head,
    sections: readonly string[],
    way: Way,
  ): Promise<Result<ChannelParts, Problem>> {
    await bringAdded(releases.get(head.channel), head, sections, library, way);
    const manifest = await readManifest(head, library, way);
    if (!manifest.ok) return manifest;
    const release = manifest.value;
    const byName: Record<string, readonly Run[]> = {};
    const roots: ObjectRef[] = [];
    // Side by side: while one section is verified, the store looks for the next.
    const lists = sections.map((name) => {
      const section = present(sectionOf(name), 'public section');
      return runs.read({ name, section, ...way }, release.sections[name] ?? []);
    });
    for (const [index, list] of (await Promise.all(lists)).entries()) {
      if (!list.ok) return list;
      byName[present(sections[index], 'section')] = list.value.runs;
      roots.push(...list.value.roots);
    }
    const parts = { channel: head.channel, manifest: head.release, release, roots, runs: byName };
    const fresh = freshOf(runsOf(parts), whole);
    if (!isFound(byName, fresh)) return refused('bad-object');
    const held = await holdObjects(parts, fresh, library, way);
    return held.ok ? accepted(parts) : held;
  }

  return {
    async build(statements, fetch) {
      const { base, heads } = statements;
      // What is held already is shown, whatever the limits have become since.
      const limits = fetch === 'never' ? UNLIMITED : ports.limits;
      const way = { checks: checks.under(base), fetch, limits };
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
      releases = new Map(parts.map(({ channel, manifest }) => [channel, manifest.digest]));
      return builtOf(statements, parts);
    },
    prune(kept) {
      // Read anew, a run is another and found fresh, so that its objects are looked for.
      runs.prune(new Set(kept.flatMap(({ parts }) => parts.flatMap(runsOf))));
      checks.forget();
    },
  };
}

/** How a build reads: by whose signatures, from where, and how much at most. */
type Way = Pick<Place, 'checks' | 'fetch' | 'limits'>;

/** [TR7] Other roles may trust other approvers: everything is verified anew under them. */
function createChecks(ports: ContentsPorts, changed: () => void) {
  let last: { readonly roles: Sha256; readonly value: EntryChecks } | undefined;
  return {
    under({ roles, rolesMark }: Base): EntryChecks {
      if (last?.roles !== rolesMark.digest) {
        last = { roles: rolesMark.digest, value: createEntryChecks(roles, ports) };
        changed();
      }
      return last.value;
    },
    forget: (): void => last?.value.forget(),
  };
}

/** [SY9] Has in one answer what this release adds to the one held. */
async function bringAdded(
  from: Sha256 | undefined,
  { release: { digest: to } }: Head,
  sections: readonly string[],
  library: Library,
  { fetch }: Way,
): Promise<void> {
  if (fetch === 'never' || from === undefined || from === to || library.held.has(to)) return;
  await library.bring({ from, to, sections }, fetch);
}

async function readManifest(
  { release: ref, channel }: Head,
  library: Library,
  { limits, fetch }: Way,
): Promise<Result<Release, Problem>> {
  if (ref.bytes > limits.objectBytes) return refused('too-large');
  const bytes = await library.obtain(ref, fetch);
  if (!bytes.ok) return bytes;
  const release = releaseSchema.safeParse(payloadJson(bytes.value)).data;
  return release?.channel === channel ? accepted(release) : refused('bad-object');
}

/** Whether search finds what can be read, for a screen that takes both. */
function isFound({ touch, search }: ChannelParts['runs'], fresh: readonly Run[]): boolean {
  return touch === undefined || search === undefined || searchMatches(touch, search, fresh);
}

/** [SY2] Has every object of the runs on the shelf, or about to be; but for `fresh` they are known to be. */
async function holdObjects(
  parts: ChannelParts,
  fresh: readonly Run[],
  library: Library,
  { limits, fetch }: Way,
): Promise<Result<'held', Problem>> {
  const runs = runsOf(parts);
  const bytes = runs.reduce((sum, { leafBytes }) => sum + leafBytes, 0);
  if (bytes > limits.releaseBytes) return refused('too-large');
  // Chunks too: one that is remembered by its digest may have been lost from the shelf since.
  const indexes = runs.flatMap(({ read: [index] }) => index ?? []);
  const wanted = [
    ...parts.roots,
    ...indexes,
    ...fresh.flatMap(({ read, leaves }) => [...read, ...leaves]),
  ];
  const planned = plan(library.held, wanted, limits);
  if (!planned.ok) return planned;
  const [first] = planned.value.missing;
  if (first !== undefined && fetch === 'never') return refused('missing-object');
  return library.ensure(planned.value.missing, fetch);
}

const refusalOf = (
  channel: ChannelId,
  { refusal }: { readonly refusal: Problem },
): BuildRefusal => ({ channel, problem: refusal });

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
    return [contentOf({ channel, cap, head, release: part.release }, runsOf(part))];
  });
  return { key: keyOf(statements), statements, generation: { lineup, channels }, parts };
}

/** Joining the runs of ten thousand records takes a millisecond, and a flip needs none of them. */
function contentOf(
  named: Pick<ChannelContent, 'channel' | 'cap' | 'head' | 'release'>,
  runs: readonly Run[],
): ChannelContent {
  const touch = once(() => runs.flatMap((run) => run.touch));
  const search = once(() => runs.flatMap((run) => run.search.map(({ entry }) => entry)));
  const board = once(() => runs.flatMap((run) => run.board));
  return {
    ...named,
    get touch() {
      return touch();
    },
    get search() {
      return search();
    },
    get board() {
      return board();
    },
  };
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Every object it consists of. */
export function objectsOf({ parts }: Built): readonly ObjectRef[] {
  return parts.flatMap((part) => [
    part.manifest,
    ...part.roots,
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
