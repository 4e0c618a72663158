import type * as z from 'zod/mini';
import type { Json } from '../../shared/kit/json.ts';
import { keptBy, keptByEach } from '../../shared/kit/kept.ts';
import type { Document, Key, Store } from '../store/store.ts';

/**
 * A collection of one type. A document is parsed when it is first read in this version; one that
 * does not parse is a fault of the program or of the disk, so it throws and names the document.
 */
export function createCollection<Value extends object>(
  store: Pick<Store, 'get' | 'list'>,
  collection: string,
  schema: z.ZodMiniType<Value>,
): Collection<Value> {
  const open = keptBy((document: Document): Kept<Value> => {
    const result = schema.safeParse(document.value);
    if (!result.success) {
      throw new Error(
        `broken assumption: ${collection}/${document.id} is not what this program stores`,
      );
    }
    return { id: document.id, revision: document.version, value: result.data };
  });
  const openAll = keptByEach(open);
  return {
    get(id) {
      const document = store.get(collection, id);
      return document === undefined ? undefined : open(document);
    },
    list: () => openAll(store.list(collection)),
    // A value of the schema is JSON by construction; `object` only loses that on the way here.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    put: (id, value) => ({ collection, id, value: value as Json }),
    key: (id) => ({ collection, id }),
    expect: (id, version) => ({ collection, id, version }),
  };
}

export interface Collection<Value> {
  get(id: string): Kept<Value> | undefined;
  /** In the order of ids; the same list until something changes. */
  list(): readonly Kept<Value>[];
  /** For the `puts` of a commit. */
  put(id: string, value: Value): Key & { readonly value: Json };
  /** For the `removes` of a commit. */
  key(id: string): Key;
  /** For the `ifVersions` of a commit; revision 0 means that it must not exist. */
  expect(id: string, revision: number): Key & { readonly version: number };
}

export interface Kept<Value> {
  readonly id: string;
  /** Grows by one with each put. */
  readonly revision: number;
  readonly value: Value;
}
