import { basename, dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../board-server/store/file-system.ts';

/** What a path is: a folder, a file's bytes, or the text of a symbolic link. */
export type Node = 'folder' | Buffer<ArrayBuffer> | { readonly link: string };

export interface MemoryDisk extends FileSystem {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Changes the bytes of a file behind everyone's back. */
  edit(path: string, change: (bytes: Buffer) => Buffer): void;
}

/** A disk in memory: every state of a disk can be one, and be read quickly. */
export function createMemoryDisk(initial: ReadonlyMap<string, Node> = new Map()): MemoryDisk {
  const nodes = new Map<string, Node>([['/', 'folder'], ...initial]);
  const namesIn = new Map<string, Set<string>>();
  const enter = (path: string, node: Node): void => {
    const names = namesIn.get(dirname(path)) ?? new Set();
    namesIn.set(dirname(path), names.add(basename(path)));
    nodes.set(path, node);
  };
  const leave = (path: string): void => {
    nodes.delete(path);
    namesIn.get(dirname(path))?.delete(basename(path));
  };
  for (const [path, node] of initial) if (path !== '/') enter(path, node);
  const inFolder = (path: string): void => {
    if (nodes.get(dirname(path)) !== 'folder') throw fault('ENOENT', path);
  };
  const fileAt = (path: string): Buffer<ArrayBuffer> => {
    const node = nodes.get(path);
    if (!Buffer.isBuffer(node)) throw fault(node === undefined ? 'ENOENT' : 'EISDIR', path);
    return node;
  };

  return {
    nodes,
    edit: (path, change) => enter(path, Buffer.from(change(Buffer.from(fileAt(path))))),
    async makeFolder(path) {
      inFolder(path);
      if (nodes.has(path)) return false;
      enter(path, 'folder');
      return true;
    },
    list: async (folder) => [...(namesIn.get(folder) ?? [])],
    async read(path) {
      return nodes.has(path) ? Buffer.from(fileAt(path)) : undefined;
    },
    async open(path, how) {
      inFolder(path);
      if (how === 'existing') fileAt(path);
      if (how === 'new') enter(path, Buffer.alloc(0));
      return openFile(nodes, path);
    },
    async rename(from, to) {
      inFolder(to);
      enter(to, fileAt(from));
      leave(from);
    },
    async remove(path) {
      leave(path);
    },
    async syncFolder(folder) {
      if (nodes.get(folder) !== 'folder') throw fault('ENOENT', folder);
    },
    async syncFile(path) {
      fileAt(path);
    },
    async claim(path, text) {
      inFolder(path);
      if (nodes.has(path)) return false;
      enter(path, { link: text });
      return true;
    },
    async claimText(path) {
      const node = nodes.get(path);
      return typeof node === 'object' && 'link' in node ? node.link : undefined;
    },
    isVolatile: async () => false,
  };
}

/** A fault as Node throws it. */
export function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** Writes by path: nothing here renames a file that is still open. */
function openFile(nodes: Map<string, Node>, path: string): OpenFile {
  const bytes = (): Buffer<ArrayBuffer> => {
    const node = nodes.get(path);
    if (!Buffer.isBuffer(node)) throw fault('ENOENT', path);
    return node;
  };
  return {
    async write(more) {
      nodes.set(path, Buffer.concat([bytes(), more]));
    },
    async truncate(length) {
      const before = bytes().subarray(0, length);
      nodes.set(path, Buffer.concat([before], length));
    },
    sync: async () => undefined,
    close: async () => undefined,
  };
}
