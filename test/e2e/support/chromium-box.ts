import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { chromium } from 'playwright';
import { requireChromium } from '../../../board-server/launch/chromium.mjs';
import { CHROMIUM_ARGUMENTS } from '../../chromium-arguments.ts';

/** A screen's box: a Chromium whose profile outlives its power. */
export interface Box {
  start(): Promise<BrowserContext>;
  /** The power goes: every process of the browser ends without a word. */
  cutPower(): Promise<void>;
  /** Sold for scrap: the profile is gone too. */
  scrap(): Promise<void>;
}

export function createBox(): Box {
  const profile = mkdtempSync(join(tmpdir(), 'openhall-box-'));
  let running: ChildProcess | undefined;

  async function cutPower(): Promise<void> {
    const browser = running;
    running = undefined;
    if (browser?.pid === undefined || browser.exitCode !== null) return;
    const ended = once(browser, 'exit');
    process.kill(-browser.pid, 'SIGKILL');
    await ended;
  }

  return {
    async start() {
      const flags = [
        '--headless=new',
        ...CHROMIUM_ARGUMENTS,
        '--remote-debugging-port=0',
        '--window-size=1280,720',
        `--user-data-dir=${profile}`,
      ];
      // A group of its own, so that cutting its power reaches each of its processes and no other.
      running = spawn(await requireChromium(), [...flags, 'about:blank'], {
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const browser = await chromium.connectOverCDP(await debugAddress(running));
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('a browser without its profile');
      return context;
    },
    cutPower,
    async scrap() {
      await cutPower();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debugAddress(browser: ChildProcess): Promise<string> {
  let said = '';
  for await (const part of browser.stderr ?? []) {
    said += String(part);
    const address = /ws:\/\/127\.0\.0\.1:\S+/.exec(said)?.[0];
    if (address === undefined) continue;
    browser.stderr?.resume();
    return address;
  }
  throw new Error(`the browser ended before it could be reached: ${said}`);
}
