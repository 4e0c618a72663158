import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Hall } from '../../board-server/hall.ts';
import { present } from '../../shared/kit/assert.ts';
import { hallTool, openKeptHall, workFolder } from './kept-hall.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOW = Date.UTC(2026, 10, 26, 2);

async function lockOut({ store, accounts }: Hall, account: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const { puts } = accounts.lockouts.fail(account, NOW);
    await store.commit({ puts });
  }
  expect(accounts.lockouts.isLocked(account, NOW)).toBe(true);
}

const passwordIn = (said: string): string =>
  present(/[2-9a-z]{4}(?:-[2-9a-z]{4}){3}/.exec(said)?.[0], 'one-time password');

async function opens({ accounts }: Hall, account: string, password: string): Promise<boolean> {
  const person = present(accounts.people.findByAccount(account), account);
  const verified = await accounts.passwords.verify(password, person.password.phc);
  return verified.ok && verified.value && person.password.oneTime;
}

test('[AU2] the only administrator, locked out, gets in again by whoever stands at the server itself', async () => {
  const folder = join(await workFolder(), 'hall');
  const before = await openKeptHall(folder);
  await lockOut(before, 'admin');
  // The running server holds the folder; nothing is changed behind its back.
  expect(await hallTool(folder, ['reset-admin'])).toMatchObject({ code: 1 });
  await before.close();
  const { code, said } = await hallTool(folder, ['reset-admin']);
  expect(code).toBe(0);
  const hall = await openKeptHall(folder);
  expect(hall.accounts.lockouts.isLocked('admin', NOW)).toBe(false);
  expect(await opens(hall, 'admin', passwordIn(said))).toBe(true);
  const entries = await hall.store.read('audit');
  expect(JSON.stringify(entries.at(-2)) + JSON.stringify(entries.at(-1))).toContain(
    'password.reset',
  );
});

test('of several administrators one must be named, and nobody else is reset by this', async () => {
  const folder = join(await workFolder(), 'hall');
  const hall = await openKeptHall(folder);
  const by = { id: 'system', name: '系统', post: '' };
  const person = { name: '王建华', post: '科员', department: '政务服务中心' };
  await hall.accounts.people.add(
    { ...person, account: 'second', roles: ['administrator'] },
    by,
    NOW,
  );
  await hall.accounts.people.add({ ...person, account: 'wang', roles: ['reviewer'] }, by, NOW);
  await hall.close();
  const unnamed = await hallTool(folder, ['reset-admin']);
  expect([unnamed.code, unnamed.said]).toEqual([1, expect.stringContaining('admin, second')]);
  expect(await hallTool(folder, ['reset-admin', 'wang'])).toMatchObject({ code: 1 });
  expect(await hallTool(folder, ['reset-admin', 'second'])).toMatchObject({ code: 0 });
  const nowhere = join(folder, '..', 'none');
  expect(await hallTool(nowhere, ['reset-admin'])).toMatchObject({ code: 1 });
});
