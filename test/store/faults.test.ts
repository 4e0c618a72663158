import { expect, test } from 'vitest';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { Json } from '../../shared/kit/json.ts';
import { createFailingDisk } from './failing-disk.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { DATA, emptyDisk, openJournal, optionsFor } from './open-journal.ts';
import { filesIn, listIds, putOf, valueOf } from './store-words.ts';

const audited = (id: string, value: Json) => ({
  puts: [putOf(id, value)],
  appends: [{ log: 'audit', value: id }],
});
const FULL = { ok: false, refusal: 'full' };
const READ_ONLY = { ok: false, refusal: 'read-only' };

test('[ST6] a disk that fills up at any byte of a commit refuses it whole, and takes it later', async () => {
  for (let space = 0; ; space += 1) {
    const inner = emptyDisk();
    const { disk, faults } = createFailingDisk(inner);
    const store = await openJournal({ fileSystem: disk });
    await store.commit(audited('a', 1));
    faults.space = space;
    const result = await store.commit(audited('b', 2));
    if (result.ok) break;
    expect(result).toEqual(FULL);
    expect(store.status()).toMatchObject({ state: 'full' });
    expect(listIds(store)).toEqual(['a']);
    expect(store.head('audit').seq).toBe(1);
    // Killed in this moment, the next start finds the same.
    const killed = createMemoryDisk(inner.nodes);
    expect(listIds(await openJournal({ fileSystem: killed }))).toEqual(['a']);

    faults.space = Infinity;
    expect(await store.commit(audited('b', 3))).toMatchObject({ ok: true });
    expect(store.status()).toMatchObject({ state: 'ok', damage: [] });
    const again = await openJournal({ fileSystem: inner });
    expect([valueOf(again, 'b'), again.head('audit').seq]).toEqual([3, 2]);
    expect(again.status().damage).toEqual([]);
  }
});

test('[ST6] all commits that shared a write are refused together, conflicts with them included', async () => {
  const { disk, faults } = createFailingDisk(emptyDisk());
  const store = await openJournal({ fileSystem: disk });
  faults.space = 10;
  const results = await Promise.all([
    store.commit({
      ...audited('a', 1),
      ifVersions: [{ collection: 'records', id: 'a', version: 0 }],
    }),
    store.commit({
      ...audited('a', 2),
      ifVersions: [{ collection: 'records', id: 'a', version: 0 }],
    }),
  ]);
  expect(results).toEqual([FULL, FULL]);
  expect(listIds(store)).toEqual([]);
});

