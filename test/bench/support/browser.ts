import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { requireChromium } from '../../../board-server/launch/chromium.mjs';
import { CHROMIUM_ARGUMENTS } from '../../chromium-arguments.ts';

/** The Chromium that the tests use. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await requireChromium(),
    args: [...CHROMIUM_ARGUMENTS, ...more],
  });
}

/** The same with a profile on the disk, as the browser of a screen's box has; upright. */
export async function openKeptBrowser(): Promise<KeptBrowser> {
  const folder = await mkdtemp(join(ROOT, 'dist', 'bench-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await requireChromium(),
    args: CHROMIUM_ARGUMENTS,
    viewport: { width: 1080, height: 1920 },
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface KeptBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
