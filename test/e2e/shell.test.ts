import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { ConsoleClient } from '../bench/support/console-client.ts';
import { signIn } from '../bench/support/console-client.ts';
import { PASSWORD } from '../bench/support/large-hall.ts';
import { approveKey } from '../bench/support/screens.ts';
import { announced, openMenu, signIn as signInTo, startServer } from './console.ts';
import type { Box } from './support/chromium-box.ts';
import { createBox } from './support/chromium-box.ts';
import type { ShellFront } from './support/shell-front.ts';
import { openShellFront } from './support/shell-front.ts';
import type { BuiltShell, Variation } from './support/shell-variant.ts';
import { builtShell, hasten, vary } from './support/shell-variant.ts';
import { openTechnician } from './support/technician.ts';

/**
 * Shells that come and go on a real board in a real Chromium, whose profile outlives its power. The
 * minutes that page and worker wait are written as seconds into what is served here.
 */

const data = mkdtempSync(join(tmpdir(), 'openhall-shell-'));
let server: ChildProcess;
let hall: string;
let manager: ConsoleClient;
let front: ShellFront;
let box: Box;

const FIRST = hasten(builtShell());
const variant = (digit: string, variation: Omit<Variation, 'build'> = {}): BuiltShell =>
  vary(FIRST, { build: digit.repeat(12), ...variation });

beforeAll(async () => {
  server = startServer(data, 20_000 + ((process.pid + 9000) % 12_000), {
    env: { DEMO_PASSWORD: PASSWORD },
  });
  hall = await announced(server);
  manager = await signIn(hall, 'zhuren');
});
afterAll(async () => {
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(data, { recursive: true, force: true });
});
beforeEach(async () => {
  front = await openShellFront(hall);
  front.serve(FIRST.files);
  box = createBox();
});
afterEach(async () => {
  await box.scrap();
  await front.close();
});

const until = (check: () => Promise<unknown>) =>
  expect.poll(check, { timeout: 60_000, interval: 50 });

/** Between two documents there is nothing to ask. */
async function ask<Value>(page: Page, question: () => Value | Promise<Value>) {
  try {
    return await page.evaluate(question);
  } catch (error) {
    return String(error);
  }
}

const buildOn = (page: Page) =>
  ask(
    page,
    () => document.querySelector<HTMLMetaElement>('meta[name="openhall-shell"]')?.content ?? '',
  );

const saidOn = (page: Page) => ask(page, () => document.querySelector('canvas')?.ariaLabel ?? '');

const waitingOn = (page: Page) =>
  ask(page, async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? '');

const cachesOn = (page: Page) => ask(page, () => caches.keys());

async function plays(page: Page, build: string): Promise<void> {
  await until(() => buildOn(page)).toBe(build);
  await until(() => saidOn(page)).toContain('安澜县');
}

const SCREEN = id(isScreenId, 'led-hall');
const BOARD = `/board/?screen=${SCREEN}`;

/** A page that stands for a second time, now from the shell kept on its box. */
async function keptOn(page: Page, stands: typeof plays): Promise<Page> {
  await stands(page, FIRST.build);
  await until(() => workerOn(page)).toBe('activated');
  await page.reload();
  await stands(page, FIRST.build);
  expect(await isControlled(page)).toBe(true);
  return page;
}

const openBoard = async () => keptOn(await openPage(), plays);

const workerOn = (page: Page) =>
  ask(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? '');

const isControlled = (page: Page) => ask(page, () => navigator.serviceWorker.controller !== null);

async function openPage(address = front.url + BOARD): Promise<Page> {
  const context = await box.start();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  return page;
}

/** The page looks for a next shell, which comes whole and waits. */
async function bring(page: Page, next: BuiltShell): Promise<void> {
  front.serve(next.files);
  await until(() => waitingOn(page)).toBe('installed');
}

const RESTED_MS = 3500;

describe('an update', () => {
  test('[SH1] [SH2] [SH3] comes whole, rests, takes over between two pages and keeps the one before', async () => {
    const page = await openBoard();
    const next = variant('b');
    const before = front.asked.length;
    await bring(page, next);
    expect(front.asked.slice(before).filter((path) => path.endsWith('.woff2'))).toEqual([]);

    expect(await buildOn(page)).toBe(FIRST.build);
    await plays(page, next.build);
    expect(await cachesOn(page)).toEqual(
      expect.arrayContaining([`openhall-shell-${FIRST.build}`, `openhall-shell-${next.build}`]),
    );

    const third = variant('c');
    await bring(page, third);
    await plays(page, third.build);
    expect(await cachesOn(page)).not.toContain(`openhall-shell-${FIRST.build}`);
  });

  test('[SH2] the first shell of a box is no update: its page is not loaded anew', async () => {
    const page = await openPage(`${front.url}/touch/?screen=touch-01`);
    await invites(page, FIRST.build);
    await until(() => workerOn(page)).toBe('activated');
    await until(() => ask(page, () => performance.now())).toBeGreaterThan(2 * RESTED_MS);
    const arrivals = await page.evaluate(() =>
      performance.getEntriesByType('navigation').map((entry) => entry.toJSON().type),
    );
    expect(arrivals).toEqual(['navigate']);
  });

  test('[SH2] a touch screen in use is left alone; it is updated when its person has gone, or was not there', async () => {
    const page = await openTouch();
    await until(() =>
      ask(page, () => {
        document.querySelector<HTMLElement>('.attract-press')?.click();
        return document.querySelector('.page-home .row') !== null;
      }),
    ).toBe(true);
    const next = variant('b');
    await bring(page, next);
    const waited = await page.evaluate(() => performance.now());
    // Longer than it rests, as hastened: who is there reads on in the same page.
    await until(() => ask(page, () => performance.now())).toBeGreaterThan(waited + RESTED_MS);
    expect(await buildOn(page)).toBe(FIRST.build);
    await page.getByRole('button', { name: '结束使用' }).click();
    await invites(page, next.build);

    const third = variant('c');
    await bring(page, third);
    await invites(page, third.build);
    expect(await isControlled(page)).toBe(true);
  });
});