test('[ST6] a checkpoint that finds the disk full loses nothing, and is made up for later', async () => {
  for (let space = 0; space < 1500; space += 37) {
    const inner = emptyDisk();
    const { disk, faults } = createFailingDisk(inner);
    const store = await openJournal({ fileSystem: disk });
    for (const id of ['a', 'b', 'c', 'd']) await store.commit(audited(id, 'x'.repeat(200)));
    faults.space = space;
    await store.checkpoint();
    expect(listIds(store)).toEqual(['a', 'b', 'c', 'd']);
    expect((await store.read('audit')).map(({ value }) => value)).toEqual(['a', 'b', 'c', 'd']);
    faults.space = Infinity;
    await store.commit(audited('e', 1));
    await store.checkpoint();
    expect(store.status()).toMatchObject({ state: 'ok', journalBytes: 0 });
    expect(filesIn(inner, `${DATA}/documents`).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    const again = await openJournal({ fileSystem: inner });
    expect(listIds(again)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await again.read('audit')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(again.status().damage).toEqual([]);
  }
});

test('[ST6] a store on a full disk opens, reads, refuses in words and recovers', async () => {
  const { disk, faults } = createFailingDisk(emptyDisk());
  await (await openJournal({ fileSystem: disk })).commit(audited('a', 1));
  faults.space = 0;
  const store = await openJournal({ fileSystem: disk });
  expect(store.status()).toMatchObject({ state: 'full' });
  expect(valueOf(store, 'a')).toBe(1);
  expect(await store.commit(audited('b', 1))).toEqual(FULL);
  faults.space = Infinity;
  expect(await store.commit(audited('b', 1))).toMatchObject({ ok: true });
  await store.close();
  expect(listIds(await openJournal({ fileSystem: disk }))).toEqual(['a', 'b']);
});

test('[ST5] a commit whose sync fails is not acknowledged, and none is after it', async () => {
  const inner = emptyDisk();
  const { disk, faults } = createFailingDisk(inner);
  const store = await openJournal({ fileSystem: disk });
  await store.commit(audited('a', 1));
  faults.failingSyncs = /\.journal$/;
  expect(await store.commit(audited('b', 1))).toEqual(READ_ONLY);
  faults.failingSyncs = undefined;
  expect(await store.commit(audited('c', 1))).toEqual(READ_ONLY);
  expect(store.status()).toMatchObject({
    state: 'read-only',
    reason: expect.stringContaining('EIO'),
  });
  expect(listIds(store)).toEqual(['a']);
  await store.close();

  // What the failed sync left in memory is not mistaken for what the disk holds.
  const again = await openJournal({ fileSystem: inner });
  expect(listIds(again)).toEqual(['a']);
  expect(await again.commit(audited('b', 1))).toMatchObject({ ok: true });
});

test('[ST5] a checkpoint whose sync fails makes the store read-only and keeps the journal', async () => {
  for (const failing of [
    /\.json\.tmp$/,
    /\.jsonl$/,
    /documents\/records$/,
    /logs\/audit$/,
    /journal$/,
  ]) {
    const inner = emptyDisk();
    const { disk, faults } = createFailingDisk(inner);
    const store = await openJournal({ fileSystem: disk });
    await store.commit(audited('a', 1));
    faults.failingSyncs = failing;
    await store.checkpoint();
    faults.failingSyncs = undefined;
    expect([failing, store.status().state]).toEqual([failing, 'read-only']);
    expect(await store.commit(audited('b', 1))).toEqual(READ_ONLY);
    const again = await openJournal({ fileSystem: inner });
    expect(listIds(again)).toEqual(['a']);
    expect((await again.read('audit')).map(({ seq }) => seq)).toEqual([1]);
  }
});

test('[ST3] [ST6] a full disk can wait for the quarantine of damaged files', async () => {
  const inner = emptyDisk();
  const { disk, faults } = createFailingDisk(inner);
  const before = await openJournal({ fileSystem: disk });
  await before.commit(audited('a', 1));
  await before.checkpoint();
  await before.commit(audited('b', 1));
  await before.commit(audited('c', 1));
  const [segment = ''] = filesIn(inner, `${DATA}/journal`).slice(-1);
  inner.edit(segment, (journal) => journal.fill('x', 30, 31));
  inner.edit(`${DATA}/logs/audit/000000000001.jsonl`, (log) => log.fill('x', 30, 31));
  faults.space = 0;
  const store = await openJournal({ fileSystem: disk });
  expect([listIds(store), store.status().state]).toEqual([['a', 'c'], 'full']);
  expect(store.status().damage).toHaveLength(2);
  faults.space = Infinity;
  await store.close();
  expect(store.status().state).toBe('ok');
  expect(filesIn(inner, `${DATA}/quarantine`)).toHaveLength(2);
});

test('a disk mounted read-only opens read-only and is read', async () => {
  const { disk, faults } = createFailingDisk(emptyDisk());
  await (await openJournal({ fileSystem: disk })).commit(audited('a', 1));
  faults.isReadOnly = true;
  const store = await openJournal({ fileSystem: disk });
  expect(valueOf(store, 'a')).toBe(1);
  expect((await store.read('audit')).length).toBe(1);
  expect(store.status()).toMatchObject({ state: 'read-only' });
  expect(await store.commit(audited('b', 1))).toEqual(READ_ONLY);
  await store.close();
});

test('[ST7] a folder that lies in memory is refused, unless a test allows it', async () => {
  const disk = { ...emptyDisk(), isVolatile: async () => true };
  const options = optionsFor({ fileSystem: disk });
  expect(await openJournalStore(options)).toEqual({ ok: false, refusal: 'volatile', detail: DATA });
  expect(await openJournalStore({ ...options, allowVolatile: true })).toMatchObject({ ok: true });
});

test('[ST1] nothing is shown or acknowledged before it is durable', async () => {
  const inner = emptyDisk();
  const syncs: (() => void)[] = [];
  let isHeld = false;
  const store = await openJournal({
    fileSystem: {
      ...inner,
      open: async (path, how) => ({
        ...(await inner.open(path, how)),
        sync: () =>
          isHeld ? new Promise<void>((resolve) => void syncs.push(resolve)) : Promise.resolve(),
      }),
    },
  });
  await store.commit(audited('a', 1));
  isHeld = true;
  const heard: string[] = [];
  store.watch(({ documents }) => heard.push(...documents.map(({ id }) => id)));
  const commit = store.commit(audited('b', 1)).then(() => heard.push('acknowledged'));
  await expect.poll(() => syncs.length).toBe(1);
  expect([listIds(store), store.head('audit').seq, heard]).toEqual([['a'], 1, []]);
  for (const release of syncs) release();
  await commit;
  expect([listIds(store), store.head('audit').seq, heard]).toEqual([
    ['a', 'b'],
    2,
    ['b', 'acknowledged'],
  ]);
});

test('commits that arrive while the disk is busy share one sync', async () => {
  const inner = emptyDisk();
  let syncs = 0;
  const store = await openJournal({
    fileSystem: {
      ...inner,
      open: async (path, how) => ({
        ...(await inner.open(path, how)),
        sync: async () => void (syncs += 1),
      }),
    },
  });
  await store.commit(audited('first', 1));
  syncs = 0;
  await Promise.all(
    Array.from({ length: 80 }, (_, index) => store.commit(audited(`r${index}`, index))),
  );
  expect(syncs).toBe(1);
});
