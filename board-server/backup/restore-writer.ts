import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { forEachConcurrently } from '../store/concurrent.ts';
import type { ArchiveEntry } from './archive-reader.ts';
import { wholeOf } from './archive-reader.ts';
import { syncAll } from './sync-all.ts';

/** Writes files below a folder that nobody reads before all of them are durable. */
export interface RestoreWriter {
  add(entry: ArchiveEntry): Promise<void>;
  /** Everything is durable, names included, when this resolves. */
  finish(): Promise<void>;
}

/** Small files are written in batches of this many bytes or files, several at a time. */
const BATCH_BYTES = 16 << 20;
const BATCH_FILES = 512;
const WRITING = 8;

export function createRestoreWriter(root: string): RestoreWriter {
  const folders = new Set<string>([root]);
  const files: string[] = [];
  const batch: { readonly path: string; readonly bytes: Buffer }[] = [];
  let batchBytes = 0;

  async function ensure(folder: string): Promise<void> {
    if (folders.has(folder)) return;
    await ensure(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
    folders.add(folder);
  }

  async function flush(): Promise<void> {
    batchBytes = 0;
    await forEachConcurrently(batch.splice(0), WRITING, ({ path, bytes }) =>
      writeFile(path, async (file) => file.writeFile(bytes)),
    );
  }

  return {
    async add(entry) {
      const path = `${root}/${entry.path}`;
      await ensure(dirname(path));
      files.push(path);
      if (entry.bytes > BATCH_BYTES) {
        await writeFile(path, async (file) => {
          for await (const part of entry.content()) await file.writeFile(part);
        });
        return;
      }
      batch.push({ path, bytes: await wholeOf(entry) });
      batchBytes += entry.bytes;
      if (batchBytes >= BATCH_BYTES || batch.length >= BATCH_FILES) await flush();
    },
    async finish() {
      await flush();
      await syncAll({ root, files, folders: [...folders] });
    },
  };
}

async function writeFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  await write(file).finally(() => file.close());
}
