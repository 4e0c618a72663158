import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * AES-256-GCM in chunks, each bound to its place and the last one to being the last (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): no chunk can be left out, moved or
 * taken from another file.
 */
export interface ChunkPlace {
  readonly index: number;
  readonly isLast: boolean;
}

export const CHUNK_BYTES = 256 * 1024;
export const TAG_BYTES = 16;
/** A chunk as it lies in the file. */
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

export function sealChunk(key: Uint8Array, place: ChunkPlace, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when it is not that chunk of that file, unaltered. */
export function openChunk(
  key: Uint8Array,
  place: ChunkPlace,
  sealed: Uint8Array,
): Buffer | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined; // Node throws on a tag that does not fit: outside bytes, not a bug.
  }
}

/** The key belongs to one file alone, so a counter is a nonce that never comes twice. */
function nonceOf({ index, isLast }: ChunkPlace): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}
