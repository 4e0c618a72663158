import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { announced, openMenu, openRecord, signIn, startServer } from './console.ts';
import { openTechnician } from './support/technician.ts';

/**
 * A stick instead of a network: made in the console, taken by a board and a touch screen whose
 * server is dead, and its receipts taken by the server when it is back.
 */

const data = mkdtempSync(join(tmpdir(), 'openhall-stick-'));
const pocket = mkdtempSync(join(tmpdir(), 'openhall-pocket-'));
const port = 20_000 + ((process.pid + 9000) % 12_000);
const WITHDRAWN = '老旧小区改造计划公示';
let server: ChildProcess;
let url: string;
let browser: Browser;

beforeAll(async () => {
  server = startServer(data, port);
  url = await announced(server);
  browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
});

afterAll(async () => {
  await browser.close();
  await stop();
  for (const folder of [data, pocket]) rmSync(folder, { recursive: true, force: true });
});

async function stop(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

async function openScreen(kind: 'touch' | 'board', name: string): Promise<Page> {
  const touch = kind === 'touch';
  const context = await browser.newContext({
    viewport: touch ? { width: 1080, height: 1920 } : { width: 1920, height: 1080 },
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()))
      throw new Error(message.text());
  });
  await page.goto(`${url}/${kind}/?screen=${name}`);
  return page;
}

/** The shell is kept whole: from now on the page loads without a server. */
const keptShell = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === 'activated') return;
    await new Promise((resolve) => active?.addEventListener('statechange', resolve));
  });

/** 导出到U盘, for the screens by name; answers where the file is. */
async function exportFor(manager: Page, names: readonly string[], as: string): Promise<string> {
  await openMenu(manager, '屏幕');
  await manager.getByRole('button', { name: '导出到U盘' }).click();
  const panel = manager.getByRole('region', { name: '导出到U盘' });
  await panel.getByRole('button', { name: '全不选' }).click();
  for (const name of names) await panel.getByLabel(name).check();
  await panel.getByRole('button', { name: '装成文件' }).click();
  await panel.getByText('文件装好了').waitFor();
  const download = manager.waitForEvent('download');
  await panel.getByRole('link', { name: '下载' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^openhall-安澜县政务服务中心-\d{4}-\d\d-\d\d\.ohs$/);
  const path = join(pocket, as);
  await file.saveAs(path);
  await panel.getByRole('button', { name: '关闭' }).click();
  return path;
}

/** Puts a file into the page's own file system, and has the picker give that folder. */
async function plugIn(page: Page, path: string): Promise<void> {
  await page.evaluate(
    async ([name, base64]) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(name ?? '', { create: true });
      const writable = await handle.createWritable();
      await writable.write(Uint8Array.from(atob(base64 ?? ''), (one) => one.charCodeAt(0)));
      await writable.close();
      Object.assign(window, { showDirectoryPicker: async () => folder });
    },
    [path.split('/').at(-1) ?? '', readFileSync(path).toString('base64')],
  );
}

/** What lies in that folder. */
const onStick = (page: Page) =>
  page.evaluate(async () => {
    const files: Record<string, string> = {};
    const folder = (await navigator.storage.getDirectory()) as unknown as {
      values(): AsyncIterable<{ name: string; getFile(): Promise<File> }>;
    };
    for await (const entry of folder.values())
      files[entry.name] = entry.name.endsWith('.json') ? await (await entry.getFile()).text() : '';
    return files;
  });

