import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { issueAuthority, issueCertificate } from '../../board-server/tls/issue.ts';
import { writeTls } from '../../board-server/tls/tls-files.ts';
import { below, createRandom } from '../store/random.ts';
import { announced, openMenu, signIn, startServer } from './console.ts';
import {
  drive,
  DRIVEN,
  lackForDisplay,
  lackForPolicies,
  openBox,
  openDisplay,
  processesOf,
} from './screen-box.ts';
import type { Box } from './screen-box.ts';
import { openTechnician } from './support/technician.ts';

/** A screen's box as the kit sets it up, against a hall with its own https. */

const data = mkdtempSync(join(tmpdir(), 'openhall-kit-'));
const port = 20_000 + ((process.pid + 9000) % 12_000);
const ORIGIN = `https://hall.lan:${port}`;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  const names = [{ kind: 'dns', text: 'hall.lan' }] as const;
  const authority = await issueAuthority(names, Date.now());
  const certificate = await issueCertificate(authority, names, Date.now());
  await writeTls(join(data, 'tls'), authority.certificate, certificate);
  server = startServer(data, port);
  const local = await announced(server);
  const front = await (await fetch(`${local}/`)).text();
  const path = /\/touch\/[^"]+/.exec(front)?.[0] ?? '';
  address = `${ORIGIN}${path.replace('&amp;', '&')}`;
});
afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
});

test('[TL6] under an insecure address screen and console say by which, and what to do next', async () => {
  const browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP plain.test 127.0.0.1'],
  });
  const page = await browser.newPage();
  const plain = `http://plain.test:${port}`;
  const { pathname, search } = new URL(address);
  for (const path of [`${pathname}${search}`, `/board/${search}`]) {
    await page.goto(`${plain}${path}`);
    await page.getByText(`这个网页是用 ${plain} 打开的`).waitFor();
    await page.getByText(`${ORIGIN}${path}`).first().waitFor();
    await page.getByText(`（${plain}/hall-authority.crt）`).waitFor();
    await page.getByText('OverrideSecurityRestrictionsOnInsecureOrigin').first().waitFor();
  }
  await page.goto(`${plain}/admin/`);
  await page.getByRole('heading', { name: '管理台要用安全网址打开' }).waitFor();
  await page.getByText(`您打开的是 ${plain}，不是安全连接`).waitFor();
  expect(await page.getByLabel('账号').count()).toBe(0);
  await page.goto(`http://127.0.0.1:${port}/admin/`);
  await page.getByLabel('账号').waitFor();
  await browser.close();
});

test('[BX1] Chromium knows every policy of the kit and finds no fault with any', async ({
  skip,
}) => {
  const lack = lackForPolicies();
  skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
  const box = await openBox(data, address, {
    ...DRIVEN,
    URLAllowlist: [ORIGIN, 'chrome://policy'],
  });
  const context = await drive(box);
  const page = await context.newPage();
  await page.goto('chrome://policy');
  const rows = page.locator('policy-row:not([hidden])');
  await rows.first().waitFor();
  const policies = await rows.evaluateAll((list) =>
    list.map((row) => {
      const text = (part: string) => row.shadowRoot?.querySelector(part)?.textContent?.trim() ?? '';
      return [text('.name'), text('.messages')];
    }),
  );
  await context.close();
  box.close();
  const set = policies.filter(([, message]) => message !== 'Not set.');
  expect(set.filter(([, message]) => message !== 'OK')).toEqual([]);
  expect(set.length).toBeGreaterThan(50);
});

