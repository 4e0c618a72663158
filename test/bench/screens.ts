import type { Page } from 'playwright-core';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { DEMONSTRATION_PEOPLE } from '../../board-server/demo/people.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Report } from './report.ts';
import { median, percentile } from './report.ts';
import { openBrowser } from './support/browser.ts';
import { makeLargeHall, PASSWORD } from './support/large-hall.ts';
import { addScreens } from './support/many-screens.ts';
import { within } from './support/moments.ts';
import { startBoardServer } from './support/processes.ts';

const SCREENS = 5000;
const CONNECTED = 200;
const ROUNDS = 9;

// The console's list of 5,000 screens in Chromium: from opening the page, signed in, until its first
// rows are painted; and from a touch on a group or a search until its rows are painted.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(0);
  const screens = await addScreens(hall, SCREENS);
  const server = await startBoardServer(hall.folder);
  const browser = await openBrowser();
  const sockets = screens.slice(-CONNECTED).map(({ screen }) => stayBehind(server.url, screen));
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await signIn(page, server.url);
    const paints: number[] = [];
    const filters: number[] = [];
    const searches: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      paints.push(await within(30, 'a first paint', firstPaint(page, server.url)));
      await page.waitForLoadState('networkidle');
      filters.push(await within(30, 'a filter', paintedAfter(page, GROUP_BEHIND)));
      await page.fill('.finder input', '漕河镇便民服务站4');
      searches.push(await within(30, 'a search', paintedAfter(page, SEARCH)));
    }
    tell(report, 'first paint of 5,000 screens', paints, 1000);
    tell(report, 'a group of 5,000 screens', filters, 100);
    tell(report, 'a search in 5,000 screens', searches, 100);
  } finally {
    sockets.forEach((socket) => socket.disconnect());
    await browser.close();
    await server.close();
    await hall.remove();
  }
}

/** A screen that is there and says nothing of what it paints, so that there is a group to look at. */
function stayBehind(base: string, screen: string): Socket {
  const socket = io(`${base}/screens`, { transports: ['websocket'], forceNew: true });
  return socket.on('connect', () => socket.emit('hello', { v: PROTOCOL_VERSION, screen }));
}

function tell(report: Report, metric: string, times: readonly number[], goal: number): void {
  const value = Math.round(median(times) * 10) / 10;
  report({ metric: `${metric}, median`, value, unit: 'ms', goal: `<= ${goal}`, ok: value <= goal });
  report({ metric: `${metric}, most`, value: Math.round(percentile(times, 1)), unit: 'ms' });
}

async function signIn(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/admin/`);
  await page.locator('input[autocomplete="username"]').fill(DEMONSTRATION_PEOPLE.manager.account);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('form button[type="submit"]').click();
  await page.locator('nav').first().waitFor();
}

/** From navigating until a frame after the rows are there, by the page's own clock. */
async function firstPaint(page: Page, base: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(`${base}/admin/#/screens`, { waitUntil: 'commit' });
  return page.evaluate(async () => {
    while (document.querySelector('.screen-row') === null) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now();
  });
}

const GROUP_BEHIND = '.tabs .tab:nth-of-type(3)';
const SEARCH = '.finder form button[type="submit"]';

/** From a touch on a control until a frame after other rows stand there. */
function paintedAfter(page: Page, control: string): Promise<number> {
  return page.evaluate(async (selector) => {
    const row = '.screen-row .row-facts';
    const before = document.querySelector(row)?.textContent;
    const began = performance.now();
    document.querySelector<HTMLElement>(selector)?.click();
    while (document.querySelector(row)?.textContent === before)
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, control);
}
