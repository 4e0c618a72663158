import type { BrowserContext, Page } from 'playwright-core';
import type { Report } from './report.ts';
import { median } from './report.ts';
import { openKeptBrowser } from './support/browser.ts';
import type { FirstButtons } from './support/first-buttons.ts';
import { BEHIND, watchButtons } from './support/first-buttons.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { within } from './support/moments.ts';
import { startBoardServer } from './support/processes.ts';
import { keepStillPage, STILL_PAGE } from './support/still-page.ts';

const ROUNDS = 11;
/** What a page compiles is kept from its third start on. */
const WARM_UP = 2;
const RECORDS = 100;
const THROTTLE = 6;
const GOAL = 1.3;

// A touch screen that starts without a line, from the shell and the content that it holds, on a
// processor six times slower: from the navigation until its first button is painted and answers a
// press, until the first button of the home page behind it does, pressed at once, and until the newest
// record stands there. Beside it a page of the same elements, styles
// and fonts that knows no more than to show them, kept with the shell and answered by its worker.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  const server = await startBoardServer(hall.folder);
  const browser = await openKeptBrowser();
  try {
    const { context } = browser;
    const page = await context.newPage();
    const touch = `${server.url}/touch/?screen=touch-01&root=${hall.rootFingerprint}`;
    await page.goto(touch);
    await within(120, 'a shell that is kept', shellKept(page));
    await page.goto(touch);
    await page.locator('.attract-press').waitFor();
    await keepStillPage(page);
    await server.close();
    await page.close();
    const rounds: Round[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const still = await startBoth(context, server.url + STILL_PAGE);
      const one = { still, touch: await startBoth(context, touch) };
      if (round >= 0) rounds.push(one);
    }
    tell(report, rounds);
  } finally {
    await browser.close();
    await server.close();
    await hall.remove();
  }
}

interface Round {
  readonly still: Start;
  readonly touch: Start;
}

/** Of two starts: a way is pressed before what is published is there, and ends the first. */
interface Start {
  readonly first: number;
  readonly way: number;
  readonly record: number;
}

async function startBoth(context: BrowserContext, address: string): Promise<Start> {
  const { first, behind: way } = await start(context, address + BEHIND.way);
  const { behind: record } = await start(context, address + BEHIND.record);
  return { first, way, record };
}

function shellKept(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** In a tab of its own: nothing is at hand in memory, as when a box is switched on. */
async function start(context: BrowserContext, address: string): Promise<FirstButtons> {
  const page = await context.newPage();
  await page.addInitScript(watchButtons);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  await page.goto(address, { waitUntil: 'commit' });
  const buttons = await within(
    60,
    `buttons of ${address}`,
    page.evaluate(() => {
      if (window.firstButtons === undefined) throw new Error('nobody watches this page');
      return window.firstButtons;
    }),
  );
  await page.close();
  return buttons;
}

const ms = (value: number) => ({ value: Math.round(value), unit: 'ms' });

function tell(report: Report, rounds: readonly Round[]): void {
  for (const [of, name] of [
    ['first', 'first working button'],
    ['way', 'first working home button, pressed at once'],
    ['record', 'newest record on the home page'],
  ] as const) {
    report({ metric: `${name}, touch page`, ...ms(median(rounds.map(({ touch }) => touch[of]))) });
    report({ metric: `${name}, still page`, ...ms(median(rounds.map(({ still }) => still[of]))) });
    const ratio = median(rounds.map(({ touch, still }) => touch[of] / still[of]));
    const value = Math.round(ratio * 100) / 100;
    const metric = `${name}, ratio to a still page`;
    report({ metric, value, unit: 'x', goal: `<= ${GOAL}`, ok: value <= GOAL });
  }
}
