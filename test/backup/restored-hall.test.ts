import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createArchiveWriter } from '../../board-server/backup/archive-writer.ts';
import { createSealedFile } from '../../board-server/backup/sealed-file.ts';
import { openHall } from '../../board-server/hall.ts';
import type { Hall } from '../../board-server/hall.ts';
import { createLog } from '../../board-server/log.ts';
import { openTickets, TICKET_FILE } from '../../board-server/trust/tickets.ts';
import { present } from '../../shared/kit/assert.ts';
import { id, isKeyId, isScreenId } from '../../shared/kit/ids.ts';
import {
  asManager,
  configFor,
  hallTool,
  openKeptHall,
  PASSPHRASE,
  renameDesk,
  workFolder,
} from './kept-hall.ts';
import { watchingScreen } from './watching-screen.ts';

// Keys are slow to make on purpose, and one machine runs many tests at once.
vi.setConfig({ testTimeout: 120_000 });

const SCREEN = id(isScreenId, 'touch-1');
const DEVICE = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 43,
  bottomMm: 800,
} as const;

async function addScreen({ services }: Hall, name: string) {
  return services.handlers.putScreen(asManager(), { id: SCREEN, name, device: DEVICE });
}

/** A hall with a screen that has seen five desks; its backup knows of the first alone. */
async function hallThatWentOn(root: string) {
  const hall = await openKeptHall(join(root, 'a'));
  expect(await addScreen(hall, '一楼触摸屏')).toMatchObject({ ok: true });
  await renameDesk(hall, '备份时的服务台');
  const file = join(root, 'hall.backup');
  expect(await hallTool(join(root, 'a'), ['backup', file])).toMatchObject({ code: 0 });
  const screen = await watchingScreen(hall, SCREEN);
  for (const desk of ['二', '三', '四', '五']) await renameDesk(hall, `第${desk}个服务台`);
  expect(await addScreen(hall, '一楼触摸屏（东）')).toMatchObject({ ok: true });
  await screen.ask(hall);
  expect(screen.desk()).toBe('第五个服务台');
  await hall.close();
  return { file, screen, seen: present(screen.order(), 'order') };
}

/** Every file below a folder, but for those that an opened store makes for itself. */
async function filesIn(folder: string): Promise<Map<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of found.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = (await readFile(path)).toString('base64');
    files.set(path.slice(folder.length + 1), text);
  }
  return files;
}

test('[BK4] what is restored is what was backed up, to the byte, and the marks of the old folder stay there', async () => {
  const root = await workFolder();
  const hall = await openKeptHall(join(root, 'a'));
  await renameDesk(hall, '一楼');
  await hall.close();
  const file = join(root, 'hall.backup');
  expect(await hallTool(join(root, 'a'), ['backup', file])).toMatchObject({ code: 0 });
  expect(await hallTool(join(root, 'b'), ['restore', file])).toMatchObject({ code: 0 });
  const before = await filesIn(join(root, 'a'));
  const after = await filesIn(join(root, 'b'));
  expect(before.delete('last-backup.json')).toBe(true);
  expect(after.delete('restored.json')).toBe(true);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  expect(after).toEqual(before);
  // [TK2] The secret of tickets among the keys: screens need not prove themselves anew.
  const key = { fingerprint: id(isKeyId, 'ab'.repeat(32)), at: 1 };
  const [old, restored] = [
    await openTickets(join(root, 'a', 'keys'), randomBytes),
    await openTickets(join(root, 'b', 'keys'), randomBytes),
  ];
  const { text, goodUntil } = old.issue(SCREEN, key, 1000);
  expect(restored.goodUntil(text, SCREEN, key, 1000)).toBe(goodUntil);
  expect((await stat(join(root, 'b', 'keys', TICKET_FILE))).mode & 0o777).toBe(0o600);
  expect([...after.keys()].filter((path) => path.startsWith('keys/')).length).toBe(7);
});

