import type { Sha256 } from '../kit/ids.ts';
import type { Notebook, Shelf } from './ports.ts';

/** Ports that live as long as the page: where a browser denies storage, and in tests. */

export function memoryShelf(objects = new Map<Sha256, Uint8Array<ArrayBuffer>>()): Shelf {
  return {
    get: async (digest) => objects.get(digest),
    put: async (list) => {
      for (const { digest, bytes } of list) objects.set(digest, bytes);
      return 'stored';
    },
    remove: async (digests) => {
      for (const digest of digests) objects.delete(digest);
    },
    list: async () => [...objects.keys()],
  };
}

export function memoryNotebook(notes = new Map<string, string>()): Notebook {
  return {
    read: async (name) => notes.get(name),
    write: async (name, value) => {
      notes.set(name, value);
      return 'stored';
    },
  };
}