test('[BX1] whatever address is tried, the browser stays with the hall', async ({ skip }) => {
  const lack = lackForPolicies();
  skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
  const box = await openBox(data, address, DRIVEN);
  const context = await drive(box);
  const blocked = [];
  for (const escape of [
    'file:///etc/passwd',
    'chrome://settings',
    'chrome://inspect',
    `view-source:${ORIGIN}/`,
    'data:text/html,<h1>outside</h1>',
    'https://example.com/',
    `http://127.0.0.1:${port}/`,
    `https://other.hall.lan:${port}/`,
    'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html',
    'devtools://devtools/bundled/inspector.html',
    'ftp://hall.lan/',
    `filesystem:${ORIGIN}/temporary/x`,
  ]) {
    const page = await context.newPage();
    blocked.push(await page.goto(escape).then(() => `${escape} opened`, reasonOf));
    await page.close();
  }
  expect(new Set(blocked)).toEqual(new Set(['net::ERR_BLOCKED_BY_ADMINISTRATOR']));
  // These name no place: they end nowhere, or with an empty page that holds nothing.
  for (const nowhere of [
    'javascript:document.write("outside")',
    'about:version',
    `blob:${ORIGIN}/x`,
  ]) {
    const page = await context.newPage();
    await page.goto(nowhere).catch(reasonOf);
    expect([nowhere, await page.locator('body').innerText().catch(reasonOf)]).toEqual([
      nowhere,
      expect.not.stringMatching(/outside|Chromium \d/),
    ]);
    await page.close();
  }
  const page = await context.newPage();
  await page.goto(address);
  await page.getByText('触摸屏幕开始').waitFor();
  expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  await context.close();
  box.close();
});

test('[BX1] [SK8] on a box made for sticks the technician’s page takes one and saves its receipt', async ({
  skip,
}) => {
  const lack = lackForPolicies();
  skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
  const stick = await makeStick();
  const box = await openBox(data, address, DRIVEN, 'stick');
  const context = await drive(box);
  const page = await context.newPage();
  await page.goto(address);
  await page.getByText('触摸屏幕开始').waitFor();
  const technician = page.locator('dialog.technician');
  await openTechnician(page);
  await technician.locator('input[type=file]').setInputFiles(stick);
  await technician.locator('.technician-good').waitFor();
  await page.screenshot({ path: 'test/.results/technician-upright.png' });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: 'test/.results/technician-wide.png' });
  const saved = page.waitForEvent('download');
  await technician.getByRole('link', { name: '保存回执文件' }).click();
  expect((await saved).suggestedFilename()).toMatch(
    /^openhall-receipt-touch-01-\d{8}-\d{4}\.json$/,
  );
  expect(await (await saved).failure()).toBeNull();
  await context.close();
  box.close();
});

test.for([
  ['network', 'NotAllowedError'],
  // The dialog opened; where there is no display it ends as if closed.
  ['stick', 'AbortError'],
] as const)(
  '[BX4] the folder of a stick can be chosen on a box made for sticks and on no other: %s, %s',
  async ([news, outcome], { skip }) => {
    const lack = lackForPolicies();
    skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
    const box = await openBox(data, address, DRIVEN, news);
    const context = await drive(box);
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('触摸屏幕开始').waitFor();
    await openTechnician(page);
    const ended = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { showDirectoryPicker: pick } = window as unknown as {
            showDirectoryPicker(options: unknown): Promise<unknown>;
          };
          Object.assign(window, {
            showDirectoryPicker: (options: unknown) => {
              const picked = pick.call(window, options);
              picked.then(
                () => resolve('chosen'),
                (error: Error) => resolve(error.name),
              );
              return picked;
            },
          });
        }),
    );
    await page.getByRole('button', { name: '选择U盘文件夹，回执自动写回' }).click();
    expect(await ended).toBe(outcome);
    await context.close();
    box.close();
  },
);

/** 导出到U盘 for every screen, as a manager does it in the console; answers where the file is. */
async function makeStick(): Promise<string> {
  const browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const manager = await signIn(browser, `http://127.0.0.1:${port}`, 'zhuren');
  await openMenu(manager, '屏幕');
  await manager.getByRole('button', { name: '导出到U盘' }).click();
  const panel = manager.getByRole('region', { name: '导出到U盘' });
  await panel.getByRole('button', { name: '装成文件' }).click();
  await panel.getByText('文件装好了').waitFor();
  const download = manager.waitForEvent('download');
  await panel.getByRole('link', { name: '下载' }).click();
  const path = join(data, 'fresh.ohs');
  await (await download).saveAs(path);
  await browser.close();
  return path;
}