test('[BK5] [BK6] a restored server publishes nothing: screens that saw more refuse it, until its epoch is raised', async () => {
  const root = await workFolder();
  const { file, screen, seen } = await hallThatWentOn(root);
  const restored = await hallTool(join(root, 'b'), ['restore', file]);
  expect(restored.code).toBe(0);
  // The technician cannot forget: the next command is told here, at the start and by /readyz.
  expect(restored.said).toContain('npm run hall -- raise-epoch');

  const held = await openKeptHall(join(root, 'b'));
  expect(held.obstacles().join()).toContain('raise-epoch');
  const headBefore = held.services.collections.channels.get('hall')?.value.envelope;
  const leaseBefore = held.services.collections.leases.get('hall')?.value.envelope;
  await screen.ask(held);
  expect(screen.problem()).toBe('rollback');
  expect(screen.desk()).toBe('第五个服务台');
  await renameDesk(held, '恢复后改的服务台');
  expect(await addScreen(held, '改名')).toMatchObject({ ok: false, refusal: 'restored' });
  expect(held.services.collections.channels.get('hall')?.value.envelope).toBe(headBefore);
  expect(held.services.collections.leases.get('hall')?.value.envelope).toBe(leaseBefore);
  const locked = await hallTool(join(root, 'b'), ['raise-epoch']);
  expect(locked).toMatchObject({ code: 1 });
  await held.close();

  const raised = await hallTool(join(root, 'b'), ['raise-epoch']);
  expect(raised.code).toBe(0);
  const hall = await openKeptHall(join(root, 'b'));
  expect(hall.obstacles()).toEqual([]);
  await screen.ask(hall);
  expect(screen.problem()).toBeNull();
  expect(screen.desk()).toBe('恢复后改的服务台');
  expect(screen.order()).toMatchObject({ epoch: 2 });
  expect(present(screen.order(), 'order').version).toBeLessThan(seen.version);
  expect(hall.services.collections.screens.get(SCREEN)?.value.lineup).toMatchObject({ epoch: 2 });
  const entries = await hall.store.read('audit');
  expect(entries.filter(({ value }) => JSON.stringify(value).includes('epoch.raise')).length).toBe(
    1,
  );
  // A screen that lost everything takes the same.
  const wiped = await watchingScreen(hall, SCREEN);
  await wiped.ask(hall);
  expect(wiped.desk()).toBe('恢复后改的服务台');
});

test('[BK6] an older backup restored after an epoch was raised needs one raise more, and then screens follow', async () => {
  const root = await workFolder();
  const { file, screen } = await hallThatWentOn(root);
  await hallTool(join(root, 'b'), ['restore', file]);
  await hallTool(join(root, 'b'), ['raise-epoch']);
  const second = await openKeptHall(join(root, 'b'));
  await renameDesk(second, '第二次');
  await screen.ask(second);
  expect(screen.desk()).toBe('第二次');
  await second.close();

  await hallTool(join(root, 'c'), ['restore', file]);
  await hallTool(join(root, 'c'), ['raise-epoch']);
  const tooLow = await openKeptHall(join(root, 'c'));
  await screen.ask(tooLow);
  expect(screen.problem()).toMatch(/^(rollback|conflict)$/);
  await tooLow.close();
  await hallTool(join(root, 'c'), ['raise-epoch']);
  const third = await openKeptHall(join(root, 'c'));
  await screen.ask(third);
  expect(screen.problem()).toBeNull();
  expect(screen.desk()).toBe('备份时的服务台');
});

test('[BK3] nothing is left of a restore that was refused, and a folder with something in it is left alone', async () => {
  const root = await workFolder();
  const hall = await openKeptHall(join(root, 'a'));
  await hall.objects.put([{ bytes: randomBytes(1 << 20) }]);
  await hall.close();
  const file = join(root, 'hall.backup');
  await hallTool(join(root, 'a'), ['backup', file]);
  const wrong = await hallTool(join(root, 'b'), ['restore', file], {
    passphrase: 'another one 77',
  });
  expect(wrong.code).toBe(1);
  expect(wrong.said).toContain('口令不对');
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 300_000));
  const cut = await hallTool(join(root, 'b'), ['restore', file]);
  expect(cut.said).toContain('已损坏或不完整');
  expect(await readdir(root)).toEqual(['a', 'hall.backup']);
  await writeFile(file, whole);
  const before = await filesIn(join(root, 'a'));
  const occupied = await hallTool(join(root, 'a'), ['restore', file]);
  expect(occupied).toMatchObject({ code: 1 });
  expect(await filesIn(join(root, 'a'))).toEqual(before);
});

test('[BK3] a file that names a place outside the data folder is refused', async () => {
  const root = await workFolder();
  const file = join(root, 'hall.backup');
  for (const path of ['keys/../../stray', '/etc/stray', 'store', 'elsewhere/stray', 'keys//x']) {
    await rm(file, { force: true });
    const sealed = await createSealedFile(file, PASSPHRASE, randomBytes);
    const archive = createArchiveWriter(sealed);
    await archive.add('about.json', Buffer.from(JSON.stringify(ABOUT)));
    await archive.add(path, Buffer.from('x'));
    await archive.finish();
    await sealed.finish();
    await sealed.close();
    expect(await hallTool(join(root, 'b'), ['restore', file])).toMatchObject({ code: 1 });
    expect(await readdir(root)).toEqual(['hall.backup']);
  }
});

