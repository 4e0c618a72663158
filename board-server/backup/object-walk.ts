import { hash, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { isSha256 } from '../../shared/kit/ids.ts';
import { objectPath } from '../objects/object-files.ts';
import { hasCode } from '../store/file-system.ts';

/** An object as it lies on the disk, whether or not its bytes are those it is named for. */
export interface FoundObject {
  readonly name: Sha256;
  readonly bytes: number;
  /** Its bytes, where they are few enough to be held. */
  readonly held: Buffer | undefined;
  readonly isSound: boolean;
}

/** Media is hashed as it streams by, and read again when it is wanted. */
const HELD_BYTES_MAX = 4 << 20;

/** Names of the files that look like objects. What is being written has another name. */
export async function objectNames(root: string): Promise<Sha256[]> {
  const folders = (await namesIn(root)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
  const found: Sha256[] = [];
  for (const folder of folders) {
    const names = (await namesIn(`${root}/${folder}`)).filter(isSha256).sort();
    found.push(...names.filter((name) => name.startsWith(folder)));
  }
  return found;
}

/** Undefined when it has gone since it was listed. */
export async function readObject(root: string, name: Sha256): Promise<FoundObject | undefined> {
  const path = `${root}/${objectPath(name)}`;
  try {
    const { size } = await stat(path);
    if (size > HELD_BYTES_MAX)
      return { name, bytes: size, held: undefined, isSound: (await hashOf(path)) === name };
    const held = await readFile(path);
    return { name, bytes: held.length, held, isSound: hash('sha256', held) === name };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (hasCode(error, 'EIO')) return { name, bytes: 0, held: undefined, isSound: false };
    throw error;
  }
}

async function hashOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    sum.update(bytesIn(chunk));
  return sum.digest('hex');
}

/** A stream without an encoding yields buffers, which its type does not say. */
export function bytesIn(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new Error('broken assumption: a file stream of bytes');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