const reasonOf = (error: Error): string => /net::\w+/.exec(error.message)?.[0] ?? error.message;

const GESTURES = 2000;
const SEED = 42;

test('[BX1] two thousand gestures and keys leave one page of the hall, no dialog and no download', async ({
  skip,
}) => {
  const lack = lackForPolicies();
  skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
  const box = await openBox(data, address, DRIVEN);
  const context = await drive(box);
  const [page = await context.newPage()] = context.pages();
  const broken: string[] = [];
  context.on('page', (other) => broken.push(`a page opened: ${other.url()}`));
  page.on('dialog', (dialog) => {
    broken.push(`a dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on('download', (download) => broken.push(`a download: ${download.url()}`));
  page.on('filechooser', () => broken.push('a file chooser'));
  page.on('crash', () => broken.push('a crash'));
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(`${ORIGIN}/touch/`)) broken.push(`an address: ${frame.url()}`);
  });
  await page.goto(address);
  await page.getByText('触摸屏幕开始').waitFor();
  const session = await context.newCDPSession(page);
  const random = createRandom(SEED);
  for (let count = 0; count < GESTURES; count += 1) {
    await gesture(session, random);
    if (broken.length > 0) throw new Error(`after ${count} of seed ${SEED}: ${broken.join(', ')}`);
  }
  expect(context.pages()).toEqual([page]);
  expect(await page.evaluate(() => location.href)).toBe(address);
  // It still answers to people.
  await page.reload();
  await page.getByText('触摸屏幕开始').waitFor();
  await context.close();
  box.close();
}, 600_000);

const WIDTH = 1080;
const HEIGHT = 1920;

/** One thing a person, a child or a prankster does. */
async function gesture(session: CDPSession, random: () => number): Promise<void> {
  const point = () => ({ x: below(random, WIDTH), y: below(random, HEIGHT) });
  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: { x: number; y: number }[]
  ) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: touchPoints.map((each, id) => ({ ...each, id })),
    });
  const what = below(random, 100);
  if (what < 45) {
    await touch('touchStart', point());
    await touch('touchEnd');
  } else if (what < 60) {
    await touch('touchStart', point());
    for (let step = 0; step < 3; step += 1) await touch('touchMove', point());
    await touch('touchEnd');
  } else if (what < 70) {
    const [a, b] = [point(), point()];
    await touch('touchStart', a, b);
    await touch('touchMove', point(), point());
    await touch('touchEnd');
  } else if (what < 73) {
    // A long press: what a menu or a text selection answers to.
    await touch('touchStart', point());
    await session.send('Runtime.evaluate', {
      expression: 'new Promise((done) => setTimeout(done, 600))',
      awaitPromise: true,
    });
    await touch('touchEnd');
  } else if (what < 80) {
    const { x, y } = point();
    const button = what < 77 ? ('right' as const) : ('middle' as const);
    await session.send('Input.dispatchMouseEvent', {
      type: 'mousePressed',
      x,
      y,
      button,
      clickCount: 1,
    });
    await session.send('Input.dispatchMouseEvent', {
      type: 'mouseReleased',
      x,
      y,
      button,
      clickCount: 1,
    });
  } else await press(session, KEYS[below(random, KEYS.length)] ?? 'Escape');
}

const KEYS = [
  'Control+t',
  'Control+n',
  'Control+Shift+n',
  'Control+w',
  'Control+p',
  'Control+s',
  'Control+o',
  'Control+u',
  'Control+j',
  'Control+h',
  'Control+l',
  'Control+f',
  'Control+Shift+i',
  'Control+plus',
  'Alt+F4',
  'Alt+ArrowLeft',
  'Alt+ArrowRight',
  'Alt+Home',
  'F1',
  'F3',
  'F6',
  'F11',
  'F12',
  'ContextMenu',
  'Escape',
  'Tab',
  'Enter',
  'Backspace',
  'ArrowDown',
  'PageDown',
  'End',
  'a',
  '7',
];
const MODIFIERS: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Shift: 8 };

async function press(session: CDPSession, combination: string): Promise<void> {
  const parts = combination.split('+');
  const key = parts.pop() ?? '';
  const modifiers = parts.reduce((sum, name) => sum + (MODIFIERS[name] ?? 0), 0);
  const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, modifiers });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers });
}

/** What the kit's own session runs, on a display that nobody sees, at a pace for tests. */
function watch(box: Box, display: string) {
  const profile = join(box.folder, 'glass');
  const script = `. ${box.folder}/linux/settings
PROFILE=${profile} LOOK_SECONDS=1 QUIET_SECONDS=12 START_SECONDS=60
EXTRA_FLAGS='--no-sandbox --disable-gpu'`;
  const settings = `set -a\n${script}\nset +a\nexport OPENHALL_SETTINGS=/dev/null\nexec sh ${box.folder}/linux/watchdog.sh`;
  const child = spawn(box.inside, ['sh', '-c', settings], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part) => (said += String(part)));
  return { child, profile, said: () => said };
}

test('[BX1] [BX2] real keys open nothing, and the watchdog brings back what was killed, frozen or ended', async ({
  skip,
}) => {
  const lack = lackForDisplay();
  skip(lack !== undefined, `SKIPPED: ${lack ?? ''}`);
  const box = await openBox(data, address);
  const display = openDisplay();
  const { child, profile, said } = watch(box, display.name);
  const alive = async () => {
    const seen = new Set<string>();
    await expect
      .poll(() => [...display.titles().reduce((all, title) => all.add(title), seen)].length, {
        timeout: 90_000,
      })
      .toBeGreaterThan(1);
    await expect
      .poll(() => display.titles(), { timeout: 30_000 })
      .toEqual([expect.stringMatching(/^政务公开屏<unseen>/)]);
  };
  const times = (word: string) => said().split(word).length - 1;
  const back = async (word: string, reasons: number, opened: number) => {
    await expect
      .poll(() => [times(word), times('opened')], { timeout: 90_000, interval: 500 })
      .toEqual([reasons, opened]);
    await alive();
  };
  try {
    await alive();
    const { browser } = processesOf(profile);
    display.keys(
      ...['t', 'n', 'shift+n', 'w', 'p', 's', 'o', 'u', 'j', 'h', 'l', 'f'].map(
        (key) => `ctrl+${key}`,
      ),
    );
    display.keys(
      'F1',
      'F3',
      'F6',
      'F11',
      'F12',
      'ctrl+shift+i',
      'ctrl+shift+j',
      'alt+F4',
      'alt+Left',
      'alt+Home',
      'Menu',
      'Escape',
      'Tab',
      'Return',
    );
    await alive();
    expect([processesOf(profile).browser, times('opened')]).toEqual([browser, 1]);

    for (const pid of processesOf(profile).pages) process.kill(pid, 'SIGKILL');
    await back('gave no sign', 1, 2);
    for (const pid of processesOf(profile).pages) process.kill(pid, 'SIGSTOP');
    await back('gave no sign', 2, 3);
    process.kill(processesOf(profile).browser, 'SIGKILL');
    await back('the browser ended', 1, 4);
    process.kill(processesOf(profile).browser, 'SIGSTOP');
    await back('gave no sign', 3, 5);
    expect(processesOf(profile).browser).not.toBe(browser);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    display.close();
  }
  expect(processesOf(profile)).toEqual({ browser: 0, pages: [] });
  box.close();
}, 600_000);
