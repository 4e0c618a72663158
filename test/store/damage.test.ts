import { expect, test } from 'vitest';
import { EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { DATA, emptyDisk, openJournal } from './open-journal.ts';
import { at, filesIn, listIds, putOf, valueOf } from './store-words.ts';
import { createFailingDisk } from './failing-disk.ts';

const flip = (position: number) => (bytes: Buffer) => {
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  return bytes;
};

/** Three commits that put one document and one entry each; the first `checkpointed` are in files. */
async function diskWith(checkpointed: number): Promise<MemoryDisk> {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk });
  for (const number of [1, 2, 3]) {
    await store.commit({
      puts: [putOf(`r${number}`, number)],
      appends: [{ log: 'audit', value: number }],
    });
    if (number === checkpointed) await store.checkpoint();
  }
  return disk;
}

function segmentOf(disk: MemoryDisk): string {
  return at(filesIn(disk, `${DATA}/journal`), -1);
}

function quarantined(disk: MemoryDisk): string[] {
  return filesIn(disk, `${DATA}/quarantine`).map((path) => path.replace(/^.*\/\d+-/, ''));
}

test('[ST3] a damaged line before the last is named and kept; every other commit is there', async () => {
  const disk = await diskWith(0);
  const segment = segmentOf(disk);
  disk.edit(segment, (journal) => flip(journal.indexOf('\n') + 40)(journal));
  const store = await openJournal({ fileSystem: disk });
  expect(listIds(store)).toEqual(['r1', 'r3']);
  const name = segment.slice(`${DATA}/`.length);
  expect(store.status().damage).toEqual([
    { file: name, reason: 'a line of the journal is unreadable' },
  ]);
  expect(verifyChain(await store.read('audit'), EMPTY_LOG)).toEqual({
    ok: false,
    refusal: 'gap',
    seq: 3,
  });
  expect(quarantined(disk)).toEqual([name.replace('/', '--')]);
  await store.commit({ puts: [putOf('r4', 4)], appends: [{ log: 'audit', value: 4 }] });

  const again = await openJournal({ fileSystem: disk });
  expect(listIds(again)).toEqual(['r1', 'r3', 'r4']);
  expect(again.head('audit').seq).toBe(4);
  expect(again.status().damage.map(({ reason }) => reason)).toEqual([
    'found damaged at an earlier start',
  ]);
});

test('[ST3] a changed byte anywhere in the journal is named, unless nothing is lost by it', async () => {
  const whole = await diskWith(0);
  const length = (await whole.read(segmentOf(whole)))?.length ?? 0;
  for (let position = 0; position < length; position += 1) {
    const disk = await diskWith(0);
    disk.edit(segmentOf(disk), flip(position));
    const store = await openJournal({ fileSystem: disk });
    const found = store.list('records').map(({ id, value }) => [id, value]);
    const isWhole = found.length === 3;
    expect([position, store.status().damage.length]).toEqual([position, isWhole ? 0 : 1]);
    const right = [
      ['r1', 1],
      ['r2', 2],
      ['r3', 3],
    ];
    expect(right).toEqual(expect.arrayContaining(found));
  }
});

test('[ST3] a journal that lost its end is named when a document or a later segment knows more', async () => {
  const disk = await diskWith(2);
  for (const segment of filesIn(disk, `${DATA}/journal`)) await disk.remove(segment);
  await (await disk.open(`${DATA}/journal/000000000001-after-000000000000.journal`, 'new')).close();
  const store = await openJournal({ fileSystem: disk });
  expect(store.status().damage).toEqual([
    {
      file: 'journal/000000000001-after-000000000000.journal',
      reason: 'commits 1 to 2 are missing',
    },
  ]);

  const other = await diskWith(0);
  const first = segmentOf(other);
  await (
    await other.open(`${DATA}/journal/000000000009-after-000000000005.journal`, 'new')
  ).close();
  expect((await openJournal({ fileSystem: other })).status().damage).toEqual([
    { file: first.slice(`${DATA}/`.length), reason: 'commits 4 to 5 are missing' },
  ]);
});

test('a damaged document is named and kept, and the others are read', async () => {
  const disk = await diskWith(3);
  const file = `${DATA}/documents/records/r2.json`;
  const length = (await disk.read(file))?.length ?? 0;
  for (let position = 0; position < length; position += 1) {
    const damaged = await diskWith(3);
    damaged.edit(file, flip(position));
    const store = await openJournal({ fileSystem: damaged });
    expect([position, listIds(store)]).toEqual([position, ['r1', 'r3']]);
    expect(store.status().damage).toMatchObject([{ file: 'documents/records/r2.json' }]);
    expect(quarantined(damaged)).toEqual(['documents--records--r2.json']);
  }
});

