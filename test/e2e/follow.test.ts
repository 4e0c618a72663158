import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { present } from '../../shared/kit/assert.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { Desk } from '../bench/support/changing.ts';
import { openDesk } from '../bench/support/changing.ts';
import { PASSWORD } from '../bench/support/large-hall.ts';
import { approveKey } from '../bench/support/screens.ts';
import { announced, signIn, startServer } from './console.ts';
import { openScreen, said } from './support/screen-pages.ts';

/** What a hall does on a working morning, and screens that nobody touches follow it. */

/** A Wednesday on which windows are open; the hall's server lives then, whenever the test runs. */
const MORNING = Date.parse('2026-11-25T10:00:00+08:00');
const SCREENS = ['touch-01', 'tv-hall', 'led-door', 'led-hall'] as const;
/** Those with a line for the hours; the door's is as long as its notices. */
const BOARDS = ['tv-hall', 'led-hall'] as const;
type ScreenName = (typeof SCREENS)[number];

const data = mkdtempSync(join(tmpdir(), 'openhall-follow-'));
let server: ChildProcess;
let url: string;
let browser: Browser;
let desk: Desk;
let screens: Readonly<Record<ScreenName, Page>>;

beforeAll(async () => {
  server = startServer(data, 20_000 + ((process.pid + 3000) % 12_000), {
    env: { DEMO_PASSWORD: PASSWORD, NODE_OPTIONS: livesFrom(MORNING) },
  });
  url = await announced(server);
  browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const opened = await Promise.all(
    SCREENS.map(async (name) => [name, await openScreen(browser, url, name)] as const),
  );
  screens = Object.fromEntries(opened) as Record<ScreenName, Page>;
  desk = await openDesk(url);
  // A code that waits to be compared would stand where the hours do.
  for (const name of SCREENS) await approveKey(desk.manager, id(isScreenId, name));
});
afterAll(async () => {
  await browser.close();
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(data, { recursive: true, force: true });
});

/** Sets the clock of a process that begins, as that of its machine may be set. */
function livesFrom(instant: number): string {
  const program = `const { now } = Date; Date.now = () => now() + ${instant - Date.now()};`;
  return `--import=data:text/javascript,${encodeURIComponent(program)}`;
}

const says = (name: ScreenName) =>
  expect.poll(() => said(screens[name]), { timeout: 60_000, interval: 50 });

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `test/.results/follow-${name}.png` });

test('[SY1] [SC7] a touch screen that waits for somebody takes what is new, and shows it as it stands', async () => {
  const touch = screens['touch-01'];
  await touch.locator('.header-now').waitFor();
  await touch.evaluate(() => Object.assign(window, { marked: true }));
  const { records } = await desk.manager.call('records', { search: '停水公告' });
  const notice = present(records[0], 'notice').id;
  const title = '育红路临时停水的公告';
  await (await desk.prepare(notice, 1, { title })).approve();
  // Its turn among the cards comes by itself.
  await says('touch-01').toContain(title);
  expect(await touch.locator('.attract-press').count()).toBe(1);
  expect(await touch.evaluate(() => 'marked' in window)).toBe(true);
  await picture(touch, 'attract-upright');
});

test('[DY2] 提前闭厅 in two touches: boards and touch screen say so, until it is taken back', async () => {
  const touch = screens['touch-01'];
  const home = touch.getByRole('heading', { name: '您想看什么？' });
  await expect
    .poll(async () => {
      if (await home.isVisible()) return true;
      await touch.locator('.attract-press').click();
      return home.isVisible();
    })
    .toBe(true);
  await says('touch-01').toMatch(/正在上班，12:00下班/);
  for (const board of BOARDS) await says(board).toMatch(/正在办公，至12:00/);

  const manager = await signIn(browser, url, 'zhuren', PASSWORD);
  const day = manager.getByRole('region', { name: '开厅和闭厅' });
  await day.getByRole('button', { name: '提前闭厅' }).click();
  await day.getByLabel('为什么提前闭厅').fill('配电间检修，全厅停电');
  await picture(manager, 'console-asks');
  await day.getByRole('button', { name: '现在闭厅' }).click();
  await day.getByText('各屏已写“已下班”。明天自动照常。').waitFor();
  await day.getByText(/提前闭厅：配电间检修，全厅停电/).waitFor();
  await picture(manager, 'console-closed');
  await says('touch-01').toMatch(/已下班，明天08:30开门/);
  for (const board of BOARDS) {
    await says(board).toMatch(/已下班，明天8:30开门/);
    expect(await said(screens[board])).not.toContain('正在办公');
    await picture(screens[board], `${board}-closed`);
  }
  await picture(touch, 'touch-closed-upright');
  await touch.setViewportSize({ width: 1920, height: 1080 });
  await picture(touch, 'touch-closed-wide');
  // Why is the hall's own business.
  for (const name of SCREENS) expect(await said(screens[name])).not.toContain('配电间');

  await day.getByRole('button', { name: '撤销，恢复今天的办公时间' }).click();
  await says('touch-01').toMatch(/正在上班，12:00下班/);
  for (const board of BOARDS) await says(board).toMatch(/正在办公，至12:00/);
});
