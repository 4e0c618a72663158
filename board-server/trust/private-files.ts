import { chmod, readdir, stat } from 'node:fs/promises';
import { hasCode } from '../store/file-system.ts';

/**
 * Leaves the path to the server's own user: a copy from a backup may have come back readable by everyone.
 * Where the disk is read-only, or the path is another user's, it stays as it is.
 */
export async function makePrivate(path: string, mode: 0o600 | 0o700): Promise<void> {
  if (((await stat(path)).mode & 0o777) === mode) return;
  try {
    await chmod(path, mode);
  } catch (error) {
    if (!hasCode(error, 'EROFS', 'EPERM')) throw error;
  }
}

/** [OP9] Secrets of the key folder that others may read, or write, by the names of their files. */
export async function exposedSecrets(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(?:pem|key)$/.test(name)).sort();
  const modes = await Promise.all(
    names.map(async (name) => (await stat(`${folder}/${name}`)).mode),
  );
  return names.filter((_name, index) => ((modes[index] ?? 0) & 0o077) !== 0);
}
