import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { FAILURES, troubles } from '../../board-server/announcement.ts';
import { readConfig } from '../../board-server/config.ts';
import { furnish } from '../../board-server/first-start.ts';
import { openHall } from '../../board-server/hall.ts';
import type { Hall } from '../../board-server/hall.ts';
import { createLog } from '../../board-server/log.ts';
import { levelOf } from '../../board-server/services/keeping.ts';
import { assert, present } from '../../shared/kit/assert.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { asManager, furnishedFolder, hallTool, renameDesk, workFolder } from './kept-hall.ts';
import { watchingScreen } from './watching-screen.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let resting: string;

beforeAll(async () => {
  ({ resting } = await furnishedFolder());
});

const flip = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

/** Starts a demonstration hall on a copy of the folder to which something was done. */
async function start(damage: (folder: string) => Promise<void>) {
  const folder = join(await workFolder(), 'hall');
  await cp(resting, folder, { recursive: true, verbatimSymlinks: true });
  await damage(folder);
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }, []);
  assert(config.ok, 'settings of a test');
  const log = createLog('silent');
  const opened = await openHall(config.value, log);
  if (!opened.ok) return { folder, opened, furnished: undefined };
  onTestFinished(() => opened.value.close());
  return { folder, opened, furnished: await furnish(opened.value, config.value, log) };
}

const hallOf = ({ opened }: Awaited<ReturnType<typeof start>>): Hall => {
  if (!opened.ok) throw new Error(opened.refusal);
  return opened.value;
};

const firstIn = async (folder: string): Promise<string> =>
  join(folder, present((await readdir(folder)).sort()[0], folder));

const keepingOf = async (hall: Hall) => {
  const reply = await hall.handlers.keeping(asManager(), {});
  if (!reply.ok) throw new Error(reply.refusal);
  return reply.value;
};

test('[DG1] a damaged document is set aside and named to the console, and the hall publishes on without it', async () => {
  const begun = await start(async (folder) =>
    flip(await firstIn(join(folder, 'store', 'documents', 'slots'))),
  );
  const hall = hallOf(begun);
  expect(begun.furnished).toMatchObject({ ok: true, value: { kind: 'existing' } });
  const { damage, standing } = await keepingOf(hall);
  expect(damage).toHaveLength(1);
  expect(damage[0]).toMatchObject({ kind: 'document' });
  expect(damage[0]?.file).toMatch(/^store\/quarantine\/\d+-documents--slots--/);
  expect(standing).toBe('working');
  await renameDesk(hall, '照常发布');
  const screen = await watchingScreen(hall, id(isScreenId, 'touch-01'));
  await screen.ask(hall);
  expect(screen.desk()).toBe('照常发布');
  await rm(join(begun.folder, 'store', 'quarantine'), { recursive: true });
  expect((await keepingOf(hall)).damage).toEqual([]);
});

test('[DG1] the note of the first start lost: the hall is what it was, and no other is made over it', async () => {
  const begun = await start(async (folder) =>
    flip(await firstIn(join(folder, 'store', 'documents', 'setup'))),
  );
  expect(begun.furnished).toEqual({ ok: true, value: { kind: 'existing', mode: 'demo' } });
  const before = await readdir(join(resting, 'store', 'documents', 'people'));
  expect(hallOf(begun).accounts.people.list()).toHaveLength(before.length);
});

test('[DG1] the hall’s own document lost: it comes back from the release that is out', async () => {
  const intact = hallOf(await start(async () => undefined));
  const { card, zone } = present(intact.services.collections.halls.get('hall'), 'hall').value;
  const begun = await start(async (folder) =>
    flip(await firstIn(join(folder, 'store', 'documents', 'hall'))),
  );
  expect(begun.furnished).toMatchObject({ ok: true });
  const found = hallOf(begun).services.collections.halls.get('hall')?.value;
  expect(found).toMatchObject({ card, zone });
  expect(hallOf(begun).services.publishing.current()).toBeDefined();
});

