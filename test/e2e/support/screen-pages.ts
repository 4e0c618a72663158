import type { Browser, Page } from 'playwright';

/** A screen of the demonstration hall at `url`, in a browser profile of its own. */
export async function openScreen(browser: Browser, url: string, name: string): Promise<Page> {
  const isTouch = name === 'touch-01';
  const context = await browser.newContext({
    viewport: isTouch ? { width: 1080, height: 1920 } : { width: 1920, height: 1080 },
    hasTouch: isTouch,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${url}/${isTouch ? 'touch' : 'board'}/?screen=${name}`);
  return page;
}

/** Everything a screen says: LED boards carry what they draw as their label. */
export async function said(page: Page): Promise<string> {
  const labels = await page.locator('canvas').evaluateAll((all) => all.map((one) => one.ariaLabel));
  return [...labels, await page.locator('body').innerText()].join('\n');
}
