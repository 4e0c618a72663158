import type { FileSystem, OpenFile } from '../../board-server/store/file-system.ts';

/** A process is killed after so many calls, or just before one more sync. */
export type Lifetime = { readonly calls: number } | { readonly syncs: number };

export const FOREVER: Lifetime = { calls: Infinity };

/**
 * The disk as a process sees it that will be killed: from then on no call begins, and none that
 * had begun is heard of again. `death` resolves once those have ended on the disk.
 */
export function createMortalDisk(
  inner: FileSystem,
  lifetime: Lifetime,
): { readonly disk: FileSystem; readonly death: Promise<void> } {
  const { promise: death, resolve } = Promise.withResolvers<void>();
  const handles = new Set<OpenFile>();
  let left = 'calls' in lifetime ? lifetime.calls : lifetime.syncs;
  let underWay = 0;

  function die(): void {
    const open = [...handles];
    handles.clear();
    // The system closes what the process had open.
    void Promise.all(open.map((handle) => handle.close())).then(() => resolve());
  }

  async function call<Value>(action: () => Promise<Value>, isSync = false): Promise<Value> {
    if (isSync || 'calls' in lifetime) left -= 1;
    if (left < 0) {
      if (underWay === 0) die();
      return forever();
    }
    underWay += 1;
    try {
      return await action();
    } finally {
      underWay -= 1;
      if (left < 0) {
        if (underWay === 0) die();
        await forever();
      }
    }
  }

  function file(handle: OpenFile): OpenFile {
    handles.add(handle);
    return {
      write: (bytes) => call(() => handle.write(bytes)),
      truncate: (length) => call(() => handle.truncate(length)),
      sync: () => call(() => handle.sync(), true),
      close: () => {
        handles.delete(handle);
        return call(() => handle.close());
      },
    };
  }

  const disk: FileSystem = {
    makeFolder: (path) => call(() => inner.makeFolder(path)),
    list: (folder) => call(() => inner.list(folder)),
    read: (path) => call(() => inner.read(path)),
    open: (path, how) => call(async () => file(await inner.open(path, how))),
    rename: (from, to) => call(() => inner.rename(from, to)),
    remove: (path) => call(() => inner.remove(path)),
    syncFolder: (folder) => call(() => inner.syncFolder(folder), true),
    syncFile: (path) => call(() => inner.syncFile(path), true),
    claim: (path, text) => call(() => inner.claim(path, text)),
    claimText: (path) => call(() => inner.claimText(path)),
    isVolatile: (folder) => call(() => inner.isVolatile(folder)),
  };
  return { disk, death };
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}
