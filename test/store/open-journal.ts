import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStoreOptions } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';

export const DATA = '/data';

/** A clock that is always a second later. */
export function createClock(): () => number {
  let now = Date.UTC(2026, 2, 2, 1);
  return () => (now += 1000);
}

/** A process that finds every other one dead, as after a power cut. */
export const survivor = { self: 'the survivor', isAlive: async () => false };

export function emptyDisk(): MemoryDisk {
  return createMemoryDisk();
}

export function optionsFor(changes: Partial<JournalStoreOptions> = {}): JournalStoreOptions {
  return {
    folder: DATA,
    fileSystem: emptyDisk(),
    processes: survivor,
    clock: createClock(),
    ...changes,
  };
}

/** Opens a store that is expected to open. */
export async function openJournal(
  changes: Partial<JournalStoreOptions> = {},
): Promise<JournalStore> {
  const opened = await openJournalStore(optionsFor(changes));
  if (!opened.ok) throw new Error(`the store did not open: ${opened.refusal}`);
  return opened.value;
}

/** A folder on the real disk that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openhall-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
