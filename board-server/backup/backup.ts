import { createReadStream } from 'node:fs';
import { link, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { objectPath } from '../objects/object-files.ts';
import { TEMPORARY } from '../store/durable-file.ts';
import { hasCode } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { About } from './about.ts';
import { ABOUT, writeAbout } from './about.ts';
import type { ArchiveTotal, ArchiveWriter } from './archive-writer.ts';
import { createArchiveWriter } from './archive-writer.ts';
import type { DataFolder } from './data-folder.ts';
import type { FoundObject } from './object-walk.ts';
import { bytesIn, objectNames, readObject } from './object-walk.ts';
import { createSealedFile } from './sealed-file.ts';
import { snapshotStore } from './store-snapshot.ts';

export interface BackupJob {
  readonly folder: DataFolder;
  readonly file: string;
  readonly overwrite: 'allowed' | 'refused';
  readonly passphrase: string;
  readonly about: About;
  readonly random: (bytes: number) => Uint8Array;
}

export interface MadeBackup extends ArchiveTotal {
  /** Objects whose bytes are not those they are named for: left out. */
  readonly damaged: readonly string[];
}

/**
 * - `exists`: there is such a file already.
 * - `inside`: the file would lie in the data folder it is to replace.
 * - `no-hall`: there is nothing to back up.
 * - `too-busy`: the server committed faster than its files could be read, several times over.
 */
export type BackupRefusal = 'exists' | 'inside' | 'no-hall' | 'too-busy';

/**
 * [BK1] Everything a hall needs, sealed in one file, while its server may be running. The file bears
 * its name only when it is whole and durable.
 */
export async function makeBackup(job: BackupJob): Promise<Result<MadeBackup, BackupRefusal>> {
  const { folder, file } = job;
  if (`${file}/`.startsWith(`${folder.path}/`)) return refused('inside', file);
  if (!(await isThere(folder.store)) || !(await isThere(folder.keys)))
    return refused('no-hall', folder.path);
  if (job.overwrite === 'refused' && (await isThere(file))) return refused('exists', file);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const made = await writeBackup(job, `${file}${TEMPORARY}`);
    if (made !== 'too-busy') return made;
  }
  return refused('too-busy');
}

const ATTEMPTS = 5;

async function writeBackup(
  job: BackupJob,
  temporary: string,
): Promise<Result<MadeBackup, BackupRefusal> | 'too-busy'> {
  await nodeFileSystem.remove(temporary); // Left by a run that was killed.
  const sealed = await createSealedFile(temporary, job.passphrase, job.random);
  try {
    const archive = createArchiveWriter(sealed);
    await archive.add(ABOUT, writeAbout(job.about));
    for (const part of ['keys', 'tls']) await addFolder(archive, job.folder.path, part);
    const { store, objects } = job.folder;
    const take = (path: string, bytes: Buffer) => archive.add(`store/${path}`, bytes);
    if (!(await snapshotStore(nodeFileSystem, store, take))) return 'too-busy';
    // After the store: whatever it names was kept before it was named.
    const damaged = await addObjects(archive, objects);
    const total = await archive.finish();
    await sealed.finish();
    if (!(await bearName(temporary, job))) return refused('exists', job.file);
    return accepted({ ...total, damaged });
  } finally {
    await sealed.close();
    await nodeFileSystem.remove(temporary);
  }
}

async function addFolder(archive: ArchiveWriter, root: string, part: string): Promise<void> {
  if (!(await isThere(`${root}/${part}`))) return;
  const found = await readdir(`${root}/${part}`, { recursive: true, withFileTypes: true });
  for (const entry of found) {
    if (!entry.isFile() || entry.name.endsWith(TEMPORARY)) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    await archive.add(path.slice(root.length + 1), await readFile(path));
  }
}

async function addObjects(archive: ArchiveWriter, root: string): Promise<readonly string[]> {
  const damaged: string[] = [];
  for await (const object of readAhead(root, await objectNames(root))) {
    const path = objectPath(object.name);
    if (!object.isSound) damaged.push(`objects/${path}`);
    else if (object.held !== undefined) await archive.add(`objects/${path}`, object.held);
    else await archive.addLarge(`objects/${path}`, object.bytes, chunksOf(`${root}/${path}`));
  }
  return damaged;
}

/** Objects in order, a few being read at a time. One that has gone was swept: nothing names it. */
async function* readAhead(root: string, names: readonly Sha256[]): AsyncIterable<FoundObject> {
  for (let from = 0; from < names.length; from += AHEAD) {
    const some = names.slice(from, from + AHEAD);
    for (const object of await Promise.all(some.map((name) => readObject(root, name))))
      if (object !== undefined) yield object;
  }
}

/** Each is held whole when it is small: at most 64 MB. */
const AHEAD = 16;

async function* chunksOf(path: string): AsyncIterable<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    yield bytesIn(chunk);
}

/** Gives the file its name, durably; false when somebody else's file bears it by now. */
async function bearName(temporary: string, { file, overwrite }: BackupJob): Promise<boolean> {
  if (overwrite === 'allowed') await rename(temporary, file);
  else if (!(await renameAnew(temporary, file))) return false;
  await nodeFileSystem.syncFolder(dirname(file));
  return true;
}

async function renameAnew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await unlink(from);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // A stick formatted as FAT knows no links.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error;
    if (await isThere(to)) return false;
    await rename(from, to);
    return true;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
