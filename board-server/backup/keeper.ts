import { readdir, stat, statfs } from 'node:fs/promises';
import { forEachConcurrently } from '../store/concurrent.ts';
import { hasCode } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { quarantined } from '../store/quarantine.ts';
import type { DataFolder } from './data-folder.ts';
import type { LastBackup } from './last-backup.ts';
import { readLastBackup } from './last-backup.ts';

/** What the disk says of a data folder. */
export interface Keeper {
  sizes(): Promise<Sizes>;
  disk(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
  lastBackup(): Promise<LastBackup | undefined>;
  /** Files set aside because they were damaged, as paths inside the data folder. */
  setAside(): Promise<readonly string[]>;
}

export interface Sizes {
  readonly objects: number;
  readonly objectBytes: number;
  readonly storeBytes: number;
}

/** Going through a large hall takes seconds; who looks again soon sees the same. */
const SIZES_FOR_MS = 10 * 60_000;

export function createKeeper(folder: DataFolder, clock: () => number): Keeper {
  let sized: { readonly at: number; readonly sizes: Promise<Sizes> } | undefined;
  return {
    sizes() {
      const at = clock();
      if (sized === undefined || Math.abs(at - sized.at) > SIZES_FOR_MS)
        sized = { at, sizes: sizesOf(folder) };
      return sized.sizes;
    },
    async disk() {
      const { bavail, blocks, bsize } = await statfs(folder.path);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    },
    lastBackup: () => readLastBackup(nodeFileSystem, folder.path),
    async setAside() {
      const inStore = await quarantined(nodeFileSystem, folder.store);
      const inObjects = await quarantined(nodeFileSystem, folder.objects);
      return [
        ...inStore.map((file) => `store/${file}`),
        ...inObjects.map((file) => `objects/${file}`),
      ];
    },
  };
}

async function sizesOf({ objects, store }: DataFolder): Promise<Sizes> {
  const kept = await sizeBelow(objects);
  const { bytes: storeBytes } = await sizeBelow(store);
  return { objects: kept.files, objectBytes: kept.bytes, storeBytes };
}

/** Few at a time, for the server has other work. */
const STATTING = 2;

async function sizeBelow(folder: string): Promise<{ files: number; bytes: number }> {
  const total = { files: 0, bytes: 0 };
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await forEachConcurrently(
    entries.filter((entry) => entry.isFile()),
    STATTING,
    async ({ parentPath, name }) => {
      total.bytes += await sizeOf(`${parentPath}/${name}`);
      total.files += 1;
    },
  );
  return total;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0; // Replaced or swept since it was listed.
    throw error;
  }
}
