import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { assert } from '../../shared/kit/assert.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { Report } from './report.ts';
import { openBrowser } from './support/browser.ts';
import type { ConsoleClient } from './support/console-client.ts';
import { openDesk } from './support/changing.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { startBoardServer } from './support/processes.ts';
import { approveKey, untilPainted } from './support/screens.ts';

const GOALS = [
  { kind: 'board', screen: id(isScreenId, 'led-hall'), kilobytes: 48 },
  { kind: 'touch', screen: id(isScreenId, 'touch-01'), kilobytes: 70 },
] as const;

// All JavaScript that Chromium fetches from the real server until a screen plays: its page's modules,
// those asked for later and workers; each body gzipped at level 9. What looks after the shell, finds and
// listens for a technician is asked for once the first picture stands, the service worker after that.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(0);
  const server = await startBoardServer(hall.folder);
  const browser = await openBrowser();
  try {
    const { manager } = await openDesk(server.url);
    for (const { kind, screen, kilobytes } of GOALS) {
      const address = `${server.url}/${kind}/?screen=${screen}&root=${hall.rootFingerprint}`;
      const scripts = await scriptsUntilPainted(browser, address, manager, screen);
      for (const { path, bytes } of scripts)
        report({ metric: `${kind}: ${path}`, value: bytes, unit: 'B' });
      const value = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
      report({
        metric: `${kind}: all JavaScript, gzipped`,
        value,
        unit: 'kB',
        goal: `<= ${kilobytes}`,
        ok: value <= kilobytes,
      });
    }
    const worker = await fetch(`${server.url}/sw.js`);
    report({
      metric: 'service worker',
      value: gzipped(Buffer.from(await worker.arrayBuffer())),
      unit: 'B',
    });
  } finally {
    await browser.close();
    await server.close();
    await hall.remove();
  }
}

interface Script {
  readonly path: string;
  readonly bytes: number;
}

async function scriptsUntilPainted(
  browser: Browser,
  address: string,
  manager: ConsoleClient,
  screen: (typeof GOALS)[number]['screen'],
): Promise<readonly Script[]> {
  // Each in a profile of its own: nothing is cached, and no service worker answers in the server's place.
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  const page = await context.newPage();
  const scripts: Promise<Script>[] = [];
  page.on('response', (response) => {
    const isScript = (response.headers()['content-type'] ?? '').startsWith('text/javascript');
    const { pathname } = new URL(response.url());
    if (!isScript || response.status() !== 200) return;
    scripts.push(response.body().then((body) => ({ path: pathname, bytes: gzipped(body) })));
  });
  await page.goto(address);
  await approveKey(manager, screen);
  await untilPainted(manager, screen);
  const all = await Promise.all(scripts);
  await context.close();
  const after = all.findIndex(({ path }) => /^\/assets\/(?:shell|listen|worker)-/.test(path));
  assert(after > 0, 'the shell is asked for when the picture stands');
  return all.slice(0, after);
}

const gzipped = (body: Uint8Array): number => gzipSync(body, { level: 9 }).length;
