import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { requireChromium } from '../../../board-server/launch/chromium.mjs';

/** The Chromium that the tests use. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await requireChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
