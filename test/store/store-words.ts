import { present } from '../../shared/kit/assert.ts';
import type { Json } from '../../shared/kit/json.ts';
import type { MemoryDisk } from './memory-disk.ts';
import type { Page, Store } from '../../board-server/store/store.ts';

/** Shorthand of the tests: everything is in the collection `records`. */
export function putOf(id: string, value: Json): { collection: string; id: string; value: Json } {
  return { collection: 'records', id, value };
}

export function valueOf(store: Store, id: string): Json | undefined {
  return store.get('records', id)?.value;
}

export function listIds(store: Store, page?: Page): string[] {
  return store.list('records', page).map(({ id }) => id);
}

/** The element that a test knows to be there. */
export function at<Item>(items: readonly Item[], index: number): Item {
  return present(items.at(index), `element ${index}`);
}

/** Paths of all files below a folder, in order. */
export function filesIn(disk: MemoryDisk, folder: string): string[] {
  return [...disk.nodes]
    .filter(([path, node]) => path.startsWith(`${folder}/`) && Buffer.isBuffer(node))
    .map(([path]) => path)
    .sort();
}

/** Text of a file; undefined when there is none. */
export function textIn({ nodes }: Pick<MemoryDisk, 'nodes'>, path: string): string | undefined {
  const node = nodes.get(path);
  return Buffer.isBuffer(node) ? node.toString() : undefined;
}
