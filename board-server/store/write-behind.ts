import { settleDocuments, writeDocuments } from './document-files.ts';
import type { FileSystem } from './file-system.ts';
import { DOCUMENTS, LOGS } from './load.ts';
import type { Loaded } from './load.ts';
import type { Quarantine } from './quarantine.ts';
import type { Unwritten } from './state.ts';

/**
 * Writes everything unwritten into the files, durably. When it returns `full` or throws, what was
 * not written waits on in memory and in the journal.
 */
export function createWriteBehind(
  fs: FileSystem,
  folder: string,
  { loaded, quarantine }: { readonly loaded: Loaded; readonly quarantine: Quarantine },
): () => Promise<'done' | 'full'> {
  const { unwritten, logFiles } = loaded;
  const documents = `${folder}/${DOCUMENTS}`;
  const damaged = loaded.damagedDocuments.map(({ file }) => file);
  let isSettled = false;

  /** Once after opening: tidies what a kill, a power cut or damage left. */
  async function settle(): Promise<void> {
    for (let file = damaged[0]; file !== undefined; file = damaged[0]) {
      await quarantine.move(file);
      damaged.shift();
    }
    await settleDocuments(fs, documents);
    await logFiles.settle((file, bytes) => quarantine.copy(`${LOGS}/${file}`, bytes));
    isSettled = true;
  }

  return async () => {
    if (!isSettled) await settle();
    await writeDocumentFiles(fs, documents, unwritten);
    return writeLogFiles(logFiles, unwritten);
  };
}

async function writeDocumentFiles(
  fs: FileSystem,
  folder: string,
  { documents }: Unwritten,
): Promise<void> {
  const batch = new Map(documents);
  documents.clear();
  try {
    await writeDocuments(fs, folder, [...batch.values()]);
  } catch (error) {
    for (const [key, write] of batch) {
      if (!documents.has(key)) documents.set(key, write);
    }
    throw error;
  }
}

async function writeLogFiles(
  logFiles: Loaded['logFiles'],
  { entries: unwritten }: Unwritten,
): Promise<'done' | 'full'> {
  for (const [log, entries] of unwritten) {
    if ((await logFiles.append(log, [...entries])) === 'full') return 'full';
    const { seq } = logFiles.head(log);
    unwritten.set(
      log,
      (unwritten.get(log) ?? []).filter((entry) => entry.seq > seq),
    );
  }
  return 'done';
}
