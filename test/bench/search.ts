import { createServer } from 'vite';
import { chromium } from 'playwright-core';
import { findChromium } from '../../board-server/launch/chromium.mjs';
import { present } from '../../shared/kit/assert.ts';
import type { Report } from './report.ts';
import { percentile } from './report.ts';
import type { SearchFigures } from './search-page/measure.ts';

/** Exact search over 10,000 records in Chromium, in its worker, against `includes` over each record. */
export async function bench(report: Report): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: new URL('../..', import.meta.url).pathname,
    logLevel: 'error',
    appType: 'mpa',
    server: { host: '127.0.0.1', port: 24_331, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: present(findChromium(), 'Chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  try {
    const page = await browser.newPage();
    const address = present(server.resolvedUrls?.local[0], 'address');
    await page.goto(`${address}test/bench/search-page/index.html`);
    await page.waitForFunction(() => 'measureSearch' in window, undefined, { timeout: 60_000 });
    const figures = await page.evaluate(() => window.measureSearch());
    tell(report, figures);
  } finally {
    await browser.close();
    await server.close();
  }
}

function tell(
  report: Report,
  { wanted, found, falseHits, ours, theirs, answers, longestBlockMs, characters }: SearchFigures,
): void {
  const recall = found / wanted;
  const ratio = percentile(ours, 0.99) / percentile(theirs, 0.99);
  report({ metric: 'records searched', value: 10_000, unit: 'records' });
  report({ metric: 'characters searched', value: characters, unit: 'characters' });
  report({ metric: 'recall', value: recall, unit: '', goal: '1', ok: recall === 1 && wanted > 0 });
  report({ metric: 'false hits', value: falseHits, unit: 'hits', goal: '0', ok: falseHits === 0 });
  report({ metric: 'p99, joined string', value: round(percentile(ours, 0.99)), unit: 'ms' });
  report({ metric: 'p99, includes', value: round(percentile(theirs, 0.99)), unit: 'ms' });
  report({
    metric: 'p99 ratio to includes',
    value: round(ratio),
    unit: 'x',
    goal: '<= 1',
    ok: ratio <= 1,
  });
  report({
    metric: 'p99, key to answer through the worker',
    value: round(percentile(answers, 0.99)),
    unit: 'ms',
  });
  report({
    metric: 'longest block of the page',
    value: round(longestBlockMs),
    unit: 'ms',
    goal: '<= 8',
    ok: longestBlockMs <= 8,
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
