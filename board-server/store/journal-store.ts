import { accepted, refused } from '../../shared/kit/result.ts';
import type { Result } from '../../shared/kit/result.ts';
import { ensureFolder } from './durable-file.ts';
import { hasCode } from './file-system.ts';
import type { FileSystem } from './file-system.ts';
import { createJournaled } from './journaled.ts';
import type { JournalStore, Opened } from './journaled.ts';
import { load } from './load.ts';
import { takeLock } from './lock.ts';
import type { Processes } from './lock.ts';
import type { Migrations } from './migrations.ts';

export interface JournalStoreOptions {
  /** The data folder, for this store alone. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly processes: Processes;
  readonly clock: () => number;
  readonly migrations?: Migrations;
  /** For tests of other things: a folder in memory loses everything with the power. */
  readonly allowVolatile?: boolean;
  /** Journal a start may have to replay, in bytes, before documents are written. */
  readonly checkpointBytes?: number;
}

/**
 * - `locked`: another process has the folder open; `detail` names it.
 * - `volatile`: the folder lies in memory.
 * - `newer`: a later version of the program wrote in it; `detail` names what.
 */
export type OpenRefusal = 'locked' | 'volatile' | 'newer';

/**
 * The store on a disk. A commit is one checksummed, fdatasynced journal line; documents (one lowdb
 * file each) and logs are written behind it. Opening replays what they lack, and what has been
 * opened is durable. On a full disk it opens `full`, on a read-only one `read-only`.
 */
export async function openJournalStore(
  options: JournalStoreOptions,
): Promise<Result<JournalStore, OpenRefusal>> {
  const { folder, fileSystem: fs, migrations = new Map() } = options;
  await ensureFolder(fs, folder);
  if (options.allowVolatile !== true && (await fs.isVolatile(folder))) {
    return refused('volatile', folder);
  }
  const lock = await lockUnlessReadOnly(fs, folder, options.processes);
  if (!lock.ok) return refused('locked', lock.holder);
  try {
    const loaded = await load(fs, folder, migrations);
    if (loaded.ok)
      return accepted(
        await start(options, { migrations, loaded: loaded.value, release: lock.release }),
      );
    await lock.release();
    return loaded;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function start(
  { folder, fileSystem: fs, clock, checkpointBytes = 4 << 20 }: JournalStoreOptions,
  parts: Pick<Opened, 'migrations' | 'loaded' | 'release'>,
): Promise<JournalStore> {
  const store = createJournaled({ fs, folder, clock, checkpointBytes, ...parts });
  await store.checkpoint();
  return store;
}

/** A disk mounted read-only takes no lock, and needs none: nobody can write to it. */
async function lockUnlessReadOnly(
  fs: FileSystem,
  folder: string,
  processes: Processes,
): ReturnType<typeof takeLock> {
  try {
    return await takeLock(fs, folder, processes);
  } catch (error) {
    if (!hasCode(error, 'EROFS')) throw error;
    return { ok: true, release: async () => undefined };
  }
}
