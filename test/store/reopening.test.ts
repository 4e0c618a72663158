import { expect, test } from 'vitest';
import { EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { DATA, emptyDisk, openJournal } from './open-journal.ts';
import { at, filesIn, listIds, putOf, textIn, valueOf } from './store-words.ts';

/** A process that makes three commits and is killed. */
async function threeCommits(
  changes: { readonly checkpointAfter?: number } = {},
): Promise<MemoryDisk> {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk });
  for (const number of [1, 2, 3]) {
    await commit(store, number);
    if (number === changes.checkpointAfter) await store.checkpoint();
  }
  return disk;
}

function commit(store: JournalStore, number: number) {
  return store.commit({
    puts: [putOf(`r${number}`, { number, text: '停水公告' }), putOf('latest', number)],
    appends: [{ log: 'audit', value: { did: number } }],
  });
}

/** Everything three (or fewer) commits leave. */
async function expectCommits(store: JournalStore, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `r${index + 1}`);
  expect(listIds(store)).toEqual(count === 0 ? [] : ['latest', ...ids]);
  expect(store.get('records', 'latest')?.version).toBe(count === 0 ? undefined : count);
  const entries = await store.read('audit');
  expect(entries.map(({ value }) => value)).toEqual(ids.map((_, index) => ({ did: index + 1 })));
  expect(verifyChain(entries, EMPTY_LOG)).toEqual({ ok: true, head: store.head('audit') });
}

test('[ST1] [ST2] a killed process leaves every acknowledged commit, documents and entries', async () => {
  for (const checkpointAfter of [0, 1, 2, 3]) {
    const disk = await threeCommits({ checkpointAfter });
    const store = await openJournal({ fileSystem: disk });
    await expectCommits(store, 3);
    expect(store.status()).toMatchObject({ state: 'ok', damage: [] });
    await store.close();
  }
});

test('a closed store is read back from its files, with no journal to replay', async () => {
  const disk = await threeCommits();
  await (await openJournal({ fileSystem: disk })).close();
  const journal = filesIn(disk, `${DATA}/journal`);
  expect(journal.map((file) => textIn(disk, file))).toEqual(['']);
  const store = await openJournal({ fileSystem: disk });
  await expectCommits(store, 3);
  expect(store.status().journalBytes).toBe(0);
});

test('a document is one JSON file that says whose it is and which shape it has', async () => {
  const disk = await threeCommits({ checkpointAfter: 3 });
  const text = textIn(disk, `${DATA}/documents/records/r2.json`);
  expect(JSON.parse(text ?? '')).toMatchObject({
    v: 1,
    collection: 'records',
    id: 'r2',
    version: 1,
    value: { number: 2, text: '停水公告' },
  });
});

test('a removed document stays removed, wherever the process was killed', async () => {
  for (const checkpoints of [[], [1], [2], [1, 2]]) {
    const disk = emptyDisk();
    const store = await openJournal({ fileSystem: disk });
    await store.commit({ puts: [putOf('a', 1), putOf('b', 1)] });
    if (checkpoints.includes(1)) await store.checkpoint();
    await store.commit({ removes: [{ collection: 'records', id: 'a' }] });
    if (checkpoints.includes(2)) await store.checkpoint();
    const again = await openJournal({ fileSystem: disk });
    expect(listIds(again)).toEqual(['b']);
    await again.commit({ puts: [putOf('a', 'new')] });
    const last = await openJournal({ fileSystem: disk });
    expect(last.get('records', 'a')).toMatchObject({ version: 1, value: 'new' });
  }
});

