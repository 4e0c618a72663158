import { createOverlay, decide, sealed } from './decide.ts';
import type { Decision, Operation, View } from './decide.ts';
import type { Sequence } from './sequence.ts';
import type { Change, CommitResult } from './store.ts';

/** What a group of commits needs of the store around it. */
export interface GroupTarget {
  readonly view: View;
  readonly clock: () => number;
  /** Makes all operations durable at once, or none. */
  write(operations: readonly Operation[]): Promise<'durable' | 'full' | 'read-only'>;
  /** Shows the operations of one commit to readers and watchers. */
  apply(operations: readonly Operation[]): CommitResult;
}

/**
 * Commits that arrive while the disk is busy share the next write. Each is decided on the durable
 * state and on those before it in its group; nothing is answered before all are durable.
 */
export function createGroupCommit(
  sequence: Sequence,
  target: GroupTarget,
): (change: Change) => Promise<CommitResult> {
  const waiting: Waiting[] = [];

  async function settleNext(): Promise<void> {
    const group = waiting.splice(0, LARGEST_GROUP);
    if (waiting.length > 0) void sequence(settleNext);
    try {
      await settle(group, target);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return async (change) => {
    const copy = sealed(change);
    return new Promise((resolve, reject) => {
      waiting.push({ change: copy, resolve, reject });
      if (waiting.length === 1) void sequence(settleNext);
    });
  };
}

/** Bounds the memory of one line. */
const LARGEST_GROUP = 100;

interface Waiting {
  readonly change: Change;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

async function settle(group: readonly Waiting[], target: GroupTarget): Promise<void> {
  const at = target.clock();
  const overlay = createOverlay(target.view);
  const decided = group.map(({ change, resolve }) => {
    const decision = decide(overlay, change, at);
    overlay.add(operationsOf(decision));
    return { decision, resolve };
  });
  const operations = decided.flatMap(({ decision }) => operationsOf(decision));
  const outcome = operations.length === 0 ? 'durable' : await target.write(operations);
  for (const { decision, resolve } of decided) {
    // When nothing was written, a conflict with a commit of the same group is no conflict either.
    if (outcome !== 'durable') resolve({ ok: false, refusal: outcome });
    else resolve(decision.ok ? target.apply(decision.operations) : decision);
  }
}

function operationsOf(decision: Decision): readonly Operation[] {
  return decision.ok ? decision.operations : [];
}
