import type { StoreHealth } from './store.ts';

/** What the disk has shown of itself. A failure stays; fullness goes when a write succeeds. */
export interface Health {
  status(): StoreHealth;
  hasFailed(): boolean;
  fail(error: unknown): void;
  /** Whether the last commit, or the last checkpoint, found the disk full. */
  noteFull(work: 'commit' | 'checkpoint', isFull: boolean): void;
}

export function createHealth(): Health {
  const full = new Set<string>();
  let failure: string | undefined;
  return {
    status() {
      if (failure !== undefined) return { state: 'read-only', reason: failure };
      if (full.size === 0) return { state: 'ok' };
      return { state: 'full', reason: `no space for: ${[...full].join(', ')}` };
    },
    hasFailed: () => failure !== undefined,
    fail(error) {
      failure ??= String(error);
    },
    noteFull(work, isFull) {
      if (isFull) full.add(work);
      else full.delete(work);
    },
  };
}
