import { isFull } from './file-system.ts';
import type { Health } from './health.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { Sequence } from './sequence.ts';

/** Brings the files up to the journal, and drops the journal they no longer need. */
export interface Checkpoints {
  /** Ends with the checkpoint that runs, or with one begun now. Never rejects: see `Health`. */
  run(): Promise<void>;
  /** Ends with one begun now, after any that runs. */
  runAnew(): Promise<void>;
}

export function createCheckpoints(parts: {
  readonly sequence: Sequence;
  readonly journal: JournalWriter;
  readonly writeBehind: () => Promise<'done' | 'full'>;
  readonly health: Health;
}): Checkpoints {
  const { sequence, journal, writeBehind, health } = parts;
  let running: Promise<void> | undefined;

  async function once(): Promise<void> {
    if (health.hasFailed()) return;
    try {
      // Rotation comes first: what a segment says is dropped only when all of it was applied
      // before the writing behind began.
      let outcome = await sequence(() => journal.rotate());
      if (outcome === 'done') outcome = await writeBehind();
      if (outcome === 'done') await journal.dropOlder();
      health.noteFull('checkpoint', outcome === 'full');
    } catch (error) {
      if (isFull(error)) health.noteFull('checkpoint', true);
      else health.fail(error);
    }
  }

  function run(): Promise<void> {
    running ??= once().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    run,
    async runAnew() {
      await running;
      await run();
      // Where an earlier one had found the disk full, this one dropped only what that one left.
      if (journal.bytes() > 0) await run();
    },
  };
}
