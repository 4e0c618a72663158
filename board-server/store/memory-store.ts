import { assert } from '../../shared/kit/assert.ts';
import { accepted } from '../../shared/kit/result.ts';
import { EMPTY_LOG } from './chain.ts';
import { committedOf, decide, sealed } from './decide.ts';
import { createDocuments } from './documents.ts';
import { createListeners } from './listeners.ts';
import type { LogEntry, Store } from './store.ts';

/** A store that forgets at the end of the process: for tests and trials. */
export function createMemoryStore({ clock }: { readonly clock: () => number }): Store {
  const documents = createDocuments();
  const logs = new Map<string, LogEntry[]>();
  const listeners = createListeners();
  const head: Store['head'] = (log) => logs.get(log)?.at(-1) ?? EMPTY_LOG;
  const view = {
    version: ({ collection, id }: { collection: string; id: string }) =>
      documents.get(collection, id)?.version ?? 0,
    head,
  };
  let open = true;

  return {
    get: documents.get,
    collections: documents.collections,
    list: documents.list,
    head: (log) => ({ seq: head(log).seq, hash: head(log).hash }),
    read: async (log, { from = 1, limit = Infinity } = {}) =>
      (logs.get(log) ?? []).slice(Math.max(from, 1) - 1).slice(0, limit),
    watch: listeners.add,
    async commit(change) {
      assert(open, 'commit to a closed store');
      const decision = decide(view, sealed(change), clock());
      if (!decision.ok) return decision;
      const committed = committedOf(decision.operations);
      committed.documents.forEach(documents.set);
      committed.removed.forEach(documents.delete);
      for (const entry of committed.entries) {
        const entries = logs.get(entry.log) ?? [];
        logs.set(entry.log, entries);
        entries.push(entry);
      }
      if (decision.operations.length > 0) listeners.tell(committed);
      return accepted(committed);
    },
    status: () => ({ state: 'ok', documents: documents.count(), journalBytes: 0, damage: [] }),
    async close() {
      open = false;
    },
  };
}
