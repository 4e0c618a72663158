import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../../shared/kit/ids.ts';
import { isSha256 } from '../../../shared/kit/ids.ts';

/** Every object in a data folder, for shelves of screens that were there before. */
export async function readKeptObjects(
  dataFolder: string,
): Promise<Map<Sha256, Uint8Array<ArrayBuffer>>> {
  const files = await readdir(join(dataFolder, 'objects'), {
    recursive: true,
    withFileTypes: true,
  });
  const objects = new Map<Sha256, Uint8Array<ArrayBuffer>>();
  for (const { parentPath, name } of files) {
    if (!isSha256(name)) continue;
    const bytes = new Uint8Array(await readFile(join(parentPath, name)));
    if (createHash('sha256').update(bytes).digest('hex') === name) objects.set(name, bytes);
  }
  return objects;
}
