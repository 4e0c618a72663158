import { snapshotStore } from '../backup/store-snapshot.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';

/**
 * A store's files as they stood at one moment, whether or not a server has them open. Undefined when it
 * wrote faster than it could be read, several times over.
 */
export async function takeStore(
  folder: string,
): Promise<ReadonlyMap<string, Buffer<ArrayBuffer>> | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const files = new Map<string, Buffer<ArrayBuffer>>();
    const take = async (path: string, bytes: Buffer<ArrayBuffer>) => void files.set(path, bytes);
    if (await snapshotStore(nodeFileSystem, folder, take)) return files;
  }
  return undefined;
}

const ATTEMPTS = 5;
