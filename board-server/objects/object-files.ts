import { hash } from 'node:crypto';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { forEachConcurrently } from '../store/concurrent.ts';
import { durableNames, placeFile, sweepTemporaries } from '../store/durable-file.ts';
import { hasCode } from '../store/file-system.ts';
import type { FileSystem } from '../store/file-system.ts';

/** Objects on disk: the file `ab/abcd…` holds the bytes. */
export interface ObjectFiles {
  /** Names of all objects, durable; half files are swept. */
  names(): Promise<readonly Sha256[]>;
  /** Writes them durably, names included. */
  write(objects: ReadonlyMap<Sha256, Uint8Array>): Promise<void>;
  /** `damaged`: the bytes are not those the name stands for. */
  read(name: Sha256): Promise<Buffer<ArrayBuffer> | 'missing' | 'damaged'>;
  remove(name: Sha256): Promise<void>;
}

/** Of 1 to 16 writers, eight finished ten thousand objects first. */
const WRITING = 8;

export function objectPath(name: Sha256): string {
  return `${folderOf(name)}/${name}`;
}

export function createObjectFiles(fs: FileSystem, root: string): ObjectFiles {
  return {
    async names() {
      const found: Sha256[] = [];
      for (const folder of (await durableNames(fs, root)).filter(isObjectFolder)) {
        await sweepTemporaries(fs, `${root}/${folder}`);
        const names = (await durableNames(fs, `${root}/${folder}`)).filter(isSha256);
        found.push(...names.filter((name) => folderOf(name) === folder));
      }
      return found;
    },

    async write(objects) {
      // Folders are synced once for all objects, not once for each.
      const folders = new Set([...objects.keys()].map(folderOf));
      for (const folder of folders) await fs.makeFolder(`${root}/${folder}`);
      await fs.syncFolder(root);
      await forEachConcurrently(objects, WRITING, ([name, bytes]) =>
        placeFile(fs, `${root}/${objectPath(name)}`, bytes),
      );
      await forEachConcurrently(folders, WRITING, (folder) => fs.syncFolder(`${root}/${folder}`));
    },

    async read(name) {
      try {
        const bytes = await fs.read(`${root}/${objectPath(name)}`);
        if (bytes === undefined) return 'missing';
        return hash('sha256', bytes) === name ? bytes : 'damaged';
      } catch (error) {
        if (hasCode(error, 'EIO')) return 'damaged'; // A sector that the disk cannot read.
        throw error;
      }
    },

    remove: (name) => fs.remove(`${root}/${objectPath(name)}`),
  };
}

function folderOf(name: Sha256): string {
  return name.slice(0, 2);
}

function isObjectFolder(name: string): boolean {
  return /^[0-9a-f]{2}$/.test(name);
}
