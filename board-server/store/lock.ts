import type { FileSystem } from './file-system.ts';

/** Who runs: so that a lock left by a process that died does not keep its successor out. */
export interface Processes {
  /** This process, by a name that no other process ever had. */
  readonly self: string;
  isAlive(name: string): Promise<boolean>;
}

export type LockOutcome =
  | { readonly ok: true; readonly release: () => Promise<void> }
  | { readonly ok: false; readonly refusal: 'locked'; readonly holder: string };

/**
 * One process per folder. A lock is a symbolic link `lock-7` that names its holder; to take it over
 * is to make `lock-8`, which the file system lets only one process do. Numbers never go back, so
 * nobody can take a lock they read about before somebody else did.
 */
export async function takeLock(
  fs: FileSystem,
  folder: string,
  processes: Processes,
): Promise<LockOutcome> {
  for (;;) {
    const highest = Math.max(0, ...(await generations(fs, folder)));
    const holder = highest === 0 ? RELEASED : await fs.claimText(lockPath(folder, highest));
    if (holder === undefined) continue; // Taken over since the folder was listed.
    if (holder !== RELEASED && (await processes.isAlive(holder))) {
      return { ok: false, refusal: 'locked', holder };
    }
    const mine = highest + 1;
    if (!(await fs.claim(lockPath(folder, mine), processes.self))) continue;
    const others = (await generations(fs, folder)).filter((generation) => generation !== mine);
    if (others.some((generation) => generation > mine)) {
      await fs.remove(lockPath(folder, mine)); // The listing was older than a whole take-over.
      continue;
    }
    for (const older of others) await fs.remove(lockPath(folder, older));
    return { ok: true, release: () => release(fs, folder, mine) };
  }
}

const RELEASED = 'released';

async function release(fs: FileSystem, folder: string, mine: number): Promise<void> {
  if (await fs.claim(lockPath(folder, mine + 1), RELEASED)) await fs.remove(lockPath(folder, mine));
}

async function generations(fs: FileSystem, folder: string): Promise<number[]> {
  return (await fs.list(folder)).flatMap((name) => {
    const generation = /^lock-(?<generation>\d{1,15})$/.exec(name)?.groups?.['generation'];
    return generation === undefined ? [] : [Number(generation)];
  });
}

function lockPath(folder: string, generation: number): string {
  return `${folder}/lock-${generation}`;
}
