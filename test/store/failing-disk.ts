import { basename, dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../board-server/store/file-system.ts';
import { fault } from './memory-disk.ts';

/** Faults to be turned on and off while a store runs. */
export interface Faults {
  /** Bytes that can still be written before the disk is full. A name takes none. */
  space: number;
  /** Syncs of paths that match fail, as after a write error of the device. */
  failingSyncs: RegExp | undefined;
  /** Reads of paths that match fail. */
  failingReads: RegExp | undefined;
  /** Everything that would change something fails. */
  isReadOnly: boolean;
}

export function createFailingDisk(inner: FileSystem): {
  readonly disk: FileSystem;
  readonly faults: Faults;
} {
  const faults: Faults = {
    space: Infinity,
    failingSyncs: undefined,
    failingReads: undefined,
    isReadOnly: false,
  };

  const changing = <Value>(path: string, action: () => Promise<Value>): Promise<Value> =>
    faults.isReadOnly ? Promise.reject(fault('EROFS', path)) : action();
  const syncing = (path: string, action: () => Promise<void>): Promise<void> =>
    faults.failingSyncs?.test(path) === true ? Promise.reject(fault('EIO', path)) : action();

  const fileAt = (path: string, file: OpenFile): OpenFile => ({
    async write(bytes) {
      const fitting = Math.min(bytes.length, faults.space);
      faults.space -= fitting;
      // A real disk also writes what still fits before it says that it is full.
      if (fitting > 0) await file.write(bytes.subarray(0, fitting));
      if (fitting < bytes.length) throw fault('ENOSPC', path);
    },
    truncate: (length) => file.truncate(length),
    sync: () => syncing(path, () => file.sync()),
    close: () => file.close(),
  });

  const disk: FileSystem = {
    ...inner,
    makeFolder: async (path) =>
      (await inner.list(dirname(path))).includes(basename(path))
        ? false
        : changing(path, () => inner.makeFolder(path)),
    open: (path, how) => changing(path, async () => fileAt(path, await inner.open(path, how))),
    read: (path) =>
      faults.failingReads?.test(path) === true
        ? Promise.reject(fault('EIO', path))
        : inner.read(path),
    rename: (from, to) => changing(from, () => inner.rename(from, to)),
    remove: (path) => changing(path, () => inner.remove(path)),
    claim: (path, text) => changing(path, () => inner.claim(path, text)),
    syncFolder: (folder) => syncing(folder, () => inner.syncFolder(folder)),
    syncFile: (path) => syncing(path, () => inner.syncFile(path)),
  };
  return { disk, faults };
}
