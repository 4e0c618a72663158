import { expect, test } from 'vitest';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { Migrations } from '../../board-server/store/migrations.ts';
import type { Json } from '../../shared/kit/json.ts';
import { DATA, emptyDisk, openJournal, optionsFor } from './open-journal.ts';
import { putOf, textIn, valueOf } from './store-words.ts';

/** Shape 2 has the title in a member; shape 3 says whose document it is. */
const titled = (value: Json): Json => ({ title: value });
const owned = (value: Json): Json => ({ ...(value as { title: string }), owner: 'office' });
const two: Migrations = new Map([['records', [titled]]]);
const three: Migrations = new Map([['records', [titled, owned]]]);

test('documents in files and in the journal are brought to today’s shape, once', async () => {
  for (const isCheckpointed of [true, false]) {
    const disk = emptyDisk();
    const old = await openJournal({ fileSystem: disk });
    await old.commit({ puts: [putOf('a', '停水'), { collection: 'people', id: 'li', value: 1 }] });
    if (isCheckpointed) await old.checkpoint();

    const store = await openJournal({ fileSystem: disk, migrations: three });
    expect(store.get('records', 'a')).toMatchObject({
      version: 1,
      value: { title: '停水', owner: 'office' },
    });
    expect(store.get('people', 'li')?.value).toBe(1);
    expect(JSON.parse(textIn(disk, `${DATA}/documents/records/a.json`) ?? '')).toMatchObject({
      v: 3,
      version: 1,
      value: { title: '停水', owner: 'office' },
    });
    const again = await openJournal({ fileSystem: disk, migrations: three });
    expect(valueOf(again, 'a')).toEqual({ title: '停水', owner: 'office' });
  }
});

test('a value that is put is already of today’s shape', async () => {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk, migrations: two });
  await store.commit({ puts: [putOf('a', { title: '停水' })] });
  expect(valueOf(await openJournal({ fileSystem: disk, migrations: two }), 'a')).toEqual({
    title: '停水',
  });
  expect(valueOf(await openJournal({ fileSystem: disk, migrations: three }), 'a')).toEqual({
    title: '停水',
    owner: 'office',
  });
});

test('a shape from a later program stops the start and names the document; nothing is changed', async () => {
  for (const isCheckpointed of [true, false]) {
    const disk = emptyDisk();
    const later = await openJournal({ fileSystem: disk, migrations: three });
    await later.commit({ puts: [putOf('a', { title: '停水', owner: 'office' })] });
    if (isCheckpointed) await later.checkpoint();
    const refused = await openJournalStore(optionsFor({ fileSystem: disk, migrations: two }));
    expect(refused).toEqual({ ok: false, refusal: 'newer', detail: 'records/a has shape 3' });
    expect(valueOf(await openJournal({ fileSystem: disk, migrations: three }), 'a')).toEqual({
      title: '停水',
      owner: 'office',
    });
  }
});
