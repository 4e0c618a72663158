import type { ObjectRef } from '../domain/release.ts';
import { utf8 } from '../kit/bytes.ts';
import type { Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Delta } from '../protocol/delta.ts';
import { DELTA_BYTES_MAX, unpackObjects } from '../protocol/delta.ts';
import type { Problem } from '../protocol/report.ts';
import type { Digest } from '../trust/digest.ts';
import { createGate } from './gate.ts';
import type { Shelf, Stored, Upstream } from './ports.ts';
import { sweep } from './plan.ts';

/** Objects of one screen: what is on the shelf, and what can be had from upstream. */
export interface Library {
  /** Digests on the shelf, as far as is known. */
  readonly held: ReadonlySet<Sha256>;
  /** How often something was found damaged: as long as this stays, what was held and not cleared is held. */
  losses(): number;
  /** [SY3] Bytes from the shelf, hashed again; a damaged object is taken off it and named damaged. */
  read(ref: ObjectRef): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Bytes from the shelf or, with a permission, from upstream; then they wait for `flush`. */
  obtain(ref: ObjectRef, allow: Fetch): Promise<Obtained>;
  /** [SY9] A delta that came unasked, for the next `bring` that would ask for the same. */
  offer(pushed: Pushed): void;
  /** [SY9] Has what a delta brings at hand for `obtain`, until the next; it may bring nothing. */
  bring(delta: Delta, allow: () => boolean): Promise<void>;
  /** Fetches what the shelf lacks. */
  ensure(missing: readonly ObjectRef[], allow: Fetch): Promise<Result<'held', Problem>>;
  /** Makes durable what was fetched. */
  flush(): Promise<Result<'held', Problem>>;
  /** Drops what was brought or fetched but not stored, and every stored object not in `keep`. */
  clear(keep: ReadonlySet<Sha256>): Promise<void>;
}

/** What a delta between two releases brings, for the sections of this screen. */
export interface Pushed extends Pick<Delta, 'from' | 'to'> {
  readonly objects: readonly string[];
}

type Obtained = Result<Uint8Array<ArrayBuffer>, Problem>;

/** `never` reads the shelf only; a function says whether the download is still wanted. */
export type Fetch = 'never' | (() => boolean);

const FETCHES_AT_ONCE = 6;
/** Fetched objects are stored in batches, so that a small release costs one durable write. */
const BATCH_OBJECTS = 64;
const BATCH_BYTES = 1024 * 1024;

export interface LibraryPorts {
  readonly shelf: Shelf;
  readonly upstream: Upstream;
  readonly digest: Digest;
  /** Called when bytes on the shelf are not what their name says. */
  readonly damaged: (ref: ObjectRef) => void;
}

export async function openLibrary(ports: LibraryPorts): Promise<Library> {
  const { shelf, digest } = ports;
  const held = new Set(await shelf.list());
  const batch = createBatch();
  const source = createSource(ports);
  let losses = 0;

  async function read(ref: ObjectRef): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!held.has(ref.digest)) return batch.get(ref.digest);
    const bytes = await shelf.get(ref.digest);
    if (bytes?.length === ref.bytes && (await digest(bytes)) === ref.digest) return bytes;
    held.delete(ref.digest);
    losses += 1;
    await shelf.remove([ref.digest]);
    ports.damaged(ref);
    return undefined;
  }

  async function obtain(ref: ObjectRef, allow: Fetch): Promise<Obtained> {
    const bytes = await read(ref);
    if (bytes !== undefined) return accepted(bytes);
    if (allow === 'never') return refused('missing-object');
    const fetched = await source.fetch(ref, allow);
    if (!fetched.ok) return fetched;
    batch.add({ digest: ref.digest, bytes: fetched.value });
    return fetched;
  }

  const flush = (): Promise<Result<'held', Problem>> => store(batch, shelf, held);

  return {
    held,
    losses: () => losses,
    read,
    obtain,
    flush,
    offer: source.offer,
    bring: source.bring,
    async ensure(missing, allow) {
      for (let from = 0; from < missing.length; from += BATCH_OBJECTS) {
        const some = missing.slice(from, from + BATCH_OBJECTS);
        const results = await Promise.all(some.map((ref) => obtain(ref, allow)));
        for (const result of results) if (!result.ok) return result;
        const stored = batch.isLarge() ? await flush() : accepted('held');
        if (!stored.ok) return stored;
      }
      return accepted('held');
    },
    async clear(keep) {
      source.drop();
      batch.remove(batch.all());
      const garbage = sweep(keep, await shelf.list());
      if (garbage.length === 0) return;
      await shelf.remove(garbage);
      for (const name of garbage) held.delete(name);
    },
  };
}

