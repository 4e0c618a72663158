import type { Json } from '../../shared/kit/json.ts';
import type { Change, Store } from '../../board-server/store/store.ts';

/** What a store should hold, kept in the plainest way. */
export interface Model {
  readonly documents: ReadonlyMap<string, { readonly version: number; readonly value: Json }>;
  readonly logs: ReadonlyMap<string, readonly Json[]>;
}

export const EMPTY_MODEL: Model = { documents: new Map(), logs: new Map() };

/** The model after a change; undefined when one of its conditions does not hold. */
export function modelAfter(model: Model, change: Change): Model | undefined {
  const versionOf = (collection: string, id: string): number =>
    model.documents.get(`${collection}/${id}`)?.version ?? 0;
  const holds = (change.ifVersions ?? []).every(
    ({ collection, id, version }) => versionOf(collection, id) === version,
  );
  if (!holds) return undefined;
  const documents = new Map(model.documents);
  const logs = new Map(model.logs);
  for (const { collection, id, value } of change.puts ?? []) {
    documents.set(`${collection}/${id}`, { version: versionOf(collection, id) + 1, value });
  }
  for (const { collection, id } of change.removes ?? []) documents.delete(`${collection}/${id}`);
  for (const { log, value } of change.appends ?? []) {
    logs.set(log, [...(logs.get(log) ?? []), value]);
  }
  return { documents, logs };
}

/** Text that is equal for models that are equal. */
export function textOf({ documents, logs }: Model): string {
  return JSON.stringify([byKey(documents), byKey(logs)]);
}

function byKey<Value>(members: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...members].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a store holds of the given collections and logs, as a model. */
export async function modelOf(
  store: Store,
  {
    collections,
    logs,
  }: { readonly collections: readonly string[]; readonly logs: readonly string[] },
): Promise<Model> {
  const documents = collections
    .flatMap((collection) => store.list(collection))
    .map(
      ({ collection, id, version, value }) => [`${collection}/${id}`, { version, value }] as const,
    );
  const entries = await Promise.all(
    logs.map(async (log) => [log, (await store.read(log)).map(({ value }) => value)] as const),
  );
  return {
    documents: new Map(documents),
    logs: new Map(entries.filter(([, values]) => values.length > 0)),
  };
}
