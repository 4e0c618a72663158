import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import type { Starting } from './console.ts';
import { openConsole, openMenu, startServer } from './console.ts';

/** A real hall from its first start on: one administrator, bare walls, and what can go wrong with time. */

const data = mkdtempSync(join(tmpdir(), 'openhall-first-'));
const port = 20_000 + ((process.pid + 3000) % 12_000);
const ADMINISTRATOR = '河边 石桥 晚霞 2026';
let browser: Browser;
let server: ChildProcess;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
});
afterEach(async () => {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
});
afterAll(async () => {
  await browser.close();
  rmSync(data, { recursive: true, force: true });
});

/** A public address, so that screens are not sent to loopback; the console still works there. */
const PUBLIC_URL = 'https://hall.example';

/** What it prints until it is open, and its address on this machine. */
async function start(starting: Starting) {
  server = startServer(data, port, starting);
  let said = '';
  server.stdout?.on('data', (part) => (said += String(part)));
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/^ {2}https?:\/\/\S+\/$[^]*\n\n$/m);
  return { url: `http://127.0.0.1:${port}`, said: () => said };
}

async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByText('这是一次性密码').waitFor();
  await page.getByLabel('现在的密码', { exact: true }).fill(current);
  await page.getByLabel('新密码', { exact: true }).fill(next);
  await page.getByLabel('再输一遍新密码').fill(next);
  await page.getByRole('button', { name: '改成新密码' }).click();
}

async function addPerson(page: Page, name: string, account: string, role: string) {
  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.getByLabel('岗位').fill(`窗口${role}`);
  await page.getByLabel('编辑', { exact: true }).uncheck();
  await page.getByLabel(role, { exact: true }).check();
  await page.getByRole('button', { name: '添加', exact: true }).click();
  const password = await page.locator('.one-time').innerText();
  await page.getByRole('cell', { name: account }).waitFor();
  await page.getByRole('button', { name: '关闭' }).click();
  return password;
}

test('[AU1] an empty hall has one administrator with a one-time password, who sets up the rest', async () => {
  const { url, said } = await start({ args: ['--empty'], env: { PUBLIC_URL } });
  const accounts = [...said().matchAll(/^ {2}([a-z]+) +(\S+)$/gm)];
  expect(accounts.map(([, account]) => account)).toEqual(['admin']);
  const once = accounts[0]?.[2] ?? '';

  const page = await openConsole(browser, url);
  await page.getByText('没有账号，或忘了密码？').waitFor();
  expect(await page.getByText('演示数据').count()).toBe(0);
  await signIn(page, 'admin', once);
  await changePassword(page, once, ADMINISTRATOR);

  await page.getByRole('heading', { name: '屏幕', level: 1 }).waitFor();
  await page.getByText('还没有屏幕。').waitFor();
  await page.getByRole('button', { name: '添加屏幕' }).first().click();
  await page.getByLabel('名称').fill('门楣屏');
  await page.getByLabel('编号').fill('door');
  await page.getByLabel('大屏规格').selectOption({ label: '门楣单色屏 384×64' });
  await page.getByRole('button', { name: '添加', exact: true }).click();
  const address = page.locator('.screen', { hasText: '门楣屏' }).getByLabel('打开地址');
  expect(await address.inputValue()).toMatch(
    /^https:\/\/hall\.example\/board\/\?screen=door&root=[0-9a-f]{64}$/,
  );

  await openMenu(page, '设置');
  await page.getByRole('link', { name: '大厅信息' }).click();
  await page.getByLabel('大厅名称').fill('清河县政务服务中心');
  await page.getByRole('button', { name: '添加一段时间' }).click();
  expect(await page.getByLabel('上午 从').inputValue()).toBe('08:30');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('大厅信息已保存').waitFor();
  await page.getByRole('link', { name: '人员' }).click();
  const editor = await addPerson(page, '周敏', 'zhoumin', '编辑');
  await addPerson(page, '王建华', 'wangjianhua', '审核');
  await page.context().close();

  const written = await openConsole(browser, url);
  await signIn(written, 'zhoumin', editor);
  await changePassword(written, editor, '清早 巷口 豆浆 2026');
  await written.getByRole('heading', { name: '周敏，您好' }).waitFor();
  await openMenu(written, '内容');
  await written.getByText('您部门还没有内容。').waitFor();
  await written.context().close();

  // A real hall: which screen this is has to be said, and nothing is chosen for anyone.
  const bare = await fetch(`${url}/board/`, { redirect: 'manual' });
  expect(bare.status).toBe(200);
});

/** The server's clock eight days fast: what a drained battery or a wrong hand does. */
const FAST = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(
    'const now = Date.now; Date.now = () => now() + 8 * 86400000;',
  )}`,
};

test('[TR10] a suspect clock is on the console’s page, and an administrator confirms it there', async () => {
  const { url } = await start({ env: FAST });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  const page = await openConsole(browser, url);
  await signIn(page, 'admin', ADMINISTRATOR);
  await page.getByText('服务器的时间可疑，已停止发布').waitFor();
  await page.getByText('服务器的时间比上次发布晚了七天以上').waitFor();
  await page.getByRole('button', { name: '时间没错，恢复发布' }).click();
  await page.getByRole('button', { name: '再按一次，确认时间没错' }).click();
  await page.getByText('服务器的时间可疑').waitFor({ state: 'detached' });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await page.context().close();
});
