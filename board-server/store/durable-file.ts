import { dirname } from 'node:path';
import { hasCode, isFull } from './file-system.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/** Ends the name of a file that is not in place yet. */
export const TEMPORARY = '.tmp';

/**
 * Puts a file in place whole or not at all. Its bytes are durable before it bears its name; the
 * name itself is durable once the caller has synced the folder, which serves many files at once.
 */
export async function placeFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}${TEMPORARY}`;
  try {
    const file = await fs.open(temporary, 'new');
    try {
      await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    // On a full disk the half file is in the way; on a failing one it is left for the next start.
    if (isFull(error)) await fs.remove(temporary);
    throw error;
  }
}

/**
 * Appends at `length`, durably. On a full disk what was half written is taken back, so that the
 * next append follows a whole line.
 */
export async function appendWhole(
  file: OpenFile,
  length: number,
  bytes: Uint8Array,
): Promise<'durable' | 'full'> {
  try {
    await file.write(bytes);
  } catch (error) {
    await file.truncate(length);
    if (!isFull(error)) throw error;
    await file.sync();
    return 'full';
  }
  try {
    await file.sync();
    return 'durable';
  } catch (error) {
    // The page cache would go on showing bytes that the disk may not have, also to the next start:
    // forget them. What the error was is what matters, whether or not this works.
    await file.truncate(length).catch(() => undefined);
    throw error;
  }
}

/** Makes the folder and what leads to it, each name durable in the folder above. */
export async function ensureFolder(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.makeFolder(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await ensureFolder(fs, dirname(path));
    await fs.makeFolder(path);
  }
  // Also when it was there: a process killed just after making it may not have come this far.
  await fs.syncFolder(dirname(path));
}

/** Removes what an interrupted `placeFile` left in the folder. */
export async function sweepTemporaries(fs: FileSystem, folder: string): Promise<void> {
  for (const name of await fs.list(folder)) {
    if (name.endsWith(TEMPORARY)) await fs.remove(`${folder}/${name}`);
  }
}

/**
 * Names in the folder, durable from now on: a process killed between a rename and its sync leaves
 * names that a power cut would take back after they were believed.
 */
export async function durableNames(fs: FileSystem, folder: string): Promise<readonly string[]> {
  const names = await fs.list(folder);
  if (names.length > 0) await fs.syncFolder(folder);
  return names;
}
