import { lowest } from '../../shared/kit/lowest.ts';
import type { Document, Key, Page } from './store.ts';

/** All documents, in memory, each collection in the order of its ids. */
export interface Documents {
  get(collection: string, id: string): Document | undefined;
  collections(): readonly string[];
  list(collection: string, page?: Page): readonly Document[];
  set(document: Document): void;
  delete(key: Key): void;
  count(): number;
}

export function createDocuments(): Documents {
  const collections = new Map<string, Collection>();

  return {
    get: (collection, id) => collections.get(collection)?.documents.get(id),

    collections: () =>
      [...collections].flatMap(([name, { ids }]) => (ids.length === 0 ? [] : [name])),

    list(collection, { after, limit = Infinity } = {}) {
      const held = collections.get(collection) ?? emptyCollection();
      const { ids, documents } = held;
      if (after === undefined && limit === Infinity) return all(held);
      const start = after === undefined ? 0 : firstAfter(ids, after);
      return ids.slice(start, start + limit).flatMap((id) => documents.get(id) ?? []);
    },

    set(document) {
      const { collection: name, id } = document;
      const collection = collections.get(name) ?? emptyCollection();
      collections.set(name, collection);
      if (collection.documents.has(id)) collection.changed.add(id);
      else {
        collection.ids.splice(firstAfter(collection.ids, id), 0, id);
        collection.all = undefined;
      }
      collection.documents.set(id, document);
    },

    delete({ collection: name, id }) {
      const collection = collections.get(name);
      if (collection === undefined || !collection.documents.delete(id)) return;
      collection.ids.splice(firstAfter(collection.ids, id) - 1, 1);
      collection.all = undefined;
    },

    count: () => [...collections.values()].reduce((sum, { ids }) => sum + ids.length, 0),
  };
}

interface Collection {
  /** Sorted by code unit. */
  readonly ids: string[];
  readonly documents: Map<string, Document>;
  /** The same list as long as nothing changes, so that what is derived from it can be kept by it. */
  all: readonly Document[] | undefined;
  /** Documents that took the place of others since that list was made. */
  readonly changed: Set<string>;
}

function all(collection: Collection): readonly Document[] {
  const { ids, documents, changed } = collection;
  if (collection.all === undefined) collection.all = ids.flatMap((id) => documents.get(id) ?? []);
  else if (changed.size > 0) {
    const list = [...collection.all];
    for (const id of changed) {
      const document = documents.get(id);
      if (document !== undefined) list[firstAfter(ids, id) - 1] = document;
    }
    collection.all = list;
  }
  changed.clear();
  return collection.all;
}

function emptyCollection(): Collection {
  return { ids: [], documents: new Map(), all: undefined, changed: new Set() };
}

/** Index of the first id greater than `id`. */
const firstAfter = (ids: readonly string[], id: string): number =>
  lowest(ids.length, (index) => (ids[index] ?? '') > id);
