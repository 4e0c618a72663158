import { hash } from 'node:crypto';
import { Low } from 'lowdb';
import type { Adapter } from 'lowdb';
import * as z from 'zod/mini';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { placeFile } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { fileNameOf } from './names.ts';
import type { Document, Key } from './store.ts';
import { countSchema, jsonSchema, keyShape } from './stored-schemas.ts';

/** A document as its file holds it. */
export interface StoredDocument extends Document {
  /** The shape of the value: see `Migrations`. */
  readonly v: number;
  /** Number of the journal line that put it: a replay skips what is older. */
  readonly commit: number;
}

export const EXTENSION = '.json';

export function documentPath({ collection, id }: Key): string {
  return `${collection}/${fileNameOf(id)}${EXTENSION}`;
}

/** The lowdb file at `path`. Its `data` is null when there is none; reading throws `DamagedFile`. */
export function documentFile(fs: FileSystem, path: string): Low<StoredDocument | null> {
  return new Low<StoredDocument | null>(durableAdapter(fs, path), null);
}

/** The file does not hold what was written to it. */
export class DamagedFile extends Error {}

/**
 * lowdb's own writer renames without fsync, and a power cut then leaves names without bytes. This
 * one places the file whole; its name is durable once the caller has synced the folder.
 */
function durableAdapter(fs: FileSystem, path: string): Adapter<StoredDocument | null> {
  return {
    async read() {
      const bytes = await fs.read(path);
      return bytes === undefined ? null : decode(bytes);
    },
    async write(data) {
      if (data !== null) await placeFile(fs, path, encode(data));
    },
  };
}

/** JSON whose first member is a checksum over the bytes of all the others. */
function encode({ v, commit, collection, id, version, value }: StoredDocument): Buffer {
  const rest = `${JSON.stringify({ v, commit, collection, id, version, value }).slice(1)}\n`;
  return Buffer.from(`{"sum":"${checksum(rest)}",${rest}`);
}

function decode(bytes: Buffer): StoredDocument {
  const text = fromUtf8(bytes) ?? '';
  const { sum, rest } = FRAME.exec(text)?.groups ?? {};
  if (rest === undefined || sum !== checksum(rest))
    throw new DamagedFile('checksum does not match');
  const parsed = documentSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new DamagedFile('not a stored document');
  return parsed.data;
}

const FRAME = /^\{"sum":"(?<sum>[0-9a-f]{16})",(?<rest>.*)$/s;

const documentSchema = z.object({
  ...keyShape,
  version: countSchema,
  v: countSchema,
  commit: countSchema,
  value: jsonSchema,
});

/** Against accidents, not attackers: 64 bits of SHA-256. */
function checksum(text: string): string {
  return hash('sha256', text).slice(0, 16);
}
