import type { Committed } from './store.ts';

export interface Listeners {
  /** Returns how to stop. */
  add(listener: (committed: Committed) => void): () => void;
  tell(committed: Committed): void;
}

export function createListeners(): Listeners {
  const listeners = new Set<{ readonly call: (committed: Committed) => void }>();
  return {
    add(call) {
      const listener = { call };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(committed) {
      for (const listener of listeners) {
        try {
          listener.call(committed);
        } catch (error) {
          // The commit is durable whatever a listener thinks of it, and the others must hear of it;
          // the fault still surfaces, as an uncaught error of its own.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
