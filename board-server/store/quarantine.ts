import { ensureFolder, placeFile, TEMPORARY } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';

/** Where damaged files of one data folder are kept for people to look at. Nothing here is read back. */
export interface Quarantine {
  /** Moves a file (path inside the data folder) out of the way. */
  move(file: string): Promise<void>;
  /** Keeps a copy of what a file held. */
  copy(file: string, bytes: Uint8Array): Promise<void>;
}

const FOLDER = 'quarantine';

/** `at` (epoch milliseconds) keeps files of different starts apart. */
export function createQuarantine(fs: FileSystem, root: string, at: number): Quarantine {
  const folder = `${root}/${FOLDER}`;
  const placeOf = (file: string): string => `${folder}/${at}-${file.replaceAll('/', '--')}`;
  return {
    async move(file) {
      await ensureFolder(fs, folder);
      await fs.rename(`${root}/${file}`, placeOf(file));
      await fs.syncFolder(folder);
    },
    async copy(file, bytes) {
      await ensureFolder(fs, folder);
      await placeFile(fs, placeOf(file), bytes);
      await fs.syncFolder(folder);
    },
  };
}

/** What lies in quarantine, as paths inside `root`. */
export async function quarantined(fs: FileSystem, root: string): Promise<readonly string[]> {
  const names = await fs.list(`${root}/${FOLDER}`);
  return names.filter((name) => !name.endsWith(TEMPORARY)).map((name) => `${FOLDER}/${name}`);
}
