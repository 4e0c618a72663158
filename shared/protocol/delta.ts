import { concat } from '../kit/bytes.ts';
import type { Sha256 } from '../kit/ids.ts';

/**
 * A delta: in one answer, every object of a release that an earlier one lacks, for the sections that
 * a screen takes. Objects count by their digests alone, so a delta needs no trust and may be missing.
 */
export interface Delta {
  /** Releases by the digests of their manifests. */
  readonly from: Sha256;
  readonly to: Sha256;
  readonly sections: readonly string[];
}

/** A delta above this is not made: object by object, a long download can be resumed. */
export const DELTA_BYTES_MAX = 4 * 1024 * 1024;

/** Where a delta is asked for: GET, and 404 when there is none. */
export function deltaPath({ from, to, sections }: Delta): string {
  const query = sections.map((name) => `section=${encodeURIComponent(name)}`).join('&');
  return `/releases/${to}/since/${from}?${query}`;
}

const LENGTH_BYTES = 4;

/** Each object behind its length, four bytes, big-endian. */
export function packObjects(objects: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concat(objects.flatMap((bytes) => [lengthOf(bytes), bytes]));
}

function lengthOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}

/** The objects of a pack, or undefined when it ends in the middle of one. */
export function unpackObjects(
  pack: Uint8Array<ArrayBuffer>,
): readonly Uint8Array<ArrayBuffer>[] | undefined {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const objects: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < pack.length;) {
    if (at + LENGTH_BYTES > pack.length) return undefined;
    const from = at + LENGTH_BYTES;
    at = from + view.getUint32(at);
    if (at > pack.length) return undefined;
    // A copy: kept objects must not keep the whole pack in memory.
    objects.push(pack.slice(from, at));
  }
  return objects;
}
