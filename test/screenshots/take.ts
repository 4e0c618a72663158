// npm run screenshots — takes the README's pictures from a demonstration hall on the built pages.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright';
import { openDemoHall } from '../e2e/console.ts';
import type { DemoHall } from '../e2e/console.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const picture = (name: string) => `${folder}${name}.png`;

mkdirSync(folder, { recursive: true });
const hall = await openDemoHall();
try {
  // One browser is the box of all screens: what is approved for a screen's page counts on the wall.
  const box = await contextOf(hall);
  await takeScreens(hall, box);
  await takeConsole(hall);
  await takeWall(hall, box);
} finally {
  await hall.close();
}

function contextOf({ browser }: DemoHall): Promise<BrowserContext> {
  return browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
}

async function open(
  { url }: DemoHall,
  context: BrowserContext,
  path: string,
  width: number,
  height: number,
): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(`${url}${path}`);
  return page;
}

async function takeScreens(demo: DemoHall, box: BrowserContext): Promise<void> {
  const boards = [
    ['led-door', 384, 64],
    ['led-hall', 640, 320],
    ['tv-hall', 1920, 1080],
  ] as const;
  const pages = await Promise.all(
    boards.map(([screen, width, height]) =>
      open(demo, box, `/board/?screen=${screen}`, width, height),
    ),
  );
  const touch = await open(demo, box, '/touch/?screen=touch-01', 1080, 1920);
  await pairAll(demo);
  for (const [index, [screen]] of boards.entries()) {
    await pages[index]?.screenshot({ path: picture(screen) });
  }
  await touch.screenshot({ path: picture('touch-attract') });
  await touch.getByText('触摸屏幕开始').click();
  await touch.getByText('最近公开').waitFor();
  await touch.waitForTimeout(600);
  await touch.screenshot({ path: picture('touch-home') });
  await touch.getByText('搜一搜').first().click();
  await touch.waitForTimeout(600);
  for (const key of 'GKTM') {
    await touch.getByRole('button', { name: key, exact: true }).click();
    await touch.waitForTimeout(400);
  }
  await touch.screenshot({ path: picture('touch-search') });
  await touch.getByText('徐水县2010年').first().click();
  await touch.waitForTimeout(900);
  await touch.screenshot({ path: picture('touch-document') });
  await touch.getByRole('button', { name: /大字/ }).click();
  await touch.waitForTimeout(600);
  await touch.screenshot({ path: picture('touch-large') });
}

async function pairAll(demo: DemoHall): Promise<void> {
  const page = await demo.signedIn('zhuren');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${demo.url}/admin/#/screens`);
  await page.getByRole('button', { name: '一致，批准' }).nth(3).waitFor();
  await page.screenshot({ path: picture('console-pairing') });
  const approve = page.getByRole('button', { name: '一致，批准' });
  for (let left = 4; left > 0; left--) {
    await approve.first().click();
    while ((await approve.count()) >= left) await page.waitForTimeout(50);
  }
  await page.getByText('已显示最新').nth(3).waitFor();
  await page.screenshot({ path: picture('console-screens') });
  await page.context().close();
}

async function takeConsole(demo: DemoHall): Promise<void> {
  const page = await demo.signedIn('zhuren');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: picture('console-today') });
  await page.getByRole('link', { name: '排期' }).first().click();
  await page.waitForTimeout(2500);
  await page.screenshot({ path: picture('console-programme') });
  await page.getByRole('link', { name: '内容' }).first().click();
  await page.getByText('城东片区计划检修').click();
  await page.waitForTimeout(1500);
  await page.getByRole('link', { name: '修改' }).click();
  await page.waitForTimeout(4000);
  await page.screenshot({ path: picture('console-editor') });
  await page.context().close();
}

async function takeWall(demo: DemoHall, box: BrowserContext): Promise<void> {
  for (const page of box.pages()) await page.close();
  const page = await open(demo, box, '/wall/', 1640, 1400);
  await page.locator('.line-well').nth(3).waitFor();
  await page.waitForTimeout(3000);
  await page.screenshot({ path: picture('wall') });
  const turn = (name: string) => page.getByRole('switch', { name }).click();
  await turn('断网');
  await turn('断电');
  await page.getByLabel('时钟怎么错').selectOption({ label: '回到 1970 年' });
  await turn('时钟错');
  await turn('断电');
  await page.getByText('时间不可信').nth(3).waitFor();
  await page.waitForTimeout(3000);
  await page.screenshot({ path: picture('wall-faults') });
}
