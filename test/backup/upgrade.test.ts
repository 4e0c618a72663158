import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { dataFolder } from '../../board-server/backup/data-folder.ts';
import { openStore, random } from '../../board-server/hall.ts';
import { createAccountServices } from '../../board-server/services/account-services.ts';
import { MIGRATIONS } from '../../board-server/services/upgrades.ts';
import { openCollections } from '../../board-server/services/stored.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import type { Migrations } from '../../board-server/store/migrations.ts';
import type { Json } from '../../shared/kit/json.ts';
import { createMemoryDisk } from '../store/memory-disk.ts';
import type { MemoryDisk } from '../store/memory-disk.ts';
import { createMortalDisk } from '../store/mortal-disk.ts';
import { emptyDisk, openJournal, optionsFor } from '../store/open-journal.ts';
import { putOf, valueOf } from '../store/store-words.ts';
import { hallTool, openKeptHall, workFolder } from './kept-hall.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Shape 2 counts how often it was brought forward: twice would show. */
const counted = (value: Json): Json => ({ title: value, steps: stepsOf(value) + 1 });
const stepsOf = (value: Json): number =>
  typeof value === 'object' && value !== null && 'steps' in value ? Number(value['steps']) : 0;
const later: Migrations = new Map([['records', [counted]]]);

const entry = (value: string) => ({ log: 'audit', value });

/** A disk with documents of shape 1, some in files and some in the journal alone. */
async function olderDisk(): Promise<MemoryDisk> {
  const disk = emptyDisk();
  const store = await openJournal({ fileSystem: disk });
  for (const id of ['a', 'b', 'c'])
    await store.commit({ puts: [putOf(id, `${id}1`)], appends: [entry(id)] });
  await store.checkpoint();
  for (const id of ['b', 'd'])
    await store.commit({ puts: [putOf(id, `${id}2`)], appends: [entry(id)] });
  return disk;
}

const TITLES = { a: 'a1', b: 'b2', c: 'c1', d: 'd2' } as const;

async function expectUpgraded(store: JournalStore): Promise<void> {
  for (const [id, title] of Object.entries(TITLES))
    expect(valueOf(store, id)).toEqual({ title, steps: 1 });
  expect(store.status().damage).toEqual([]);
  expect((await store.read('audit')).map(({ value }) => value)).toEqual(['a', 'b', 'c', 'b', 'd']);
}

test('[UP1] an upgrade that is killed at any moment is ended by the next start, each document brought forward once', async () => {
  const older = await olderDisk();
  let kills = 0;
  for (let calls = 0; ; calls++) {
    const copy = createMemoryDisk(older.nodes);
    const { disk, death } = createMortalDisk(copy, { calls });
    const opening = openJournalStore(optionsFor({ fileSystem: disk, migrations: later }));
    const outcome = await Promise.race([opening, death.then(() => 'killed' as const)]);
    if (outcome === 'killed') kills += 1;
    await expectUpgraded(await openJournal({ fileSystem: copy, migrations: later }));
    // And the start after that finds nothing more to do.
    await expectUpgraded(await openJournal({ fileSystem: copy, migrations: later }));
    if (outcome !== 'killed') break;
  }
  expect(kills).toBeGreaterThan(30);
});

const renamed = (value: Json): Json => JSON.parse(JSON.stringify(value).replace('"v":1', '"v":2'));

test('[UP1] a hall’s own documents are brought forward at start, and the older program refuses them afterwards', async () => {
  const root = await workFolder();
  const hall = await openKeptHall(join(root, 'a'));
  const before = hall.store.get('hall', 'hall')?.value ?? null;
  await hall.close();
  const folder = dataFolder({ dataDir: join(root, 'a') });
  const newer = await openStore(folder, new Map([...MIGRATIONS, ['hall', [renamed]]]));
  if (!newer.ok) throw new Error(newer.refusal);
  expect(newer.value.get('hall', 'hall')?.value).toEqual(renamed(before));
  await newer.value.close();
  expect(await openStore(folder)).toMatchObject({
    ok: false,
    refusal: 'newer',
    detail: 'hall/hall has shape 2',
  });
  const said = await hallTool(folder.path, ['verify']);
  expect([said.code, said.said]).toEqual([1, expect.stringContaining('更新的版本')]);
});

test('[UP1] reports that were kept before their signatures were, count on after the upgrade', async () => {
  const root = await workFolder();
  const folder = dataFolder({ dataDir: root });
  const older = await openStore(folder, new Map());
  if (!older.ok) throw new Error(older.refusal);
  const said = { v: 1, screen: 'led-door', seq: 7, at: 5, clock: 'confirmed', shell: 'one' };
  const report = { ...said, channels: [], showing: null };
  const kept = { fingerprint: 'ab'.repeat(32), report, receivedAt: 5 };
  const carried = { ...kept, via: 'stick' };
  await older.value.commit({
    puts: [
      {
        collection: 'report-shards',
        id: 'shard-03',
        value: {
          v: 1,
          reports: { 'led-door': { v: 1, ...kept }, 'led-hall': { v: 1, ...carried } },
        },
      },
    ],
  });
  await older.value.close();
  const upgraded = await openStore(folder);
  if (!upgraded.ok) throw new Error(upgraded.refusal);
  expect(openCollections(upgraded.value).reportShards.get('shard-03')?.value).toEqual({
    v: 2,
    reports: { 'led-door': kept, 'led-hall': carried },
  });
  await upgraded.value.close();
});

test('[UP1] [AU10] accounts that were made before any could be closed off are open after the upgrade', async () => {
  const folder = dataFolder({ dataDir: await workFolder() });
  const older = await openStore(folder, new Map());
  if (!older.ok) throw new Error(older.refusal);
  const password = { phc: 'x', oneTime: false, setAt: 5 };
  const person = { account: 'zhang.min', name: '张敏', post: '科员', department: '水利局' };
  const value = { v: 1, ...person, roles: ['editor'], password };
  await older.value.commit({
    puts: [
      { collection: 'people', id: 'p-1', value },
      { collection: 'accounts', id: 'zhang.min', value: { v: 1, person: 'p-1' } },
    ],
  });
  await older.value.close();
  const upgraded = await openStore(folder);
  if (!upgraded.ok) throw new Error(upgraded.refusal);
  const { people } = createAccountServices({ store: upgraded.value, random });
  expect(people.findByAccount('zhang.min')).toMatchObject({
    ...value,
    v: 2,
    id: 'p-1',
    standing: { state: 'open' },
  });
  await upgraded.value.close();
});

test('[UP1] a backup made before an upgrade restores, and is brought forward when it is opened', async () => {
  const root = await workFolder();
  const hall = await openKeptHall(join(root, 'a'));
  const before = hall.store.get('hall', 'hall')?.value ?? null;
  const file = join(root, 'older.backup');
  // While it runs: some of it is in the journal alone.
  expect(await hallTool(join(root, 'a'), ['backup', file])).toMatchObject({ code: 0 });
  await hall.close();
  expect(await hallTool(join(root, 'b'), ['restore', file])).toMatchObject({ code: 0 });
  const folder = dataFolder({ dataDir: join(root, 'b') });
  const newer = await openStore(folder, new Map([...MIGRATIONS, ['hall', [renamed]]]));
  if (!newer.ok) throw new Error(newer.refusal);
  expect(newer.value.get('hall', 'hall')).toMatchObject({ value: renamed(before) });
  await newer.value.close();
});
