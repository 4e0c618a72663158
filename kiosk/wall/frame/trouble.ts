import type { Faults } from '../../../shared/protocol/wall.ts';

/** What goes wrong with a simulated device just now. */
export interface Trouble {
  readonly now: Faults;
  become(faults: Faults): void;
  /** Called after each change, with what was before. Returns how to stop listening. */
  listen(listener: (before: Faults) => void): () => void;
}

export function createTrouble(first: Faults): Trouble {
  let now = first;
  const listeners = new Set<(before: Faults) => void>();
  return {
    get now() {
      return now;
    },
    become(faults) {
      const before = now;
      now = faults;
      for (const listener of listeners) listener(before);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
