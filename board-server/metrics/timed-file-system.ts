import type { FileSystem, OpenFile } from '../store/file-system.ts';

/** `file`: bytes of a file; `folder`: names in a folder. */
export type Synced = 'file' | 'folder';

/** The same disk, with a watch on what a commit waits for. */
export function timedFileSystem(
  fs: FileSystem,
  monotonic: () => number,
  synced: (kind: Synced, milliseconds: number) => void,
): FileSystem {
  async function timed(kind: Synced, sync: () => Promise<void>): Promise<void> {
    const since = monotonic();
    await sync();
    synced(kind, monotonic() - since);
  }
  return {
    ...fs,
    syncFolder: (folder) => timed('folder', () => fs.syncFolder(folder)),
    syncFile: (path) => timed('file', () => fs.syncFile(path)),
    async open(path, how) {
      const file: OpenFile = await fs.open(path, how);
      return { ...file, sync: () => timed('file', () => file.sync()) };
    },
  };
}
