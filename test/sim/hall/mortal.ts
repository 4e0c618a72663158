import type { FileSystem, OpenFile } from '../../../board-server/store/file-system.ts';

/** The disk as one process sees it: once the process is dead no call begins and none is answered. */
export function mortal(inner: FileSystem, life: Life): FileSystem {
  async function call<Value>(action: () => Promise<Value>): Promise<Value> {
    if (!life.isAlive) return forever();
    if (life.callsLeft <= 0) {
      life.die();
      return forever();
    }
    life.callsLeft -= 1;
    const value = await action();
    return life.isAlive ? value : forever();
  }
  const file = (handle: OpenFile): OpenFile => ({
    write: (bytes) => call(() => handle.write(bytes)),
    truncate: (length) => call(() => handle.truncate(length)),
    sync: () => call(() => handle.sync()),
    close: () => call(() => handle.close()),
  });
  return {
    makeFolder: (path) => call(() => inner.makeFolder(path)),
    list: (folder) => call(() => inner.list(folder)),
    read: (path) => call(() => inner.read(path)),
    open: (path, how) => call(async () => file(await inner.open(path, how))),
    rename: (from, to) => call(() => inner.rename(from, to)),
    remove: (path) => call(() => inner.remove(path)),
    syncFolder: (folder) => call(() => inner.syncFolder(folder)),
    syncFile: (path) => call(() => inner.syncFile(path)),
    claim: (path, text) => call(() => inner.claim(path, text)),
    claimText: (path) => call(() => inner.claimText(path)),
    isVolatile: (folder) => call(() => inner.isVolatile(folder)),
  };
}

export interface Life {
  isAlive: boolean;
  /** Calls to the disk before the process is killed. */
  callsLeft: number;
  die(): void;
}

const forever = (): Promise<never> => new Promise(() => undefined);
