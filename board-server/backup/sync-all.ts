import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { forEachConcurrently } from '../store/concurrent.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';

/** What was written below a folder, none of it synced yet. */
interface Written {
  readonly root: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Makes tens of thousands of files durable. The kernel can do it for a whole file system at once
 * (syncfs(2), which also tells of failed writes), and Node cannot ask for that; the system's own
 * `sync -f` can. Where there is none, file by file, which takes longer.
 */
export async function syncAll({ root, files, folders }: Written): Promise<void> {
  if (await syncFileSystem(root)) return;
  await forEachConcurrently(files, SYNCING, nodeFileSystem.syncFile);
  await forEachConcurrently(folders, SYNCING, nodeFileSystem.syncFolder);
}

const SYNCING = 8;

async function syncFileSystem(folder: string): Promise<boolean> {
  const child = spawn('sync', ['-f', folder], { stdio: 'ignore' });
  try {
    await once(child, 'exit');
    return child.exitCode === 0;
  } catch {
    return false; // There is no such program.
  }
}
