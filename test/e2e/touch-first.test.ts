import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoHall } from './console.ts';
import { openDemoHall } from './console.ts';

/** A touch page that begins: its program is slow to come, or does not come, or has something to show. */

declare global {
  interface Window {
    /** What stood on the glass when this page first asked the server for news. */
    askedOver?: 'nothing' | 'what is held';
  }
}

let hall: DemoHall;

beforeAll(async () => {
  hall = await openDemoHall();
});
afterAll(() => hall.close());

const PROGRAM = '**/assets/main-*.js';

async function openTouch(page: Page): Promise<void> {
  await page.goto(`${hall.url}/touch/?screen=touch-01`, { waitUntil: 'commit' });
}

/** A page whose program waits until it is told to come. */
async function openSlowly(): Promise<{ readonly page: Page; readonly come: () => void }> {
  const page = await hall.browser.newPage({ viewport: { width: 1080, height: 1920 } });
  const { promise: coming, resolve: come } = Promise.withResolvers<void>();
  await page.route(PROGRAM, async (route) => {
    await coming;
    await route.continue();
  });
  await openTouch(page);
  await page.locator('.attract-press').waitFor();
  await page.evaluate(() => {
    // A trembling hand: its second touch falls on what has only just come under it.
    for (const button of ['.attract-press', '[data-way=open]', '[data-way=search]'])
      document.querySelector<HTMLElement>(button)?.click();
  });
  expect(await page.locator('h1').innerText()).toBe('您想看什么？');
  return { page, come };
}

test('[SC10] the invitation is heard before the program is there, and leads home once there is one', async () => {
  const { page, come } = await openSlowly();
  expect(await page.locator('output').innerText()).toBe('正在打开，请稍候。');
  expect(await page.locator('button .tile-label').allInnerTexts()).toEqual([
    '看政府公开',
    '搜一搜',
  ]);
  come();
  await page.locator('.page-home .row').first().waitFor();
  expect(await page.locator('.attract').count()).toBe(0);
  await page.close();
});

/** Touches until it is heard: what has only just come is not pressed yet. */
async function pressUntil(button: Locator, what: () => Promise<string>, is: string): Promise<void> {
  await expect
    .poll(async () => {
      if ((await button.count()) > 0) await button.dispatchEvent('click', {}, { timeout: 1000 });
      return what();
    })
    .toBe(is);
}

test.for([
  ['看政府公开', '.page-tiles .tile'],
  ['搜一搜', '.page-search input'],
] as const)(
  '[SC10] %s is heard as soon as it stands, and leads there once there is something',
  async ([way, there]) => {
    const { page, come } = await openSlowly();
    const button = page.getByRole('button', { name: way });
    await pressUntil(button, () => page.locator('h1').innerText(), way);
    expect(await page.locator('button').count()).toBe(0);
    expect(await page.locator('output').innerText()).toBe('正在打开，请稍候。');
    come();
    await page.locator(there).first().waitFor();
    const back = page.getByRole('button', { name: '返回' });
    await pressUntil(back, () => page.locator('h1').innerText(), '您想看什么？');
    await page.locator('.page-home .row').first().waitFor();
    await page.close();
  },
);

test('[SC10] an invitation that nobody touched gives way to the one of the screen', async () => {
  const page = await hall.browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await openTouch(page);
  await page.locator('.header-now').waitFor();
  expect(await page.locator('.attract-press').count()).toBe(1);
  expect(await page.locator('.page-home').count()).toBe(0);
  await page.close();
});

test('[SC10] no button is left where the program does not come', async () => {
  const page = await hall.browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.route(PROGRAM, (route) => route.abort());
  await openTouch(page);
  await page.locator('.first').waitFor();
  await expect.poll(() => page.locator('button').count()).toBe(0);
  expect(await page.locator('.first').innerText()).toContain('正在打开，请稍候。');
  await page.close();
});

/** Runs in a page before anything of its own, by itself. */
function noteAsking(): void {
  const { fetch } = window;
  window.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const isDrawn = document.querySelector('.header-now') !== null;
    if (address.endsWith('/state')) window.askedOver ??= isDrawn ? 'what is held' : 'nothing';
    return fetch(input, init);
  };
}

const askedOver = (page: Page) => page.evaluate(() => window.askedOver);

test('[SC11] what is held is drawn before the server is asked; who holds nothing asks at once', async () => {
  const page = await hall.browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.addInitScript(noteAsking);
  await openTouch(page);
  await page.locator('.header-now').waitFor();
  expect(await askedOver(page)).toBe('nothing');
  await page.reload();
  await expect.poll(() => askedOver(page)).toBe('what is held');
  // No frame is ever drawn, as in a window that nobody sees: the server is asked all the same.
  await page.addInitScript(() => {
    window.requestAnimationFrame = () => 0;
  });
  await page.reload();
  await expect.poll(() => askedOver(page), { timeout: 10_000 }).toBe('what is held');
  await page.close();
});
