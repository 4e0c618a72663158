import type { FileSystem, OpenFile } from '../../board-server/store/file-system.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';

/**
 * The real disk, at whose call number `last` the process kills itself: in turn before the call and
 * after it, and in the middle of a write.
 */
export function createSuicidalDisk(last: number): FileSystem {
  let calls = 0;

  async function call<Value>(action: () => Promise<Value>): Promise<Value> {
    calls += 1;
    if (calls !== last) return action();
    if (last % 2 === 0) await action();
    return die();
  }

  async function write(file: OpenFile, bytes: Uint8Array): Promise<void> {
    calls += 1;
    if (calls !== last) return file.write(bytes);
    await file.write(bytes.subarray(0, (last * 7919) % (bytes.length + 1)));
    return die();
  }

  const mortal = (file: OpenFile): OpenFile => ({
    write: (bytes) => write(file, bytes),
    truncate: (length) => call(() => file.truncate(length)),
    sync: () => call(() => file.sync()),
    close: () => call(() => file.close()),
  });
  const disk = nodeFileSystem;
  return {
    makeFolder: (path) => call(() => disk.makeFolder(path)),
    list: (folder) => call(() => disk.list(folder)),
    read: (path) => call(() => disk.read(path)),
    open: (path, how) => call(async () => mortal(await disk.open(path, how))),
    rename: (from, to) => call(() => disk.rename(from, to)),
    remove: (path) => call(() => disk.remove(path)),
    syncFolder: (folder) => call(() => disk.syncFolder(folder)),
    syncFile: (path) => call(() => disk.syncFile(path)),
    claim: (path, text) => call(() => disk.claim(path, text)),
    claimText: (path) => call(() => disk.claimText(path)),
    isVolatile: (folder) => call(() => disk.isVolatile(folder)),
  };
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('broken assumption: survived SIGKILL');
}
