import { constants } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  statfs,
  symlink,
  unlink,
} from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { hasCode } from './file-system.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/** The disk itself. */
export const nodeFileSystem: FileSystem = {
  makeFolder: (path) => unless('EEXIST', false, () => mkdir(path).then(() => true)),
  list: (folder) => unless('ENOENT', [], () => readdir(folder)),
  read: (path) => unless('ENOENT', undefined, () => readFile(path)),
  open: async (path, how) => openFile(await open(path, HOW[how], 0o600)),
  rename,
  remove: (path) => unless('ENOENT', undefined, () => unlink(path)),
  syncFolder: (folder) => sync(folder, constants.O_DIRECTORY),
  syncFile: (path) => sync(path, 0),
  claim: (path, text) => unless('EEXIST', false, () => symlink(text, path).then(() => true)),
  claimText: (path) => unless('ENOENT', undefined, () => readlink(path)),
  isVolatile: async (folder) => IN_MEMORY.includes((await statfs(folder)).type),
};

const HOW = {
  new: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_TRUNC,
  existing: constants.O_WRONLY | constants.O_APPEND,
};

/** `f_type` of tmpfs and ramfs, from linux/magic.h. */
const IN_MEMORY: readonly number[] = [0x01021994, 0x858458f6];

function openFile(handle: FileHandle): OpenFile {
  return {
    async write(bytes) {
      for (let written = 0; written < bytes.length;) {
        written += (await handle.write(bytes, written)).bytesWritten;
      }
    },
    truncate: (length) => handle.truncate(length),
    // fdatasync also writes the length, which is all of the metadata a reader needs.
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** fsync asks for no right to write, so this also works on a disk mounted read-only. */
async function sync(path: string, flags: number): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | flags);
  await handle.sync().finally(() => handle.close());
}

async function unless<Value, Otherwise>(
  code: string,
  otherwise: Otherwise,
  action: () => Promise<Value>,
): Promise<Value | Otherwise> {
  try {
    return await action();
  } catch (error) {
    if (hasCode(error, code)) return otherwise;
    throw error;
  }
}
