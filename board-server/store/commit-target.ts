import { accepted } from '../../shared/kit/result.ts';
import type { Checkpoints } from './checkpoints.ts';
import { committedOf } from './decide.ts';
import type { Operation, View } from './decide.ts';
import type { GroupTarget } from './group-commit.ts';
import type { Health } from './health.ts';
import type { JournalOperation } from './journal-line.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { Listeners } from './listeners.ts';
import { currentShape } from './migrations.ts';
import type { Migrations } from './migrations.ts';
import { applyOperation } from './state.ts';
import type { State } from './state.ts';

/** Commits go to the journal, then into memory, then to those who watch. */
export function createCommitTarget(parts: {
  readonly state: State;
  readonly view: View;
  readonly migrations: Migrations;
  readonly clock: () => number;
  readonly journal: JournalWriter;
  readonly health: Health;
  readonly listeners: Listeners;
  readonly checkpoints: Checkpoints;
  readonly checkpointBytes: number;
}): GroupTarget {
  const { state, migrations, journal, health } = parts;

  function shaped(operation: Operation): JournalOperation {
    if (!('put' in operation)) return operation;
    return { put: { ...operation.put, v: currentShape(migrations, operation.put.collection) } };
  }

  return {
    view: parts.view,
    clock: parts.clock,
    async write(operations) {
      if (health.hasFailed()) return 'read-only';
      try {
        const outcome = await journal.append(operations.map(shaped));
        health.noteFull('commit', outcome === 'full');
        return outcome;
      } catch (error) {
        health.fail(error);
        return 'read-only';
      }
    },
    apply(operations) {
      for (const operation of operations) {
        applyOperation(state, shaped(operation), journal.last());
      }
      if (journal.bytes() >= parts.checkpointBytes) void parts.checkpoints.run();
      const committed = committedOf(operations);
      if (operations.length > 0) parts.listeners.tell(committed);
      return accepted(committed);
    },
  };
}