test('a damaged document that the journal still holds is restored from there', async () => {
  const disk = await diskWith(1);
  const store = await openJournal({ fileSystem: disk });
  await store.commit({ puts: [putOf('r1', 'newer')] });
  disk.edit(`${DATA}/documents/records/r1.json`, flip(30));
  const again = await openJournal({ fileSystem: disk });
  expect(valueOf(again, 'r1')).toBe('newer');
  expect(again.status().damage).toHaveLength(1);
  expect(valueOf(await openJournal({ fileSystem: disk }), 'r1')).toBe('newer');
});

test('a document is never taken back to what an older line of a damaged journal says', async () => {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk });
  await store.commit({ puts: [putOf('a', 'old'), putOf('b', 1)] });
  await store.commit({ puts: [putOf('a', 'new')], removes: [{ collection: 'records', id: 'b' }] });
  await store.commit({ puts: [putOf('b', 2)] });
  const segment = segmentOf(disk);
  const journal = (await disk.read(segment)) ?? Buffer.alloc(0);
  await store.checkpoint();
  // Killed before the segment was dropped, and the second of its lines has rotted.
  const file = await disk.open(segment, 'new');
  await file.write(flip(journal.indexOf('\n') + 40)(journal));
  const again = await openJournal({ fileSystem: disk });
  expect(again.status().damage).toHaveLength(1);
  expect([again.get('records', 'a'), again.get('records', 'b')]).toMatchObject([
    { version: 2, value: 'new' },
    { version: 1, value: 2 },
  ]);
});

test('a document file copied under another name is not a second document', async () => {
  const disk = await diskWith(3);
  const bytes = (await disk.read(`${DATA}/documents/records/r1.json`)) ?? Buffer.alloc(0);
  await (await disk.open(`${DATA}/documents/records/r9.json`, 'new')).write(bytes);
  const store = await openJournal({ fileSystem: disk });
  expect(listIds(store)).toEqual(['r1', 'r2', 'r3']);
  expect(store.status().damage).toEqual([
    { file: 'documents/records/r9.json', reason: 'holds another document' },
  ]);
});

test('a document on a bad sector is named, and the others are read', async () => {
  const { disk, faults } = createFailingDisk(await diskWith(3));
  faults.failingReads = /r2\.json$/;
  const store = await openJournal({ fileSystem: disk });
  expect(listIds(store)).toEqual(['r1', 'r3']);
  expect(store.status().damage).toEqual([
    { file: 'documents/records/r2.json', reason: 'the disk cannot read it' },
  ]);
});

test('[ST8] a damaged log is named and kept; what can be read stays, and it goes on behind', async () => {
  const disk = await diskWith(3);
  const file = `${DATA}/logs/audit/000000000001.jsonl`;
  disk.edit(file, (log) => flip(log.indexOf('\n') + 30)(log));
  const store = await openJournal({ fileSystem: disk });
  expect(store.status().damage).toEqual([
    { file: 'logs/audit/000000000001.jsonl', reason: 'not every entry from 2 on is readable' },
  ]);
  expect(quarantined(disk)).toEqual(['logs--audit--000000000001.jsonl']);
  await store.commit({ appends: [{ log: 'audit', value: 4 }] });
  await store.close();
  const again = await openJournal({ fileSystem: disk });
  const entries = await again.read('audit');
  expect(entries.map(({ seq }) => seq)).toEqual([1, 3, 4]);
  expect(verifyChain(entries, EMPTY_LOG)).toEqual({ ok: false, refusal: 'gap', seq: 3 });
  expect(verifyChain(entries.slice(1))).toMatchObject({ ok: true });
});

test('a log whose only file is lost bytes goes on after what was known', async () => {
  const disk = await diskWith(3);
  disk.edit(`${DATA}/logs/audit/000000000001.jsonl`, (log) => log.fill(0));
  const store = await openJournal({ fileSystem: disk });
  expect(await store.read('audit')).toEqual([]);
  expect(store.status().damage).toHaveLength(1);
  expect((await store.commit({ appends: [{ log: 'audit', value: 'on' }] })).ok).toBe(true);
});
