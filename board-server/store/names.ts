import { createHash } from 'node:crypto';
import type { Key } from './store.ts';

const COLLECTION = /^[a-z][a-z0-9-]{0,62}$/;
const LONGEST_ID = 512;
/** ext4 and XFS hold names of 255 bytes; this leaves room for suffixes. */
const LONGEST_FILE_NAME = 180;

/** Names of collections and logs become folder names, so they are plain words. */
export function isFolderName(text: string): boolean {
  return COLLECTION.test(text);
}

export function isKey({ collection, id }: Key): boolean {
  return isFolderName(collection) && id.length > 0 && id.length <= LONGEST_ID && id.isWellFormed();
}

/**
 * A file name for any id: no separators, no dots, no capitals (two ids that differ only in case
 * stay two files on a disk that folds case). An id too long to spell is named by its hash; the
 * file itself says whose it is.
 */
export function fileNameOf(id: string): string {
  const spelled = Buffer.from(id, 'utf8')
    .toString('latin1')
    .replace(/[^a-z0-9_-]/g, percent);
  return spelled.length <= LONGEST_FILE_NAME
    ? spelled
    : `=${createHash('sha256').update(id).digest('hex')}`;
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** One string per key, for maps. Collections cannot hold a slash. */
export function keyOf({ collection, id }: Key): string {
  return `${collection}/${id}`;
}