async function openTouch(): Promise<Page> {
  const page = await openPage(`${front.url}/touch/?screen=touch-01`);
  await page.setViewportSize({ width: 1080, height: 1920 });
  return keptOn(page, invites);
}

/** What is held stands on its glass, and nobody is there. */
async function invites(page: Page, build: string): Promise<void> {
  await until(() => buildOn(page)).toBe(build);
  await until(() =>
    ask(page, () =>
      ['.header-now', '.attract-press'].every((part) => document.querySelector(part) !== null),
    ),
  ).toBe(true);
}

const THROWS = (script: string): string =>
  `IDBFactory.prototype.open = () => { throw new Error('a fault of this build'); };${script}`;

/** [SH5] Who looks after screens reads it in words, beside the screen. */
async function readInConsole(failed: string, why: 'threw' | 'not-painted'): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const page = await signInTo(browser, hall, 'zhuren', PASSWORD);
  await openMenu(page, '屏幕');
  const card = page.locator('.screen', { hasText: SCREEN }).first();
  await card.getByText('详情').click();
  const reason = why === 'threw' ? '启动时出错' : '没有画面';
  await card
    .getByText(`新版 ${failed} 连续三次没有启动成功（${reason}），已自动退回这一版`)
    .waitFor();
  await card.screenshot({ path: `test/.results/rolled-back-${why}.png` });
  await browser.close();
}

/** Every word of the technician's page has its characters from the font that the shell brings. */
function isDrawn(): boolean {
  const words = document.querySelector<HTMLElement>('dialog.technician')?.innerText ?? '';
  return words !== '' && document.fonts.check('16px "Noto Sans SC Variable"', words);
}

/** [SH11] The technician before the screen reads the same: which build runs, which failed. */
async function readOnSite(page: Page, why?: 'threw' | 'not-painted'): Promise<string[]> {
  await openTechnician(page);
  const program = page.locator('dt', { hasText: '程序' }).locator('+ dd');
  if (why !== undefined) {
    const reason = why === 'threw' ? '启动时出错' : '没有画面';
    await program.getByText(`连续三次没有启动成功（${reason}），已自动退回这一版`).waitFor();
    await until(() => ask(page, isDrawn)).toBe(true);
    await page.screenshot({ path: `test/.results/technician-${why}.png` });
  }
  const said = await program.innerText();
  await page.getByRole('button', { name: '关闭，回到公开屏' }).click();
  return said.match(/[0-9a-f]{12}/g) ?? [];
}

describe('a broken update', () => {
  test.each([
    ['that throws at its start', THROWS, 'threw'],
    ['that stands still', () => '', 'not-painted'],
    ['that is not a script', () => '<', 'not-painted'],
  ] as const)(
    '[SH4] [SH5] [SH11] %s is rolled back after three boots, told, and not tried again',
    async (_, entry, why) => {
      const page = await openBoard();
      await approveKey(manager, SCREEN);
      const broken = variant('d', { entry, limits: { bootLimitMs: 1000 } });
      await bring(page, broken);
      // Three boots that throw may be over between two looks at the page: the report tells of them.
      await until(async () => {
        const { screens } = await manager.call('screens', {});
        return screens.find((one) => one.id === SCREEN)?.shell;
      }).toBe(`${FIRST.build} after ${broken.build} ${why}`);
      await plays(page, FIRST.build);
      await readInConsole(broken.build, why);
      expect(await readOnSite(page, why)).toEqual([FIRST.build, broken.build]);

      // The same build is offered still, and refuses itself.
      const before = front.asked.length;
      await until(async () => front.asked.slice(before).includes('/sw.js')).toBe(true);
      await page.reload();
      await plays(page, FIRST.build);
      expect(await waitingOn(page)).toBe('');

      // The next one is as good as any.
      const sound = variant('e');
      await bring(page, sound);
      await plays(page, sound.build);
      expect(await readOnSite(page)).toEqual([sound.build]);
    },
  );

  test.each(['missing', 'short'] as const)(
    '[SH1] a file that is %s keeps a new shell away until it is whole',
    async (how) => {
      const page = await openBoard();
      const next = variant('b');
      front.spoil(next.entry, how);
      front.serve(next.files);
      await until(async () => front.asked.includes(next.entry)).toBe(true);
      await until(() => installingOn(page)).toBe('');
      expect(await waitingOn(page)).toBe('');
      await page.reload();
      await plays(page, FIRST.build);

      front.spoil(next.entry, 'sound');
      await bring(page, next);
      await plays(page, next.build);
    },
  );

  test('[SH8] a worker that never answers is unregistered by its page, and stays away', async () => {
    const page = await openBoard();
    const deaf = variant('f', {
      worker: `addEventListener('fetch', (event) => event.respondWith(new Promise(() => {})));
        addEventListener('message', () => skipWaiting());`,
    });
    await bring(page, deaf);
    // Its rest, and then what the page waits for an answer.
    await plays(page, deaf.build);
    expect(await isControlled(page)).toBe(false);
    await until(() =>
      ask(page, () => localStorage.getItem('openhall-worker-abandoned') ?? ''),
    ).toMatch(/^[0-9a-f]{64}$/);
    await page.reload();
    await plays(page, deaf.build);
    expect(await workerOn(page)).toBe('');

    const next = variant('b');
    front.serve(next.files);
    await page.reload();
    await plays(page, next.build);
    await until(() => workerOn(page)).toBe('activated');
  });
});

