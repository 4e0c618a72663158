import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of each file of a hall that a backup holds, by path. */
export async function digestsBelow(folder: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const part of ['store', 'objects', 'keys']) {
    const found = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
    for (const entry of found.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const digest = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      digests.set(path.slice(folder.length + 1), digest);
    }
  }
  return digests;
}