const ABOUT = { v: 1, madeAt: 0, epoch: 1, root: 'a'.repeat(64) };

test('[BK3] no server starts on a restore that was cut short, and the next restore clears it', async () => {
  const root = await workFolder();
  const hall = await openKeptHall(join(root, 'a'));
  await hall.close();
  const file = join(root, 'hall.backup');
  await hallTool(join(root, 'a'), ['backup', file]);
  await hallTool(join(root, 'b'), ['restore', file]);
  // As after a power cut in the middle of moving into place.
  await rm(join(root, 'b', 'keys'), { recursive: true });
  const marker = join(root, 'b', 'restoring');
  await writeFile(marker, '');
  const config = configFor(join(root, 'b'));
  expect(await openHall(config, createLog('silent'))).toMatchObject({ refusal: 'half-restored' });
  await rm(marker);
  await writeFile(marker, '');
  expect(await hallTool(join(root, 'b'), ['restore', file])).toMatchObject({ code: 0 });
  expect(await readdir(join(root, 'b', 'keys'))).toHaveLength(7);
});

test('[BK1] a backup takes no file’s place unasked, leaves no half file, and lies outside the data folder', async () => {
  const root = await workFolder();
  const folder = join(root, 'a');
  const hall = await openKeptHall(folder);
  const file = join(root, 'hall.backup');
  await writeFile(file, 'somebody’s file');
  expect(await hallTool(folder, ['backup', file])).toMatchObject({ code: 1 });
  expect(await readFile(file, 'utf8')).toBe('somebody’s file');
  expect(await hallTool(folder, ['backup', file], { passphrase: 'short' })).toMatchObject({
    code: 1,
  });
  expect(await hallTool(folder, ['backup', file, '--overwrite'])).toMatchObject({ code: 0 });
  expect((await readFile(file, 'latin1')).startsWith('OPENHALL-SEALED 1\n')).toBe(true);
  expect(await hallTool(folder, ['backup', join(folder, 'x')])).toMatchObject({ code: 1 });
  expect(await hallTool(join(root, 'none'), ['backup', join(root, 'x')])).toMatchObject({
    code: 1,
  });
  expect(await readdir(root)).toEqual(['a', 'hall.backup']);
  await hall.close();
});

test('[BK7] with the root key in a safe the hall works on; raising the epoch asks for its file', async () => {
  const root = await workFolder();
  const folder = join(root, 'a');
  const first = await openKeptHall(folder);
  await first.close();
  const safe = join(root, 'root.sealed');
  expect(await hallTool(folder, ['export-root', safe, '--move'])).toMatchObject({ code: 0 });
  expect(await readdir(join(folder, 'keys'))).not.toContain('root.pem');
  const hall = await openKeptHall(folder);
  expect(hall.obstacles()).toEqual([]);
  expect(await addScreen(hall, '一楼')).toMatchObject({ ok: true });
  await renameDesk(hall, '没有根密钥也能发布');
  const screen = await watchingScreen(hall, SCREEN);
  await screen.ask(hall);
  expect(screen.desk()).toBe('没有根密钥也能发布');
  await hall.close();

  expect(await hallTool(folder, ['raise-epoch'])).toMatchObject({ code: 1 });
  const wrong = { passphrase: 'another one 77' };
  expect(await hallTool(folder, ['raise-epoch', '--root', safe], wrong)).toMatchObject({ code: 1 });
  const told = await hallTool(folder, ['raise-epoch'], { answers: [safe] });
  expect(told).toMatchObject({ code: 0 });
  const again = await openKeptHall(folder);
  await screen.ask(again);
  expect(screen.order()).toMatchObject({ epoch: 2 });
});

test('[BK7] another hall’s root key, or a backup in its place, raises nothing', async () => {
  const root = await workFolder();
  for (const name of ['a', 'b']) await (await openKeptHall(join(root, name))).close();
  const foreign = join(root, 'foreign.sealed');
  await hallTool(join(root, 'b'), ['export-root', foreign]);
  const backup = join(root, 'hall.backup');
  await hallTool(join(root, 'a'), ['backup', backup]);
  const before = await readFile(join(root, 'a', 'keys', 'roles.json'), 'utf8');
  for (const file of [foreign, backup])
    expect(await hallTool(join(root, 'a'), ['raise-epoch', '--root', file])).toMatchObject({
      code: 1,
    });
  expect(await readFile(join(root, 'a', 'keys', 'roles.json'), 'utf8')).toBe(before);
  const wrongKind = await hallTool(join(root, 'c'), ['restore', foreign]);
  expect(wrongKind).toMatchObject({ code: 1 });
  expect(await readdir(root)).not.toContain('c');
});
