import { forEachConcurrently } from './concurrent.ts';
import { DamagedFile, documentFile, documentPath, EXTENSION } from './document-file.ts';
import type { StoredDocument } from './document-file.ts';
import { durableNames, ensureFolder, sweepTemporaries } from './durable-file.ts';
import { hasCode } from './file-system.ts';
import type { FileSystem } from './file-system.ts';
import { isFolderName } from './names.ts';
import type { Damage, Key } from './store.ts';

export type DocumentWrite = { readonly put: StoredDocument } | { readonly remove: Key };

/** libuv has four threads for files: two stay free for commits. */
const WRITING = 2;
const READING = 8;

/** Every document below `folder`, made durable; a damaged file is named, with its path inside `folder`. */
export async function readDocuments(
  fs: FileSystem,
  folder: string,
): Promise<{ readonly documents: readonly StoredDocument[]; readonly damage: readonly Damage[] }> {
  const documents: StoredDocument[] = [];
  const damage: Damage[] = [];
  for (const collection of (await durableNames(fs, folder)).filter(isFolderName)) {
    const names = await durableNames(fs, `${folder}/${collection}`);
    const files = names
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => `${collection}/${name}`);
    await forEachConcurrently(files, READING, async (file) => {
      const found = await readDocument(fs, folder, file);
      if ('reason' in found) damage.push(found);
      else documents.push(found);
    });
  }
  return { documents, damage };
}

/** Writes them all durably, names included. */
export async function writeDocuments(
  fs: FileSystem,
  folder: string,
  writes: readonly DocumentWrite[],
): Promise<void> {
  const collections = new Set(writes.map((write) => keyIn(write).collection));
  for (const collection of collections) await ensureFolder(fs, `${folder}/${collection}`);
  await forEachConcurrently(writes, WRITING, async (write) => {
    const path = `${folder}/${documentPath(keyIn(write))}`;
    if ('remove' in write) return fs.remove(path);
    const file = documentFile(fs, path);
    file.data = write.put;
    return file.write();
  });
  for (const collection of collections) await fs.syncFolder(`${folder}/${collection}`);
}

/** Clears the half files of a process that was killed. */
export async function settleDocuments(fs: FileSystem, folder: string): Promise<void> {
  await ensureFolder(fs, folder);
  for (const collection of (await fs.list(folder)).filter(isFolderName)) {
    await sweepTemporaries(fs, `${folder}/${collection}`);
  }
}

async function readDocument(
  fs: FileSystem,
  folder: string,
  file: string,
): Promise<StoredDocument | Damage> {
  const low = documentFile(fs, `${folder}/${file}`);
  try {
    await low.read();
  } catch (error) {
    if (error instanceof DamagedFile) return { file, reason: error.message };
    if (hasCode(error, 'EIO')) return { file, reason: 'the disk cannot read it' };
    throw error;
  }
  if (low.data === null) return { file, reason: 'vanished while it was read' };
  return documentPath(low.data) === file ? low.data : { file, reason: 'holds another document' };
}

function keyIn(write: DocumentWrite): Key {
  return 'put' in write ? write.put : write.remove;
}