test('[ST3] a last line cut at any byte is dropped, and the store goes on', async () => {
  const whole = await threeCommits();
  const segment = at(filesIn(whole, `${DATA}/journal`), 0);
  const bytes = await whole.read(segment);
  const lastLine = (bytes?.lastIndexOf('\n', (bytes?.length ?? 0) - 2) ?? 0) + 1;
  for (let length = lastLine; length < (bytes?.length ?? 0) - 1; length += 1) {
    const disk = await threeCommits();
    disk.edit(segment, (journal) => journal.subarray(0, length));
    const store = await openJournal({ fileSystem: disk });
    await expectCommits(store, 2);
    expect(store.status().damage).toEqual([]);
    await commit(store, 3);
    await expectCommits(await openJournal({ fileSystem: disk }), 3);
  }
});

test('[ST3] a last line of which sectors read as zeros is dropped', async () => {
  const disk = await threeCommits();
  const segment = at(filesIn(disk, `${DATA}/journal`), 0);
  disk.edit(segment, (journal) => journal.fill(0, journal.length - 60, journal.length - 20));
  const store = await openJournal({ fileSystem: disk });
  await expectCommits(store, 2);
  expect(store.status().damage).toEqual([]);
});

test('a file of a killed process that never got its name is swept', async () => {
  const disk = await threeCommits({ checkpointAfter: 2 });
  const half = `${DATA}/documents/records/r9.json.tmp`;
  await (await disk.open(half, 'new')).write(Buffer.from('{"sum":'));
  const store = await openJournal({ fileSystem: disk });
  expect(disk.nodes.has(half)).toBe(false);
  await expectCommits(store, 3);
});

test('any id is a file inside its collection, and comes back', async () => {
  const disk = emptyDisk();
  const ids = [
    '../../etc/passwd',
    '..',
    '.',
    '/',
    '%2e%2e',
    'a',
    'A',
    'a.json',
    'a.json.tmp',
    'con',
    '记录 一',
    '\u0000',
    '长'.repeat(300),
    'x'.repeat(512),
  ];
  const store = await openJournal({ fileSystem: disk });
  await store.commit({ puts: ids.map((id) => putOf(id, id)) });
  await store.close();
  const files = filesIn(disk, `${DATA}/documents`);
  expect(files.length).toBe(ids.length);
  expect(
    files.every((file) => /^\/data\/documents\/records\/[a-z0-9_%=-]{1,180}\.json$/.test(file)),
  ).toBe(true);
  const again = await openJournal({ fileSystem: disk });
  expect(ids.map((id) => valueOf(again, id))).toEqual(ids);
  expect(again.status().damage).toEqual([]);
});

test('a log longer than one file is read across its files, also after opening again', async () => {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk });
  for (let batch = 0; batch < 5; batch += 1) {
    const appends = Array.from({ length: 100 }, (_, index) => ({
      log: 'audit',
      value: `${batch * 100 + index + 1} ${'x'.repeat(5000)}`,
    }));
    await store.commit({ appends });
    await store.checkpoint();
  }
  expect(filesIn(disk, `${DATA}/logs/audit`)).toEqual([
    `${DATA}/logs/audit/000000000001.jsonl`,
    `${DATA}/logs/audit/000000000301.jsonl`,
  ]);
  for (const opened of [store, await openJournal({ fileSystem: disk })]) {
    const page = await opened.read('audit', { from: 299, limit: 4 });
    expect(page.map(({ seq }) => seq)).toEqual([299, 300, 301, 302]);
    const whole = await opened.read('audit');
    expect(verifyChain(whole, EMPTY_LOG)).toEqual({ ok: true, head: opened.head('audit') });
    expect(opened.head('audit').seq).toBe(500);
  }
});

test('a log that is read while it is written behind shows every entry once', async () => {
  const store = await openJournal({ checkpointBytes: 300 });
  const reads: Promise<readonly { seq: number }[]>[] = [];
  for (let number = 1; number <= 60; number += 1) {
    await commit(store, number);
    reads.push(store.read('audit'));
  }
  for (const [index, entries] of (await Promise.all(reads)).entries()) {
    expect(entries.map(({ seq }) => seq)).toEqual(
      Array.from({ length: index + 1 }, (_, seq) => seq + 1),
    );
  }
});
