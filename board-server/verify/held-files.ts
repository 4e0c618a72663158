import type { FileSystem } from '../store/file-system.ts';

/** The files of a snapshot as a disk that cannot be written: a store can be loaded from it. */
export function heldFiles(files: ReadonlyMap<string, Buffer<ArrayBuffer>>): FileSystem {
  const names = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      const inside = names.get(folder) ?? new Set();
      names.set(folder, inside.add(parts[depth] ?? ''));
    }
  }
  return {
    list: async (folder) => [...(names.get(folder) ?? [])],
    read: async (path) => files.get(path),
    syncFolder: async () => undefined,
    syncFile: async () => undefined,
    isVolatile: async () => true,
    makeFolder: refuse,
    open: refuse,
    rename: refuse,
    remove: refuse,
    claim: refuse,
    claimText: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new Error('broken assumption: a snapshot is not written to');
}
