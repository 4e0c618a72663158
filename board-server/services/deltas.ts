import type { ObjectRef, Release } from '../../shared/domain/release.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Delta } from '../../shared/protocol/delta.ts';
import { DELTA_BYTES_MAX, packObjects, unpackObjects } from '../../shared/protocol/delta.ts';
import type { Moved } from '../../shared/protocol/screen.ts';
import { ADDED_LENGTH_MAX } from '../../shared/protocol/screen.ts';
import { listedIn, release as releaseSchema } from '../../shared/protocol/objects.ts';
import { payloadJson } from '../../shared/trust/envelope.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { leavesOf } from './release-objects.ts';

/**
 * [SY9] [PR6] What the release that is out adds to an earlier one, packed once for all screens that
 * ask for it. Read from the objects themselves, so it needs no memory of what was published when.
 */
export interface Deltas {
  /** Undefined when `to` is not out, `from` is not kept, or it would be too large. */
  read(delta: Delta): Promise<StoredObject | undefined>;
  /** The same as a hint carries it; null when there is none or it is too long for a socket. */
  pushed(delta: Delta): Promise<Moved['added']>;
}

/** Pairs of releases and sections that are asked for at one time: a few kinds of screen, a few ages. */
const KEPT_MAX = 32;

export function createDeltas(deps: {
  readonly objects: Pick<ObjectStore, 'read'>;
  /** The release that is out. */
  readonly current: () => Sha256 | undefined;
  /** The bytes compressed, where that is worth it. */
  readonly compress: Compress;
}): Deltas {
  const { objects, current, compress } = deps;
  let kept = new Map<string, Packed>();
  let keptFor: Sha256 | undefined;

  function packed(delta: Delta): Packed | undefined {
    if (delta.to !== current() || delta.from === delta.to) return undefined;
    if (keptFor !== delta.to || kept.size >= KEPT_MAX) kept = new Map();
    keptFor = delta.to;
    const name = [delta.from, ...delta.sections].join(' ');
    const held = kept.get(name) ?? { bytes: pack(delta, objects) };
    kept.set(name, held);
    return held;
  }

  return {
    async read(delta) {
      const held = packed(delta);
      const bytes = await held?.bytes;
      if (held === undefined || bytes === undefined) return undefined;
      held.compressed ??= compress(bytes);
      return { bytes, brotli: await held.compressed };
    },
    async pushed(delta) {
      const bytes = await packed(delta)?.bytes;
      if (bytes === undefined || bytes.length > ADDED_LENGTH_MAX) return null;
      const texts = unpackObjects(new Uint8Array(bytes))?.map(fromUtf8);
      const objects = texts?.filter((text) => text !== undefined) ?? [];
      return objects.length === texts?.length ? { from: delta.from, objects } : null;
    },
  };
}

interface Packed {
  readonly bytes: Promise<Buffer<ArrayBuffer> | undefined>;
  /** Once somebody asked for it over HTTP. */
  compressed?: ReturnType<Compress>;
}

type Compress = (bytes: Uint8Array) => Promise<Buffer<ArrayBuffer> | undefined>;

async function pack(
  { from, to, sections }: Delta,
  objects: Pick<ObjectStore, 'read'>,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const shelf = createReadings(objects);
  const [before, after] = [await shelf.release(from), await shelf.release(to)];
  if (before?.channel !== after?.channel || before === undefined || after === undefined)
    return undefined;
  const wanted = new Map<Sha256, ObjectRef>();
  for (const name of sections) {
    const added = await addedTo(name, before, after, shelf);
    for (const ref of added) wanted.set(ref.digest, ref);
  }
  const bytes = [...wanted.values()].reduce((sum, ref) => sum + ref.bytes, 0);
  if (bytes > DELTA_BYTES_MAX) return undefined;
  const read = await Promise.all([to, ...wanted.keys()].map((digest) => shelf.bytes(digest)));
  const whole = read.filter((object) => object !== undefined);
  if (whole.length < read.length) return undefined;
  return Buffer.from(packObjects(whole).buffer);
}

/** Level by level what is named after and was not named before: roots, indexes, chunks, renderings. */
async function addedTo(
  section: string,
  { sections: { [section]: before = [] } }: Release,
  { sections: { [section]: after = [] } }: Release,
  shelf: Readings,
): Promise<readonly ObjectRef[]> {
  const [fresh, gone] = [without(after, before), without(before, after)];
  const indexes = await below(fresh, gone, shelf.listed);
  const chunks = await below(indexes.fresh, indexes.gone, shelf.listed);
  const renderings = await below(chunks.fresh, chunks.gone, (refs) =>
    shelf.renderings(section, refs),
  );
  return [fresh, indexes.fresh, chunks.fresh, renderings.fresh].flat();
}

/** What a level names below itself, without what both sides name. */
async function below(
  fresh: readonly ObjectRef[],
  gone: readonly ObjectRef[],
  read: (refs: readonly ObjectRef[]) => Promise<readonly ObjectRef[]>,
) {
  const [after, before] = [await read(fresh), await read(gone)];
  return { fresh: without(after, before), gone: without(before, after) };
}

function without(refs: readonly ObjectRef[], others: readonly ObjectRef[]): readonly ObjectRef[] {
  const digests = new Set(others.map(({ digest }) => digest));
  return refs.filter(({ digest }) => !digests.has(digest));
}

type Readings = ReturnType<typeof createReadings>;

/** What objects say. One that is gone says nothing: then more is sent, or the reading fails later. */
function createReadings(objects: Pick<ObjectStore, 'read'>) {
  const bytes = async (digest: Sha256) => (await objects.read(digest))?.bytes;
  const value = async (digest: Sha256): Promise<unknown> => {
    const read = await bytes(digest);
    return read === undefined ? undefined : payloadJson(read);
  };
  return {
    bytes,
    release: async (digest: Sha256): Promise<Release | undefined> =>
      releaseSchema.safeParse(await value(digest)).data,
    /** What these list: of roots their indexes, of indexes their chunks; chunks stand for themselves. */
    listed: (refs: readonly ObjectRef[]) =>
      each(refs, async (ref) => listedIn(await value(ref.digest)) ?? [ref]),
    /** What the entries of these chunks need to be drawn. */
    renderings: (section: string, chunks: readonly ObjectRef[]) =>
      each(chunks, async ({ digest }) => {
        const chunk = await value(digest);
        return chunk === undefined ? [] : leavesOf(section, chunk);
      }),
  };
}

async function each(
  refs: readonly ObjectRef[],
  below: (ref: ObjectRef) => Promise<readonly ObjectRef[]>,
): Promise<readonly ObjectRef[]> {
  return (await Promise.all(refs.map(below))).flat();
}
