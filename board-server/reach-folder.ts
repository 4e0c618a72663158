import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Result } from '../shared/kit/result.ts';
import { accepted, refused } from '../shared/kit/result.ts';
import { ensureFolder } from './store/durable-file.ts';
import { hasCode } from './store/file-system.ts';
import { nodeFileSystem } from './store/node-file-system.ts';

/** [OP10] Whether the server can work in the folder, made where it is missing. A disk that is read-only can serve. */
export async function reachFolder(path: string): Promise<Result<undefined, 'unreachable'>> {
  const { R_OK, W_OK, X_OK } = constants;
  try {
    try {
      await access(`${path}/.`, R_OK | W_OK | X_OK);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      await ensureFolder(nodeFileSystem, path);
    }
    return accepted(undefined);
  } catch (error) {
    if (hasCode(error, 'EROFS')) return accepted(undefined);
    if (error instanceof Error && hasCode(error, 'EACCES', 'EPERM', 'ENOTDIR', 'ENOENT'))
      return refused('unreachable', error.message);
    throw error;
  }
}