test('[DG1] all documents lost: nothing is furnished anew, the files are named and the backup offered', async () => {
  const begun = await start(async (folder) => {
    const documents = join(folder, 'store', 'documents');
    for (const collection of await readdir(documents))
      for (const name of await readdir(join(documents, collection)))
        await flip(join(documents, collection, name));
  });
  expect(begun.furnished).toMatchObject({ ok: false, refusal: 'damaged' });
  const detail = begun.furnished?.ok === false ? begun.furnished.detail : '';
  expect(detail).toContain('store/documents/hall/hall.json');
  expect(FAILURES.damaged.join()).toContain('npm run hall -- restore');
  expect(hallOf(begun).accounts.people.list()).toEqual([]);
});

test('[DG1] [DG2] the start says in words what is damaged and what to do, and nothing when all is well', () => {
  expect(troubles({ isRestored: false, damage: [] })).toBe('');
  const damaged = troubles({ isRestored: false, damage: ['keys/lease.pem'] });
  for (const said of ['keys/lease.pem', 'npm run hall -- verify', 'npm run hall -- restore'])
    expect(damaged).toContain(said);
  expect(troubles({ isRestored: true, damage: [] })).toContain('npm run hall -- raise-epoch');
});

test('[DG2] a lost key leaves the hall open: what it signs is refused, readiness and console name its file', async () => {
  const begun = await start(async (folder) => rm(join(folder, 'keys', 'lineup.pem')));
  const hall = hallOf(begun);
  expect(begun.furnished).toMatchObject({ ok: true });
  expect(hall.obstacles()).toEqual(['keys/lineup.pem: missing']);
  expect((await keepingOf(hall)).damage).toEqual([{ kind: 'key', file: 'keys/lineup.pem' }]);
  await renameDesk(hall, '照常发布');
  const device = { kind: 'board', profile: 'led-384x64' } as const;
  const screen = { id: id(isScreenId, 'new-1'), name: '新屏', device };
  const added = await hall.handlers.putScreen(asManager(), screen as never);
  expect(added).toMatchObject({ ok: false, refusal: 'key-missing' });
});

test('[DG2] lost roles stop the start in words, and nothing is made in their place', async () => {
  const begun = await start(async (folder) => rm(join(folder, 'keys', 'roles.json')));
  expect(begun.opened).toMatchObject({ ok: false, refusal: 'lost-keys' });
  expect(await readdir(join(begun.folder, 'keys'))).not.toContain('roles.json');
  // The folder is free again: it can be looked at, moved away and restored.
  expect(await hallTool(begun.folder, ['verify'])).toMatchObject({ code: 1 });
});

test('[DG1] an object that could be made again is no damage any more', async () => {
  const begun = await start(async () => undefined);
  const hall = hallOf(begun);
  const item = present(hall.services.collections.items.list()[0], 'item');
  const name = /"digest\\?":\\?"([0-9a-f]{64})/.exec(
    Buffer.from(
      (JSON.parse(item.value.envelope) as { payload: string }).payload,
      'base64',
    ).toString(),
  )?.[1];
  const path = join(
    begun.folder,
    'objects',
    present(name, 'digest').slice(0, 2),
    present(name, 'digest'),
  );
  await flip(path);
  expect(await hall.objects.read(present(name, 'digest'))).toBeUndefined();
  expect((await keepingOf(hall)).damage).toMatchObject([{ kind: 'object' }]);
  await renameDesk(hall, '重新生成');
  expect((await keepingOf(hall)).damage).toEqual([]);
});

test('the console is told how much room is left, what fills it, and when the last backup was made', async () => {
  const begun = await start(async () => undefined);
  const hall = hallOf(begun);
  const before = await keepingOf(hall);
  expect(before.lastBackup).toBeNull();
  expect(before.disk.freeBytes).toBeGreaterThan(0);
  expect(before.disk.totalBytes).toBeGreaterThan(before.disk.freeBytes);
  expect(before.sizes.objects).toBeGreaterThanOrEqual([...hall.objects.names()].length);
  expect(before.sizes.objectBytes).toBeGreaterThan(before.sizes.objects);
  const file = join(begun.folder, '..', 'hall.backup');
  await hallTool(begun.folder, ['backup', file]);
  expect((await keepingOf(hall)).lastBackup).toMatchObject({ file: 'hall.backup' });
  expect([3e9, 1.9e9, 4e8].map(levelOf)).toEqual(['ample', 'low', 'critical']);
});