test('[SK3] [SK5] [SK7] [SK8] a stick from the console to screens without a server, and its receipts back', async () => {
  const board = await openScreen('board', 'tv-hall');
  const touch = await openScreen('touch', 'touch-01');
  await touch.getByText('触摸屏幕开始').waitFor();
  await Promise.all([keptShell(board), keptShell(touch)]);
  const manager = await signIn(browser, url, 'zhuren');

  // The touch screen is paired while it has a line, the board never.
  await openMenu(manager, '屏幕');
  const touchCard = manager.locator('.screen', { hasText: '触摸屏' }).first();
  await touchCard.getByRole('button', { name: '一致，批准' }).click();
  await touchCard.getByText('已显示最新').waitFor();
  const boardName = await manager
    .locator('.screen', { hasText: 'tv-hall' })
    .locator('h2')
    .innerText();
  const touchName = await touchCard.locator('h2').innerText();

  // Cables are pulled. The hall goes on: a notice is taken down, of which the screens hear nothing.
  const old = await exportFor(manager, [boardName, touchName], 'old.ohs');
  const [boardContext, touchContext] = [board.context(), touch.context()];
  await Promise.all([boardContext.setOffline(true), touchContext.setOffline(true)]);
  await openRecord(manager, WITHDRAWN);
  await manager.getByRole('button', { name: '立即撤下' }).click();
  await manager.getByRole('button', { name: '再按一次，立即撤下' }).click();
  await manager.getByText('已撤下').first().waitFor();
  const fresh = await exportFor(manager, [boardName, touchName], 'fresh.ohs');
  const others = await exportFor(manager, [touchName], 'others.ohs');
  await stop();

  // The board starts from the shell it keeps, and takes the file by keyboard alone.
  await board.reload();
  await openTechnician(board);
  const page = board.locator('dialog.technician');
  const choose = page.locator('input[type=file]');
  const sayWhy = async (path: string, why: string, words: string) => {
    await choose.setInputFiles(path);
    await page.locator(`[data-why=${why}]`).waitFor();
    expect(await page.locator('.technician-bad').innerText()).toContain(words);
  };
  const cut = join(pocket, 'cut.ohs');
  copyFileSync(fresh, cut);
  truncateSync(cut, readFileSync(fresh).length - 1000);
  await sayWhy(cut, 'cut-off', '没拷完');
  writeFileSync(cut, 'not one of ours');
  await sayWhy(cut, 'not-a-stick', '这不是公开屏的内容文件');
  await sayWhy(others, 'other-screen', '没有给这块屏的内容');
  await choose.setInputFiles(fresh);
  await page.getByText('已经换上。').waitFor();
  expect(await page.locator('.technician-facts').innerText()).toMatch(/U盘导出于 \d{4}-\d\d-\d\d/);
  const saved = board.waitForEvent('download');
  await page.getByRole('link', { name: '保存回执文件' }).click();
  const boardReceipt = join(pocket, 'board.json');
  await (await saved).saveAs(boardReceipt);
  expect((await saved).suggestedFilename()).toMatch(/^openhall-receipt-tv-hall-\d{8}-\d{4}\.json$/);
  await sayWhy(old, 'rollback', '比屏上的内容旧');
  const fingerprint = await page.locator('.technician-facts dd').last().innerText();
  await page.getByRole('button', { name: '关闭，回到公开屏' }).press('Enter');
  await expect.poll(() => board.locator('body').innerText()).toContain('U盘导出于');

  // The touch screen: its top edge is held for five seconds, the stick is chosen as a folder.
  await touch.reload();
  await touch.getByText('触摸屏幕开始').waitFor();
  await expect
    .poll(
      async () => {
        await touch.mouse.move(500, 60);
        await touch.mouse.down();
        await touch
          .locator('dialog.technician')
          .waitFor({ timeout: 7000 })
          .catch(() => undefined);
        await touch.mouse.up();
        return touch.locator('dialog.technician').isVisible();
      },
      { timeout: 40_000 },
    )
    .toBe(true);
  await plugIn(touch, old);
  await plugIn(touch, fresh);
  await touch.getByRole('button', { name: '选择U盘文件夹' }).click();
  await touch.getByText('回执已写到U盘').waitFor();
  const stick = await onStick(touch);
  const receiptName = Object.keys(stick).find((name) => name.endsWith('.json')) ?? '';
  expect(receiptName).toMatch(/^openhall-receipt-touch-01-\d{8}-\d{4}\.json$/);
  const touchReceipt = join(pocket, receiptName);
  writeFileSync(touchReceipt, stick[receiptName] ?? '');
  await touch.keyboard.press('Escape');
  await touch.locator('dialog.technician').waitFor({ state: 'detached' });
  await touch.getByText('触摸屏幕开始').click();
  await touch.getByText('内容由U盘带来').waitFor();
  expect(await touch.locator('body').innerText()).not.toContain(WITHDRAWN);

  // The server is back, the screens are still without a line: their receipts speak for them.
  server = startServer(data, port);
  await announced(server);
  await manager.reload();
  await openMenu(manager, '屏幕');
  await manager.getByRole('button', { name: '登记回执' }).click();
  const panel = manager.getByRole('region', { name: '登记回执' });
  const submit = panel.getByRole('button', { name: '登记', exact: true });
  await panel.getByLabel('回执文件').setInputFiles([touchReceipt, boardReceipt]);
  await submit.click();
  await panel.getByText(`${touchName}：`).waitFor();
  await panel.getByText('的回执已登记，显示的是最新内容').first().waitFor();
  // The board was never paired: a person compares what its glass said.
  expect(await panel.locator('.pairing-print').innerText()).toBe(fingerprint);
  await panel.getByRole('button', { name: '指纹一致，批准并登记' }).click();
  await panel.getByText(`${boardName}：`).waitFor();
  for (const name of [boardName, touchName]) {
    const card = manager.locator('.screen', { hasText: name });
    await card.getByText('U盘回执：已是最新').waitFor();
    await card.getByText(/由U盘回执：显示到第 \d+ 次发布/).waitFor();
  }
  await submit.click();
  await panel.getByText('这份回执已经登记过').first().waitFor();
  const forged = JSON.parse(readFileSync(touchReceipt, 'utf8')) as { report: string };
  forged.report = forged.report.replace(/"sig":"../, '"sig":"AA');
  writeFileSync(touchReceipt, JSON.stringify(forged));
  await panel.getByLabel('回执文件').setInputFiles([touchReceipt]);
  await submit.click();
  await panel.getByText('这份回执不是真的').waitFor();
});