async function store(
  batch: Batch,
  shelf: Shelf,
  held: Set<Sha256>,
): Promise<Result<'held', Problem>> {
  const objects = batch.all();
  if (objects.length > 0 && (await shelf.put(objects)) === 'full') return refused('no-space');
  for (const { digest } of objects) held.add(digest);
  batch.remove(objects);
  return accepted('held');
}

/** Where objects come from that the shelf lacks: of what a delta brought, else one by one. */
function createSource(ports: LibraryPorts) {
  const gate = createGate(FETCHES_AT_ONCE);
  let brought: ReadonlyMap<Sha256, Uint8Array<ArrayBuffer>> = new Map();
  let offered: Pushed | undefined;
  return {
    offer(pushed: Pushed): void {
      offered = pushed;
    },
    async bring(delta: Delta, allow: () => boolean): Promise<void> {
      const pushed = offered?.from === delta.from && offered.to === delta.to ? offered : undefined;
      offered = undefined;
      const objects = pushed?.objects.map(utf8) ?? (allow() ? await askedFor(delta, ports) : []);
      brought = await named(objects, ports.digest);
    },
    async fetch(ref: ObjectRef, allow: () => boolean): Promise<Obtained> {
      const atHand = brought.get(ref.digest);
      if (atHand?.length === ref.bytes) return accepted(atHand);
      return gate(async () => (allow() ? download(ref, ports) : refused('fetching')));
    },
    drop(): void {
      brought = new Map();
    },
  };
}

async function askedFor(delta: Delta, { upstream }: LibraryPorts): Promise<Objects> {
  const answer = await upstream.delta(delta, DELTA_BYTES_MAX);
  return (answer.ok ? unpackObjects(answer.value) : undefined) ?? [];
}

type Objects = readonly Uint8Array<ArrayBuffer>[];

/** [SY9] By what their bytes are called, whatever they were meant to be. */
async function named(
  objects: Objects,
  digest: Digest,
): Promise<ReadonlyMap<Sha256, Uint8Array<ArrayBuffer>>> {
  return new Map(
    await Promise.all(objects.map(async (bytes) => [await digest(bytes), bytes] as const)),
  );
}

type Batch = ReturnType<typeof createBatch>;

/** Objects fetched and verified that wait to be stored together. */
function createBatch() {
  const waiting = new Map<Sha256, Stored>();
  let bytes = 0;
  return {
    get: (name: Sha256) => waiting.get(name)?.bytes,
    all: (): readonly Stored[] => [...waiting.values()],
    isLarge: () => waiting.size >= BATCH_OBJECTS || bytes >= BATCH_BYTES,
    add(object: Stored): void {
      if (waiting.has(object.digest)) return;
      waiting.set(object.digest, object);
      bytes += object.bytes.length;
    },
    remove(objects: readonly Stored[]): void {
      for (const object of objects) if (waiting.delete(object.digest)) bytes -= object.bytes.length;
    },
  };
}

/** [RL3] Exactly the bytes the reference names: not more, not fewer, not others. */
async function download(ref: ObjectRef, { upstream, digest }: LibraryPorts): Promise<Obtained> {
  const answer = await upstream.object(ref.digest, ref.bytes);
  if (!answer.ok) return refused(PROBLEM_OF[answer.refusal]);
  if (answer.value.length > ref.bytes) return refused('too-large');
  const sound = answer.value.length === ref.bytes && (await digest(answer.value)) === ref.digest;
  return sound ? accepted(answer.value) : refused('bad-object');
}

const PROBLEM_OF = {
  unreachable: 'fetching',
  missing: 'missing-object',
  'too-large': 'too-large',
} as const satisfies Record<string, Problem>;
