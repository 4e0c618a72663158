import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf, cookieFrom, refusalOf } from './hall.ts';
import { serverProcesses, signIn } from './server-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('the server as a process', () => {
  const { folderOf, start, adopt } = serverProcesses();

  it('--empty makes one administrator with a one-time password, and stops in order', async () => {
    const run = start('empty', { args: ['--empty'] });
    const { base, text } = await run.opened;
    const password = /^ {2}admin +(\S+)$/m.exec(text)?.[1] ?? '';
    expect(password).toMatch(/^[2-9a-z]{4}(?:-[2-9a-z]{4}){3}$/);
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    const signedIn = await signIn(base, 'admin', password);
    const cookie = cookieFrom(signedIn);
    expect(await answerOf('signIn', signedIn)).toMatchObject({
      roles: ['administrator'],
      mustChangePassword: true,
    });
    expect((await fetch(`${base}/api/people`, { headers: { cookie } })).status).toBe(403);
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ code: 0, errors: '' });
  }, 60_000);

  it('a second start keeps what there is, tells no password, and can make a new one', async () => {
    const first = start('again', { args: ['--empty'] });
    const before = /^ {2}admin +(\S+)$/m.exec((await first.opened).text)?.[1] ?? '';
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    const second = start('again');
    const { text } = await second.opened;
    expect(text).toContain('--reset-password');
    expect(text).not.toContain(before);
    second.child.kill('SIGTERM');
    await second.ended;

    const third = start('again', { args: ['--reset-password', 'admin'] });
    const again = await third.opened;
    const password = /^ {2}admin +(\S+)$/m.exec(again.text)?.[1] ?? '';
    expect(password).not.toBe(before);
    expect(await refusalOf(await signIn(again.base, 'admin', before))).toBe('wrong-credentials');
    expect((await signIn(again.base, 'admin', password)).status).toBe(200);
  }, 60_000);

  it('the demonstration prints its accounts with the password that was set for all', async () => {
    const run = start('demo', { env: { DEMO_PASSWORD: 'Wq7-lantern-2' } });
    const { base, text } = await run.opened;
    const accounts = [...text.matchAll(/^ {2}(\w+) +Wq7-lantern-2 /gm)].map(([, name]) => name);
    expect(accounts.length).toBeGreaterThanOrEqual(5);
    for (const account of accounts) {
      expect((await signIn(base, account ?? '', 'Wq7-lantern-2')).status).toBe(200);
    }
    expect(await (await fetch(base)).text()).toContain('演示数据');
  }, 60_000);

  it('[TR10] a start after a jump of the clock signs nothing until --confirm-clock', async () => {
    // The outside world, eight days later.
    const script = 'const now = Date.now; Date.now = () => now() + 8 * 86400000;';
    const env = {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
    };
    const first = start('clock', { args: ['--empty'] });
    await first.opened;
    first.child.kill('SIGTERM');
    await first.ended;

    const suspect = start('clock', { env });
    const ready = await fetch(`${(await suspect.opened).base}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ok: false, obstacles: ['clock: ahead'] },
    ]);
    suspect.child.kill('SIGTERM');
    expect((await suspect.ended).errors).toContain('npm start -- --confirm-clock');

    const confirmed = start('clock', { env, args: ['--confirm-clock'] });
    expect((await fetch(`${(await confirmed.opened).base}/readyz`)).status).toBe(200);
    confirmed.child.kill('SIGTERM');
    expect((await confirmed.ended).errors).toBe('');

    const after = start('clock', { env });
    expect((await fetch(`${(await after.opened).base}/readyz`)).status).toBe(200);
  }, 60_000);

  it('a bad setting names itself and stops the start', async () => {
    const { code, errors } = await start('bad', { env: { PORT: 'eighty' } }).ended;
    expect([code, errors]).toEqual([
      2,
      'PORT=eighty：应为0 到 65535 的整数 · must be a whole number from 0 to 65535\n',
    ]);
  }, 60_000);

  it('a data folder in use and a port in use are said in words', async () => {
    const run = start('used', { args: ['--empty'] });
    const { base } = await run.opened;
    const locked = await start('used').ended;
    expect([locked.code, locked.errors.split('\n')[0]]).toEqual([
      1,
      '数据文件夹正被另一个服务使用。请先停止它，或用 DATA_DIR 换一个文件夹。',
    ]);
    const late = start('port', { args: ['--empty'], env: { PORT: new URL(base).port } });
    const taken = await late.ended;
    expect([taken.code, taken.errors.split('\n')[0]]).toEqual([
      1,
      '无法在这个地址和端口上监听。请用 PORT 或 HOST 换一个。',
    ]);
    // It has made its hall, and its password is told only now.
    const password = /^ {2}admin +(\S+)$/m.exec(await late.output)?.[1] ?? '';
    const again = start('port');
    expect((await signIn((await again.opened).base, 'admin', password)).status).toBe(200);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  }, 60_000);

  it('a first start that was cut short is refused: nobody has its passwords', async () => {
    const run = start('cut', { env: { LOG_LEVEL: 'info' } });
    await run.furnishing;
    run.child.kill('SIGKILL');
    await run.ended;
    const { code, errors } = await start('cut').ended;
    expect([code, errors.split('\n')[0]]).toEqual([
      1,
      '上次首次启动没有完成，账号密码无人知道。请删除数据文件夹后重新启动。',
    ]);
  }, 60_000);

  it('the server ends with a launcher that was killed', async () => {
    const launcher = `
      import { run } from './board-server/launch/run.mjs';
      await run(process.execPath, ['board-server/main.ts', '--empty']);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', launcher], {
      cwd: ROOT,
      env: { ...process.env, PORT: '0', DATA_DIR: folderOf('launched'), LOG_LEVEL: 'info' },
    });
    const run = adopt(child);
    await run.opened;
    child.kill('SIGKILL');
    // The pipe closes when the last process that holds it is gone.
    expect(await run.output).toContain('the launcher is gone');
    expect(await run.output).toContain('stopped');
  }, 60_000);
});
