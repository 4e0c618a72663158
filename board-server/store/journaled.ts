import { assert } from '../../shared/kit/assert.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createCommitTarget } from './commit-target.ts';
import type { View } from './decide.ts';
import type { FileSystem } from './file-system.ts';
import { createGroupCommit } from './group-commit.ts';
import { createHealth } from './health.ts';
import { createJournalWriter } from './journal-writer.ts';
import { createListeners } from './listeners.ts';
import { JOURNAL } from './load.ts';
import type { Loaded } from './load.ts';
import type { Migrations } from './migrations.ts';
import { createQuarantine } from './quarantine.ts';
import { createSequence } from './sequence.ts';
import type { LogEntry, LogRange, Store } from './store.ts';
import { createWriteBehind } from './write-behind.ts';

export interface JournalStore extends Store {
  /** Brings documents and logs up to the journal, and drops the journal they no longer need. */
  checkpoint(): Promise<void>;
}

export interface Opened {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly loaded: Loaded;
  readonly migrations: Migrations;
  readonly clock: () => number;
  readonly checkpointBytes: number;
  readonly release: () => Promise<void>;
}

/** The running store over a folder that has been locked and loaded. */
export function createJournaled(opened: Opened): JournalStore {
  const { fs, folder, loaded } = opened;
  const { documents } = loaded;
  const quarantine = createQuarantine(fs, folder, opened.clock());
  const journal = createJournalWriter(fs, `${folder}/${JOURNAL}`, loaded.journal, (segment) =>
    quarantine.move(`${JOURNAL}/${segment}`),
  );
  const writeBehind = createWriteBehind(fs, folder, { loaded, quarantine });
  const health = createHealth();
  const listeners = createListeners();
  const sequence = createSequence();
  const checkpoints = createCheckpoints({ sequence, journal, writeBehind, health });
  const view = viewOf(loaded);
  const target = { ...opened, state: loaded, view, journal, health, listeners, checkpoints };
  const commit = createGroupCommit(sequence, createCommitTarget(target));
  let isOpen = true;

  return {
    get: documents.get,
    collections: documents.collections,
    list: documents.list,
    head: view.head,
    read: (log, range) => readLog(loaded, log, range),
    watch: listeners.add,
    async commit(change) {
      assert(isOpen, 'commit to a closed store');
      return commit(change);
    },
    status: () => ({
      ...health.status(),
      documents: documents.count(),
      journalBytes: journal.bytes(),
      damage: loaded.damage,
    }),
    checkpoint: checkpoints.runAnew,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await commit({}); // The last in the line: when it is answered, so are all before it.
      await checkpoints.runAnew();
      await journal.close();
      // On a failed disk it may stay: a lock is taken over once its process is gone.
      await opened.release().catch(() => undefined);
    },
  };
}

function viewOf({ documents, unwritten, logFiles }: Loaded): View {
  return {
    version: ({ collection, id }) => documents.get(collection, id)?.version ?? 0,
    head(log) {
      const { seq, hash } = unwritten.entries.get(log)?.at(-1) ?? logFiles.head(log);
      return { seq, hash };
    },
  };
}

/** What the files hold, then what they do not hold yet. */
async function readLog(
  { unwritten, logFiles }: Loaded,
  log: string,
  { from = 1, limit = Infinity }: LogRange = {},
): Promise<readonly LogEntry[]> {
  const { seq } = logFiles.head(log);
  const recent = (unwritten.entries.get(log) ?? []).filter(
    (entry) => entry.seq > seq && entry.seq >= from,
  );
  const older = from <= seq ? await logFiles.read(log, { from, limit }) : [];
  return [...older, ...recent].slice(0, limit);
}
