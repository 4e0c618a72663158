import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { requireChromium } from '../../board-server/launch/chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Known to the tests only; the folder it opens is gone when they end. */
export const PASSWORD = 'a hall for tests 2026';

export interface DemoHall {
  readonly url: string;
  readonly browser: Browser;
  /** A page of its own browser profile, signed in. */
  readonly signedIn: (account: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** A demonstration hall in an empty folder, on a port of its own, and a browser. */
export async function openDemoHall(): Promise<DemoHall> {
  const data = mkdtempSync(join(tmpdir(), 'openhall-console-'));
  const server = startServer(data, 20_000 + (process.pid % 12_000));
  const url = await announced(server);
  const browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  return {
    url,
    browser,
    signedIn: (account) => signIn(browser, url, account),
    async close() {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export interface Starting {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server over a data folder; an empty folder becomes a demonstration hall. */
export function startServer(data: string, port: number, starting: Starting = {}): ChildProcess {
  return spawn(process.execPath, ['board-server/main.ts', ...(starting.args ?? [])], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      DEMO_PASSWORD: PASSWORD,
      LOG_LEVEL: 'fatal',
      ...starting.env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The console of one person, in a browser profile of its own. */
export async function signIn(
  browser: Browser,
  url: string,
  account: string,
  password = PASSWORD,
): Promise<Page> {
  const page = await openConsole(browser, url);
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return page;
}

export const openMenu = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: '主菜单' }).getByText(name).click();

/** By way of the list, once it stands there: the page that is left may name the record as well. */
export async function openRecord(page: Page, title: string): Promise<void> {
  await openMenu(page, '内容');
  await page.getByRole('heading', { name: '内容', level: 1 }).waitFor();
  await page.getByText(title).click();
}

/** The console in a new profile; a fault of the page or a broken content policy fails the test. */
export async function openConsole(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    // A colour halfway between two states is nobody's to judge.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()))
      throw new Error(message.text());
  });
  await page.goto(`${url}/admin/`);
  return page;
}

/** The address that the server prints once it is open. */
export async function announced(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk);
    const url = /http:\/\/[\d.:]+\d/.exec(said)?.[0];
    if (url !== undefined) {
      server.stdout?.resume();
      return url;
    }
  }
  throw new Error(`the server ended before it was open: ${said}`);
}
