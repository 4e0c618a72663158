import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { signIn } from '../bench/support/console-client.ts';
import { approveKey } from '../bench/support/screens.ts';
import type { DemoHall } from './console.ts';
import { openDemoHall, PASSWORD } from './console.ts';

/** What stands where a screen or the console cannot run: what is wrong, and what to do. */

let hall: DemoHall;

beforeAll(async () => {
  hall = await openDemoHall();
});
afterAll(() => hall.close());

const UPRIGHT = { width: 1080, height: 1920 };
const WIDE = { width: 1920, height: 1080 };
const TOUCH = '/touch/?screen=touch-01';
const BOARD = '/board/?screen=led-hall';

async function openBelow(path: string, without: () => void, viewport = UPRIGHT): Promise<Page> {
  const context = await hall.browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript(without);
  await page.goto(hall.url + path, { waitUntil: 'commit' });
  return page;
}

const said = (page: Page) => page.locator('body').innerText();

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `test/.results/trouble-${name}.png` });

/** Each takes away what a browser below the floor, or one in private mode, has not. */
const LACKS = {
  database: () => void Reflect.deleteProperty(window, 'indexedDB'),
  crypto: () =>
    void Object.defineProperty(window, 'crypto', { value: { getRandomValues: () => 0 } }),
  streams: () => void Reflect.deleteProperty(window, 'ReadableStream'),
  storage: () =>
    void Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
};

const OLD = '浏览器版本太低。需要 Chromium 109 或更新的版本。';
const DENIED = '浏览器不允许保存内容。请关闭无痕模式，允许本站保存数据。';

describe('[SC13] below the floor', () => {
  test.for([
    ['database', OLD],
    ['crypto', OLD],
    ['streams', OLD],
    ['storage', DENIED],
  ] as const)('a touch screen without %s says so, in Chinese first', async ([lack, words]) => {
    for (const [form, viewport] of [
      ['upright', UPRIGHT],
      ['wide', WIDE],
    ] as const) {
      const page = await openBelow(TOUCH, LACKS[lack], viewport);
      await page.locator('.floor').waitFor();
      const [title, ask, staff, english] = (await said(page)).split(/\n+/);
      expect([title, ask, staff]).toEqual([
        '这台设备打不开政务公开屏',
        '请问大厅里的工作人员。',
        `请工作人员处理：${words}`,
      ]);
      expect(english).toMatch(/^This device cannot open the screen\./);
      expect(await page.locator('button').count()).toBe(0);
      if (lack === 'database' || lack === 'storage') await picture(page, `touch-${lack}-${form}`);
      await page.context().close();
    }
  });

  test.for([
    ['database', OLD],
    ['storage', DENIED],
  ] as const)('a board without %s says so', async ([lack, words]) => {
    const page = await openBelow(BOARD, LACKS[lack], WIDE);
    await expect.poll(() => said(page)).toBe(`这台设备打不开政务公开屏。${words}`);
    await picture(page, `board-${lack}`);
    await page.context().close();
  });

  test.for([
    ['touch', TOUCH],
    ['board', BOARD],
    ['admin', '/admin/'],
  ] as const)('%s in a browser that runs no such script says so', async ([name, path]) => {
    const context = await hall.browser.newContext({ viewport: WIDE });
    const page = await context.newPage();
    // What it cannot parse it never runs.
    await page.route('**/*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '<' }),
    );
    await page.goto(hall.url + path);
    const late = page.getByText(/浏览器(?:版本太低|太旧).*Chromium 109/);
    await late.waitFor({ state: 'attached' });
    // It stands there from the beginning and is seen after some seconds, which need not be waited for.
    await page.evaluate(() => document.getAnimations().forEach((late) => late.finish()));
    expect(await late.isVisible()).toBe(true);
    expect(await said(page)).toContain('公开屏');
    await picture(page, `old-${name}`);
    await context.close();
  });

  test('with all of it none of this is said', async () => {
    const page = await openBelow(TOUCH, () => undefined);
    await page.locator('.header-now').waitFor();
    expect(await page.locator('.floor').count()).toBe(0);
    await page.context().close();
  });
});

describe('[SC12] an address of the wrong kind', () => {
  test('a board’s screen at the touch page says so, and is never told as painted', async () => {
    const screen = id(isScreenId, 'tv-hall');
    const manager = await signIn(hall.url, 'zhuren', PASSWORD);
    const told = async () => {
      const { screens } = await manager.call('screens', { search: screen });
      const view = screens.find(({ id: name }) => name === screen);
      return { reports: view?.shell !== null, paints: view?.channels[0]?.painted !== null };
    };
    const page = await openBelow(`/touch/?screen=${screen}`, () => undefined);
    await page.getByRole('heading', { name: '本屏的网址不对' }).waitFor();
    expect(await said(page)).toContain('这是触摸屏的网址，而这块屏登记的是大屏');
    expect(await page.locator('button').count()).toBe(0);
    await picture(page, 'kind-touch-upright');
    await page.setViewportSize(WIDE);
    await picture(page, 'kind-touch-wide');
    await approveKey(manager, screen);
    await expect.poll(told, { timeout: 30_000 }).toEqual({ reports: true, paints: false });
    await page.goto(`${hall.url}/board/?screen=${screen}`);
    await expect.poll(told, { timeout: 30_000 }).toEqual({ reports: true, paints: true });
    await page.context().close();
  });

  test('a touch screen at the board page says so', async () => {
    const page = await openBelow('/board/?screen=touch-01', () => undefined, WIDE);
    await expect.poll(() => said(page)).toContain('这是大屏的网址，而这块屏登记的是触摸屏');
    expect(await page.locator('canvas').count()).toBe(0);
    await picture(page, 'kind-board');
    await page.context().close();
  });

  test('no screen, or none that can be, says where its address is to be had', async () => {
    for (const path of ['/touch/?screen=..', '/board/?screen=..', `${TOUCH}&root=1`]) {
      const page = await openBelow(path, () => undefined);
      await expect.poll(() => said(page)).toContain('请从管理端“屏幕”一页复制这块屏的网址');
      await page.context().close();
    }
  });
});
