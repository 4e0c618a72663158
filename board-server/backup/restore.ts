import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { hasCode } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { About } from './about.ts';
import { ABOUT, readAbout } from './about.ts';
import { DamagedArchive, readArchive, wholeOf } from './archive-reader.ts';
import type { ArchiveEntry } from './archive-reader.ts';
import type { DataFolder } from './data-folder.ts';
import { PARTS, RESTORING } from './data-folder.ts';
import { writeRestoredMark } from './restored-mark.ts';
import { createRestoreWriter } from './restore-writer.ts';
import { DamagedSeal, openSealedFile } from './sealed-file.ts';
import type { SealedRefusal } from './sealed-file.ts';

/**
 * - `occupied`: the data folder holds something already.
 * - `volatile`: it lies in memory.
 * - `not-a-backup`: the file opens, but holds something else.
 */
export type RestoreRefusal = SealedRefusal | 'occupied' | 'volatile' | 'not-a-backup';

export interface Restored {
  readonly about: About;
  readonly files: number;
}

/**
 * [BK3] [BK4] Puts a backup into an empty data folder, whole or not at all: everything is written
 * and synced under `restoring`, and only then moved into place. What was cut short is cleared by the
 * next try, and no server starts on it.
 */
export async function restoreBackup(
  folder: DataFolder,
  file: string,
  { passphrase, now }: { readonly passphrase: string; readonly now: number },
): Promise<Result<Restored, RestoreRefusal>> {
  if (!(await isVacant(folder.path))) return refused('occupied', folder.path);
  const sealed = await openSealedFile(file, passphrase);
  if (!sealed.ok) return sealed;
  const isNew = (await mkdir(folder.path, { recursive: true, mode: 0o700 })) !== undefined;
  try {
    if (await nodeFileSystem.isVolatile(folder.path)) return refused('volatile', folder.path);
    await clear(folder.path);
    await mkdir(folder.restoring, { mode: 0o700 });
    await nodeFileSystem.syncFolder(folder.path);
    const written = await writeAll(folder, readArchive(sealed.value.chunks()));
    if (!written.ok) return written;
    await takePlace(folder, { v: 1, epoch: written.value.about.epoch, restoredAt: now });
    return written;
  } catch (error) {
    if (error instanceof DamagedSeal || error instanceof DamagedArchive)
      return refused('damaged', error.message);
    throw error;
  } finally {
    await sealed.value.close();
    if (await isCutShort(folder)) await clear(folder.path);
    if (isNew && (await readdir(folder.path)).length === 0)
      await rm(folder.path, { recursive: true });
  }
}

/** Whether a restore into this folder did not come to its end. */
export async function isCutShort({ path }: DataFolder): Promise<boolean> {
  return (await nodeFileSystem.list(path)).includes(RESTORING);
}

/** Everything beside an unfinished restore came from it: it began with an empty folder. */
async function isVacant(path: string): Promise<boolean> {
  const names = await namesIn(path);
  return names.length === 0 || names.includes(RESTORING);
}

async function clear(path: string): Promise<void> {
  // The telltale name goes last.
  const names = (await namesIn(path)).filter((name) => name !== RESTORING);
  for (const name of names) await rm(`${path}/${name}`, { recursive: true });
  await rm(`${path}/${RESTORING}`, { recursive: true, force: true });
}

async function namesIn(path: string): Promise<string[]> {
  try {
    // What a volume brings with it is nobody's data.
    return (await readdir(path)).filter((name) => name !== 'lost+found');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function writeAll(
  { restoring }: DataFolder,
  entries: AsyncIterable<ArchiveEntry>,
): Promise<Result<Restored, 'not-a-backup' | 'damaged'>> {
  const writer = createRestoreWriter(restoring);
  let about: About | undefined;
  let files = 0;
  for await (const entry of entries) {
    if (about === undefined) {
      about = entry.path === ABOUT ? readAbout(await wholeOf(entry)) : undefined;
      if (about === undefined) return refused('not-a-backup');
      continue;
    }
    if (!isPlain(entry.path)) return refused('damaged', entry.path);
    await writer.add(entry);
    files += 1;
  }
  await writer.finish();
  return about === undefined ? refused('not-a-backup') : accepted({ about, files });
}

/** A path that leads to a part of a data folder and nowhere else. */
function isPlain(path: string): boolean {
  const [part, ...rest] = path.split('/');
  return (
    PARTS.some((name) => name === part) &&
    rest.length > 0 &&
    rest.every((name) => /^[\w=%-][\w.=%-]*$/.test(name))
  );
}

async function takePlace(
  { path, restoring }: DataFolder,
  mark: Parameters<typeof writeRestoredMark>[2],
): Promise<void> {
  // [BK5] From the first moment on at which a server could start.
  await writeRestoredMark(nodeFileSystem, path, mark);
  for (const part of await readdir(restoring))
    await rename(`${restoring}/${part}`, `${path}/${part}`);
  await nodeFileSystem.syncFolder(path);
  await rm(restoring, { recursive: true });
  await nodeFileSystem.syncFolder(path);
  const above = await open(dirname(path));
  await above.sync().finally(() => above.close());
}
