import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { CHANNEL } from '../../board-server/services/publication.ts';
import { openCollections } from '../../board-server/services/stored.ts';
import { MIGRATIONS } from '../../board-server/services/upgrades.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import type { Outage } from '../../shared/domain/outage.ts';
import { announced, signIn, startServer } from './console.ts';

/** 今天 of a hall whose power was cut an hour ago, in a real browser. */

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const MINUTE = 60_000;
const data = mkdtempSync(join(tmpdir(), 'openhall-day-'));
const port = 20_000 + ((process.pid + 5000) % 12_000);
let browser: Browser;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  await start();
  await stop();
  await cutThePower();
  await start();
});
afterAll(async () => {
  await browser.close();
  await stop();
  rmSync(data, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = startServer(data, port);
  url = await announced(server);
}

async function stop(): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

/** What a store holds whose server last lived an hour ago, and whose screens had their own stories. */
async function cutThePower(): Promise<void> {
  const opened = await openJournalStore({
    folder: join(data, 'store'),
    fileSystem: nodeFileSystem,
    processes: await nodeProcesses(),
    clock: Date.now,
    migrations: MIGRATIONS,
  });
  if (!opened.ok) throw new Error(opened.refusal);
  const store = opened.value;
  const { outages, downtimes, leases, items, slots } = openCollections(store);
  const now = Date.now();
  const lease = leases.get(CHANNEL)?.value;
  if (lease === undefined) throw new Error('nothing was published');
  const silent = (since: number, until: number, glass: object): Outage =>
    ({ kind: 'silent', since: now - since * MINUTE, until: now - until * MINUTE, glass }) as Outage;
  const told = {
    'led-door': [silent(300, 240, { known: 'played' })],
    'led-hall': [silent(200, 150, { known: 'restarted', paintedAt: now - 160 * MINUTE })],
    'tv-hall': [],
  };
  const committed = await store.commit({
    puts: [
      ...Object.entries(told).map(([screen, list]) => outages.put(screen, { v: 1, outages: list })),
      // The demonstration was made this minute; its notices are to have been out since yesterday.
      ...items
        .list()
        .map(({ id, value }) => items.put(id, { ...value, approvedAt: now - 1440 * MINUTE })),
      ...slots
        .list()
        .map(({ id, value }) => slots.put(id, { ...value, phaseAt: now - 1440 * MINUTE })),
      downtimes.put('hall', { v: 1, aliveAt: now - 60 * MINUTE, downs: [] }),
      leases.put(CHANNEL, {
        ...lease,
        lease: { ...lease.lease, signedAt: now - 60 * MINUTE },
      }),
    ],
  });
  if (!committed.ok) throw new Error(committed.refusal);
  await store.close();
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = await page.evaluate<{
    violations: { id: string; nodes: { html: string }[] }[];
  }>(
    `axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function today(account: string): Promise<Page> {
  const page = await signIn(browser, url, account);
  await page.getByRole('heading', { name: '开厅和闭厅' }).waitFor();
  await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
  return page;
}

const card = (page: Page, name: string) => page.getByRole('region', { name });

describe('今天 after a power cut', () => {
  test('[DY3] [DY4] says what was down, for how long, and what each notice lost', async () => {
    const page = await today('zhuren');
    const down = card(page, '最近三天断过的');
    expect(await down.innerText()).toMatch(/服务器 .+至.+没有运行，共 1 小时/);
    const row = (name: string) => down.getByRole('listitem').filter({ hasText: name });
    expect(await row('门楣单色屏').last().innerText()).toContain('它自己照常播放，没有少播。');
    const restarted = row('大厅全彩屏').filter({ hasText: '重新开始显示' });
    expect(await restarted.first().innerText()).toMatch(/没有消息，共 50 分/);
    const losses = restarted.first().locator('details');
    if ((await losses.getAttribute('open')) === null) await losses.locator('summary').click();
    await expect.poll(() => losses.innerText()).toMatch(/最多少播 \d+ (?:分|秒)/);
    const silent = row('等候区电视').filter({ hasText: '没有消息' });
    expect(await silent.first().innerText()).toContain('现在不知道');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });

  test('names every screen with what to do, and shows no word of the machinery', async () => {
    const page = await today('zhuren');
    const screens = card(page, '各屏情况');
    expect(await screens.innerText()).toContain('4 块屏要看一看');
    expect(await page.locator('main').innerText()).not.toMatch(
      /[a-z]{4,}|undefined|NaN|节目单|发布包/i,
    );
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });

  test('[DY5] the manager names who is on duty; an editor sees it and is offered nothing', async () => {
    const page = await today('zhuren');
    await page.getByRole('button', { name: '安排值班' }).click();
    await page.getByLabel('今天值班').fill('何兰');
    await page.keyboard.press('Enter');
    await page.getByText('今天值班：何兰').waitFor();
    const editor = await today('bianji1');
    await editor.getByText('今天值班：何兰').waitFor();
    expect(await editor.getByRole('button', { name: /值班|换人|提前闭厅/ }).count()).toBe(0);
    await page.context().close();
    await editor.context().close();
  });
});
