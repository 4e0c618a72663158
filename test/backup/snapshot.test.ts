import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { snapshotStore } from '../../board-server/backup/store-snapshot.ts';
import { verifyChain, EMPTY_LOG } from '../../board-server/store/chain.ts';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { createRandom } from '../store/random.ts';
import { createMemoryDisk } from '../store/memory-disk.ts';
import { DATA, emptyDisk, openJournal } from '../store/open-journal.ts';
import { putOf } from '../store/store-words.ts';

/** Documents after so many changes: each puts one, some remove one, and each adds a log entry. */
function documentsAfter(changes: number): Map<string, number> {
  const documents = new Map<string, number>();
  for (let change = 1; change <= changes; change++) {
    if (removedBy(change) !== undefined) documents.delete(removedBy(change) ?? '');
    documents.set(`d${change % 7}`, change);
  }
  return documents;
}

const removedBy = (change: number): string | undefined =>
  change % 5 === 0 ? `d${(change + 3) % 7}` : undefined;

async function commit(store: JournalStore, change: number): Promise<void> {
  const removed = removedBy(change);
  const done = await store.commit({
    puts: [putOf(`d${change % 7}`, change)],
    removes: removed === undefined ? [] : [{ collection: 'records', id: removed }],
    appends: [{ log: 'audit', value: change }],
  });
  expect(done.ok).toBe(true);
}

/** Before anything is read, the store may commit, write its files and drop its journal. */
function meddledWith(disk: FileSystem, meddle: () => Promise<void>): FileSystem {
  return {
    ...disk,
    async list(folder) {
      await meddle();
      return disk.list(folder);
    },
    async read(path) {
      await meddle();
      return disk.read(path);
    },
  };
}

interface Taken {
  readonly acknowledged: number;
  readonly files: ReadonlyMap<string, Buffer<ArrayBuffer>> | undefined;
  readonly committed: number;
}

/** One snapshot of a store that changes as often as `busy` (0 to 1) says. */
async function takeSnapshot(seed: number, busy: number, forget = ''): Promise<Taken> {
  const random = createRandom(seed);
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk, checkpointBytes: 4000 });
  let committed = 0;
  const change = async (): Promise<void> => commit(store, (committed += 1));
  for (let before = 0; before < 3 + (seed % 40); before++) await change();
  const acknowledged = committed;
  const files = new Map<string, Buffer<ArrayBuffer>>();
  const meddle = async (): Promise<void> => {
    while (random() < busy) await change();
    // Mostly it goes on beside the reading, step by step.
    const checkpoint = random() < busy / 4 ? store.checkpoint() : undefined;
    if (random() < 0.2) await checkpoint;
  };
  const whole = await snapshotStore(meddledWith(disk, meddle), DATA, async (path, bytes) => {
    if (forget === '' || !path.startsWith(forget)) files.set(path, bytes);
  });
  await store.close();
  return { acknowledged, committed, files: whole ? files : undefined };
}

async function storeIn(files: ReadonlyMap<string, Buffer<ArrayBuffer>>): Promise<JournalStore> {
  const copy = createMemoryDisk();
  for (const [path, bytes] of files) {
    const folders = `${DATA}/${path}`.split('/').slice(1, -1);
    for (const [index] of folders.entries())
      await copy.makeFolder(`/${folders.slice(0, index + 1).join('/')}`);
    const file = await copy.open(`${DATA}/${path}`, 'new');
    await file.write(bytes);
  }
  return openJournal({ fileSystem: copy });
}

/** How many changes the copy holds; fails when it is no state that was ever committed. */
async function changesIn(store: JournalStore): Promise<number> {
  expect(store.status().damage).toEqual([]);
  const entries = await store.read('audit');
  expect(verifyChain(entries, EMPTY_LOG).ok).toBe(true);
  const held = store.list('records').map(({ id, value }) => [id, value] as const);
  expect(new Map(held)).toEqual(documentsAfter(entries.length));
  return entries.length;
}

test('[BK2] a copy taken under commits and checkpoints is one committed state, with all that was acknowledged before it began', async () => {
  let whole = 0;
  let later = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const { files, acknowledged, committed } = await takeSnapshot(seed, 0.3);
    if (files === undefined) continue;
    whole += 1;
    const changes = await changesIn(await storeIn(files));
    expect(changes).toBeGreaterThanOrEqual(acknowledged);
    expect(changes).toBeLessThanOrEqual(committed);
    if (changes > acknowledged) later += 1;
  }
  // Not for want of copies, nor of changes while they were taken.
  expect(whole).toBeGreaterThan(40);
  expect(later).toBeGreaterThan(30);
});

test('[BK2] a store that drops its journal faster than it is read is told of, never copied in part', async () => {
  const taken = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => takeSnapshot(seed, 0.9)));
  expect(taken.some(({ files }) => files === undefined)).toBe(true);
  for (const { files } of taken) if (files !== undefined) await changesIn(await storeIn(files));
});

test('[BK2] without the journal held since before, such copies would not hold together', async () => {
  let broken = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { files, acknowledged } = await takeSnapshot(seed, 0.3, 'journal/');
    if (files === undefined) continue;
    const store = await storeIn(files);
    const entries = await store.read('audit');
    const held = store.list('records').map(({ id, value }) => [id, value] as const);
    const holds = isDeepStrictEqual(new Map(held), documentsAfter(entries.length));
    if (entries.length < acknowledged || !holds) broken += 1;
  }
  expect(broken).toBeGreaterThan(10);
});
