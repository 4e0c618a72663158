import type { Sha256 } from '../../shared/kit/ids.ts';
import type { CachedObject } from '../objects/object-cache.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { byteRange } from './byte-range.ts';
import { acceptsBrotli } from './negotiation.ts';

/** What an answer needs of the object store. */
export type ObjectReader = Pick<ObjectStore, 'read' | 'bytes' | 'held'>;

/** What a request for an object says of how it wants it. */
export interface ObjectWish {
  readonly digest: Sha256;
  readonly ifNoneMatch: string | undefined;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly acceptEncoding: string | undefined;
}

export interface ObjectAnswer {
  readonly status: 200 | 206 | 304 | 416;
  /** Names and values in turn, as Node writes them soonest. */
  readonly headers: readonly string[];
  /** Null where the status has none. */
  readonly body: Buffer<ArrayBuffer> | null;
}

/** [PR7] An object as one request wants it; undefined when there is none. */
export async function answerObject(
  objects: ObjectReader,
  wish: ObjectWish,
): Promise<ObjectAnswer | undefined> {
  const { digest } = wish;
  const known = answerHeld(objects.held(digest), wish);
  if (known !== 'unknown') return known;
  if (takesBrotli(wish)) {
    const stored = await objects.read(digest);
    return stored === undefined ? undefined : answerWith(stored.bytes, stored.brotli, wish);
  }
  const bytes = await objects.bytes(digest);
  return bytes === undefined ? undefined : answerWith(bytes, undefined, wish);
}

/** The same at once, from what is in memory; `unknown` when that is not enough. */
export function answerHeld(
  held: CachedObject | undefined,
  wish: ObjectWish,
): ObjectAnswer | 'unknown' {
  const { digest, ifNoneMatch } = wish;
  if (ifNoneMatch !== undefined && isTagOf(digest, ifNoneMatch))
    return { status: 304, headers: ['etag', ifNoneMatch, ...HEADERS], body: null };
  if (held === undefined) return 'unknown';
  if (!takesBrotli(wish)) return answerWith(held.bytes, undefined, wish);
  return held.brotli === 'unmade' ? 'unknown' : answerWith(held.bytes, held.brotli, wish);
}

/**
 * Compressed bytes are another representation, with a tag of its own, so that nobody continues one
 * with the other; parts are parts of the plain bytes.
 */
const plainTag = (digest: Sha256): string => `"${digest}"`;
const packedTag = (digest: Sha256): string => `"${digest}.br"`;

function isTagOf(digest: Sha256, tag: string): boolean {
  return tag === plainTag(digest) || tag === packedTag(digest);
}

function rangeOf({ digest, range, ifRange }: ObjectWish): string | undefined {
  return ifRange === undefined || ifRange === plainTag(digest) ? range : undefined;
}

function takesBrotli(wish: ObjectWish): boolean {
  return (
    wish.acceptEncoding !== undefined &&
    acceptsBrotli(wish.acceptEncoding) &&
    rangeOf(wish) === undefined
  );
}

function answerWith(
  bytes: Buffer<ArrayBuffer>,
  brotli: Buffer<ArrayBuffer> | undefined,
  wish: ObjectWish,
): ObjectAnswer {
  if (brotli !== undefined)
    return whole(200, brotli, ['etag', packedTag(wish.digest), 'content-encoding', 'br']);
  const etag = plainTag(wish.digest);
  const asked = byteRange(rangeOf(wish), bytes.length);
  switch (asked.kind) {
    case 'whole':
      return whole(200, bytes, ['etag', etag]);
    case 'part':
      return whole(206, bytes.subarray(asked.first, asked.last + 1), [
        'etag',
        etag,
        'content-range',
        `bytes ${asked.first}-${asked.last}/${bytes.length}`,
      ]);
    case 'unsatisfiable':
      return {
        status: 416,
        headers: ['content-range', `bytes */${bytes.length}`, 'content-length', '0', ...HEADERS],
        body: null,
      };
  }
}

const HEADERS: readonly string[] = Object.entries({
  'content-type': 'application/octet-stream',
  'cache-control': 'public, max-age=31536000, immutable',
  vary: 'accept-encoding',
  'accept-ranges': 'bytes',
}).flat();

/** All of `body`, which may itself be a part. */
function whole(
  status: 200 | 206,
  body: Buffer<ArrayBuffer>,
  headers: readonly string[],
): ObjectAnswer {
  const length = String(body.length);
  return { status, headers: [...headers, 'content-length', length, ...HEADERS], body };
}