const installingOn = (page: Page) =>
  ask(page, async () => (await navigator.serviceWorker.getRegistration())?.installing?.state ?? '');

describe('a power cut', () => {
  test('[SH1] in the middle of an update leaves the shell in use whole, also without a server', async () => {
    await openBoard();
    const next = variant('b');
    front.spoil(next.entry, 'silence');
    front.serve(next.files);
    await until(async () => front.asked.includes(next.entry)).toBe(true);
    await box.cutPower();
    await front.cut();
    const dark = await openPage();
    await plays(dark, FIRST.build);

    await front.mend();
    front.spoil(next.entry, 'sound');
    await bring(dark, next);
    await plays(dark, next.build);
  });

  test('[SH4] a boot cut short counts: the third in a row is the last of a new shell', async () => {
    const page = await openBoard();
    const broken = variant('d', { entry: () => '', limits: { bootLimitMs: 600_000 } });
    await bring(page, broken);
    await until(() => buildOn(page)).toBe(broken.build);
    for (let boot = 2; boot <= 3; boot++) {
      await box.cutPower();
      expect(await buildOn(await openPage())).toBe(broken.build);
    }
    await box.cutPower();
    await plays(await openPage(), FIRST.build);
  });
});

describe('what is kept', () => {
  test('[SH7] plays on after a reload without a server', async () => {
    const page = await openBoard();
    await front.cut();
    await page.reload();
    await plays(page, FIRST.build);
  });

  test('[SH3] answers a page of the shell before for files that the server has no more', async () => {
    const page = await openBoard();
    const next = variant('b');
    await bring(page, next);
    await plays(page, next.build);
    await front.cut();
    const answers = await page.evaluate(
      async (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      [FIRST.entry, next.entry],
    );
    expect(answers).toEqual([200, 200]);
  });

  test('[SH6] a shell that lost files gives way to the whole one, and is mended', async () => {
    const page = await openBoard();
    const next = variant('b');
    await bring(page, next);
    await plays(page, next.build);
    await page.evaluate(
      async ([cache, path]) => (await caches.open(cache ?? '')).delete(path ?? ''),
      [`openhall-shell-${next.build}`, next.entry],
    );
    await box.cutPower();
    await front.cut();
    const dark = await openPage();
    await plays(dark, FIRST.build);

    await box.cutPower();
    await front.mend();
    const light = await openPage();
    await plays(light, FIRST.build);
    await until(() =>
      light.evaluate(
        async ([cache, path]) => (await (await caches.open(cache ?? '')).match(path ?? ''))?.status,
        [`openhall-shell-${next.build}`, next.entry],
      ),
    ).toBe(200);
    await box.cutPower();
    await plays(await openPage(), next.build);
  });

  test('[SH7] a server that never answers is given up', async () => {
    const page = await openPage();
    await plays(page, FIRST.build);
    front.serve(variant('b', { limits: { serverMs: 300 } }).files);
    await page.reload();
    await until(() => workerOn(page)).toBe('activated');
    await page.reload();
    await until(() => isControlled(page)).toBe(true);
    front.spoil('/assets/of-no-shell.js', 'silence');
    expect(await ask(page, async () => (await fetch('/assets/of-no-shell.js')).status)).toContain(
      'Failed to fetch',
    );
  });
});

test('[SH9] a second window of one screen waits, says so, and goes on when the first is closed', async () => {
  const page = await openBoard();
  const second = await page.context().newPage();
  await second.goto(front.url + BOARD);
  await second.getByText('已经在本机另一个窗口里打开').waitFor();
  await second.screenshot({ path: 'test/.results/second-window.png' });
  await page.close();
  await plays(second, FIRST.build);
});
