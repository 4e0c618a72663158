import { DOCUMENTS, JOURNAL, LOGS } from '../store/load.ts';
import type { FileSystem } from '../store/file-system.ts';
import { isFolderName } from '../store/names.ts';
import { createSegmentHolder } from './segment-holder.ts';

/** Takes a file of the store; its path is inside the folder of the store. */
export type TakeFile = (path: string, bytes: Buffer<ArrayBuffer>) => Promise<void>;

/**
 * [BK2] The files of a store that may be in use, so that a store opened on the copy replays to a
 * state that was once committed. A document or log file is changed only while the journal lines it
 * comes from are still in the journal; so whatever changes while it is read, here half new and half
 * old, is told again by the lines held since before the reading began. The journal comes last: it
 * then knows of every commit that a file knows of.
 *
 * @returns false when the store dropped a journal file before it could be read: take all of it anew
 */
export async function snapshotStore(
  fs: FileSystem,
  folder: string,
  take: TakeFile,
): Promise<boolean> {
  const journal = createSegmentHolder(fs, `${folder}/${JOURNAL}`);
  await journal.look();
  for (const path of [
    ...(await filesIn(fs, folder, DOCUMENTS, '.json')),
    ...(await filesIn(fs, folder, LOGS, '.jsonl')),
  ]) {
    await journal.look();
    const bytes = await fs.read(`${folder}/${path}`);
    // A document that is gone was removed, which the journal says too.
    if (bytes !== undefined) await take(path, bytes);
  }
  await journal.finish();
  if (journal.hasLost()) return false;
  for (const [name, bytes] of journal.held()) await take(`${JOURNAL}/${name}`, bytes);
  return true;
}

async function filesIn(
  fs: FileSystem,
  folder: string,
  part: string,
  extension: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await fs.list(`${folder}/${part}`)).filter(isFolderName)) {
    const files = await fs.list(`${folder}/${part}/${name}`);
    const wanted = files.filter((file) => file.endsWith(extension)).sort();
    found.push(...wanted.map((file) => `${part}/${name}/${file}`));
  }
  return found;
}
