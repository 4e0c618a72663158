import type { Page } from 'playwright-core';
import type { Report } from './report.ts';
import { median } from './report.ts';
import { openBrowser } from './support/browser.ts';
import type { FirstButtons } from './support/first-buttons.ts';
import { watchButtons } from './support/first-buttons.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { within } from './support/moments.ts';
import { startBoardServer } from './support/processes.ts';
import { keepStillPage, STILL_PAGE } from './support/still-page.ts';

const ROUNDS = 11;
const RECORDS = 100;
const THROTTLE = 6;
const GOAL = 1.3;

// A touch screen that starts without a line, from the shell and the content that it holds, on a
// processor six times slower: from the navigation until its first button is painted and answers a
// press, and until the home page behind it is painted. Beside it a page of the same elements, styles
// and fonts that knows no more than to show them, kept with the shell and answered by its worker.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  const server = await startBoardServer(hall.folder);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    const touch = `${server.url}/touch/?screen=touch-01&root=${hall.rootFingerprint}`;
    await page.goto(touch);
    await within(120, 'a shell that is kept', shellKept(page));
    await page.goto(touch);
    await page.locator('.attract-press').waitFor();
    await keepStillPage(page);
    await server.close();
    await page.addInitScript(watchButtons);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const rounds: Round[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const still = await start(page, server.url + STILL_PAGE);
      const one = { still, touch: await start(page, touch) };
      if (round > 0) rounds.push(one); // The first warms up.
    }
    tell(report, rounds);
  } finally {
    await browser.close();
    await server.close();
    await hall.remove();
  }
}

interface Round {
  readonly still: FirstButtons;
  readonly touch: FirstButtons;
}

function shellKept(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

async function start(page: Page, address: string): Promise<FirstButtons> {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'commit' });
  return within(
    60,
    `buttons of ${address}`,
    page.evaluate(() => {
      if (window.firstButtons === undefined) throw new Error('nobody watches this page');
      return window.firstButtons;
    }),
  );
}

const ms = (value: number) => ({ value: Math.round(value), unit: 'ms' });

function tell(report: Report, rounds: readonly Round[]): void {
  for (const [of, name] of [
    ['first', 'first working button'],
    ['way', 'home page behind it, painted'],
  ] as const) {
    report({ metric: `${name}, touch page`, ...ms(median(rounds.map(({ touch }) => touch[of]))) });
    report({ metric: `${name}, still page`, ...ms(median(rounds.map(({ still }) => still[of]))) });
    const ratio = median(rounds.map(({ touch, still }) => touch[of] / still[of]));
    const value = Math.round(ratio * 100) / 100;
    const metric = `${name}, ratio to a still page`;
    report({ metric, value, unit: 'x', goal: `<= ${GOAL}`, ok: value <= GOAL });
  }
}
