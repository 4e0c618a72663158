import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Frame, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { present } from '../../shared/kit/assert.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import type { NoticeFields } from '../../shared/records/notice.ts';
import { paragraphOf } from '../../shared/records/rich-text.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { NO_FAULTS } from '../../shared/protocol/wall.ts';
import type { Desk } from '../bench/support/changing.ts';
import { openDesk } from '../bench/support/changing.ts';
import { PASSWORD } from '../bench/support/large-hall.ts';
import { approveKey } from '../bench/support/screens.ts';
import { announced, startServer } from './console.ts';
import { readReleasedPages } from './support/released-pages.ts';

/** The demonstration wall as a reader of the README tries it: its switches, and what the screens do. */

const data = mkdtempSync(join(tmpdir(), 'openhall-wall-'));
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const SCREENS = ['touch-01', 'tv-hall', 'led-door', 'led-hall'] as const;
const CARD = '安澜县政务服务中心';
const BOARD = id(isScreenId, 'led-hall');
/** What a public page names as its shell. */
const BUILD = expect.stringMatching(/^[0-9a-f]{12}$/);
let server: ChildProcess;
let url: string;
let browser: Browser;
let context: BrowserContext;
let wall: Page;
let desk: Desk;
/** One that boards play. */
let notice: RecordId;

beforeAll(async () => {
  server = startServer(data, 20_000 + ((process.pid + 7000) % 12_000), {
    env: { DEMO_PASSWORD: PASSWORD },
  });
  url = await announced(server);
  desk = await openDesk(url);
  const { records } = await desk.manager.call('records', { search: '停水公告' });
  notice = present(records[0], 'notice').id;
  browser = await chromium.launch({
    executablePath: await requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  context = await browser.newContext({
    viewport: { width: 1640, height: 1180 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(noteWhatIsSaid);
  wall = await context.newPage();
  await wall.goto(`${url}/wall/`);
  await approveKey(desk.manager, BOARD);
});
beforeEach(async () => {
  const calm = wall.getByRole('button', { name: '全部恢复正常' });
  if (await calm.isEnabled()) await calm.click();
  await allLevel();
});
afterAll(async () => {
  await browser.close();
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(data, { recursive: true, force: true });
});

/** Keeps every text that a board of dots ever says. */
function noteWhatIsSaid(): void {
  const said = new Set<string>();
  Object.assign(window, { said });
  new MutationObserver(() => {
    const label = document.querySelector('canvas')?.ariaLabel ?? '';
    if (label !== '') said.add(label);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
}

const until = <Value>(look: () => Value | Promise<Value>) =>
  expect.poll(look, { timeout: 90_000, interval: 50 });

const turn = (name: string) => wall.getByRole('switch', { name }).click();

const lineOf = (screen: string, page = wall) => page.locator(`.panel-${screen} .line`).innerText();

/** Starts keeping every text of the line below a screen: some stand for a moment only. */
async function keepLinesOf(screen: string): Promise<() => Promise<string>> {
  await wall.locator(`.panel-${screen}`).evaluate((panel) => {
    const kept = new Set<string>();
    const keep = () => kept.add(panel.querySelector('.line')?.textContent ?? '');
    new MutationObserver(keep).observe(panel, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    keep();
    Object.assign(window, { kept });
  });
  return () =>
    wall.evaluate(() => [...(window as typeof window & { kept: Set<string> }).kept].join('\n'));
}

const frameOf = (screen: string): Frame =>
  present(
    wall.frames().find((frame) => frame.url().includes(`screen=${screen}`)),
    `frame of ${screen}`,
  );

const saidNow = () => frameOf(BOARD).evaluate(() => document.querySelector('canvas')?.ariaLabel);

const allSaid = async (): Promise<readonly string[]> =>
  frameOf(BOARD).evaluate(() => [...(window as typeof window & { said: Set<string> }).said]);

/** On a busy machine the second is over before somebody looks. */
const TWO_OR_MORE = '(?:[2-9]|\\d{2,})';
const THREE_OR_MORE = '(?:[3-9]|\\d{2,})';

async function allLevel(): Promise<void> {
  const version = await desk.version();
  for (const screen of SCREENS)
    await until(() => lineOf(screen)).toMatch(
      new RegExp(`(连着服务器，正在显示|仍是)最新的第 ${version} 版`),
    );
}

/** Changes a notice that boards play, and has it approved: the version that it came out in. */
async function publish(number: number, parts: Partial<NoticeFields> = {}): Promise<number> {
  const prepared = await desk.prepare(notice, number, parts);
  await prepared.approve();
  return desk.version();
}

/** A page that goes on is the same page: it was not loaded anew. */
const mark = () => frameOf(BOARD).evaluate(() => Object.assign(window, { marked: true }) && true);
const isMarked = () => frameOf(BOARD).evaluate(() => 'marked' in window);

/** Names of members outlive the minifier, so these tell the wall's code from any other. */
const isOfTheWall = (path: string): boolean =>
  /lineForMs|deviceAheadMs|demonstration-wall/.test(readFileSync(path, 'utf8'));

describe('the wall', () => {
  test('[WA1] nothing of it is in the files of public screens, nor in the shells they keep', () => {
    const dist = fileURLToPath(new URL('../../dist/kiosk', import.meta.url));
    const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
    const telling = scripts.filter((name) => isOfTheWall(join(dist, 'assets', name)));
    expect(telling).not.toEqual([]);
    expect(telling.filter((name) => !name.startsWith('wall-'))).toEqual([]);
    const shell = ['touch/index.html', 'board/index.html', 'sw.js'].map((name) =>
      readFileSync(join(dist, name), 'utf8'),
    );
    expect(shell.join('')).toContain('/assets/');
    expect(shell.join('')).not.toMatch(/wall/);
  });

  test('[WA2] a frame alone leads to the wall', async () => {
    const page = await context.newPage();
    await page.goto(`${url}/wall/board.html?screen=${BOARD}`);
    await page.waitForURL(`${url}/wall/`);
    await page.close();
  });

  test('[WA2] a frame obeys the window that holds it alone, and a public board nobody', async () => {
    const cut = { v: 1, kind: 'faults', faults: { ...NO_FAULTS, offline: true } };
    // From itself, from beside it, and to a public board in a frame of the same origin.
    await frameOf(BOARD).evaluate((message) => window.postMessage(message, origin), cut);
    await frameOf('led-door').evaluate((message) => {
      for (let at = 0; at < window.parent.frames.length; at++)
        window.parent.frames[at]?.postMessage(message, origin);
    }, cut);
    await wall.evaluate(
      async ([message, address]) => {
        const frame = document.createElement('iframe');
        frame.id = 'public';
        frame.src = address;
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener('load', resolve));
        frame.contentWindow?.postMessage(message, origin);
      },
      [cut, `/board/?screen=${BOARD}`] as const,
    );
    const shown = wall.frameLocator('#public').locator('canvas');
    await until(() => shown.getAttribute('aria-label')).toContain('安澜县');
    const version = await publish(2001);
    for (const screen of SCREENS) await until(() => lineOf(screen)).toContain(`第 ${version} 版`);
    await until(() => paintedBy(BOARD)).toEqual([BUILD, version]);
    await wall.evaluate(() => document.getElementById('public')?.remove());
    // And the window that holds it, it does obey.
    await turn('断网');
    await until(() => lineOf(BOARD)).toMatch(/^已断网/);
  });

  test('[WA3] beside the open page of its screen it has that page’s key, and leaves the reports to it', async () => {
    await until(() => shellOf(BOARD)).toBe('demonstration-wall');
    const page = await context.newPage();
    await page.goto(`${url}/board/?screen=${BOARD}`);
    await until(() => page.locator('canvas').getAttribute('aria-label')).toContain('安澜县');
    await until(() => shellOf(BOARD)).toEqual(BUILD);
    // A connection that comes up has the frame tell all it knows.
    await turn('断网');
    await until(() => lineOf(BOARD)).toMatch(/^已断网/);
    await turn('断网');
    await until(() => lineOf(BOARD)).toMatch(/^连着服务器/);
    const version = await publish(2002);
    await until(() => lineOf(BOARD)).toContain(`第 ${version} 版`);
    await until(() => paintedBy(BOARD)).toEqual([BUILD, version]);
    await page.close();
    await until(() => frameOf(BOARD).evaluate(namesOfLocks)).not.toContain(`openhall-1-${BOARD}`);
    const last = await publish(2003);
    await until(() => paintedBy(BOARD)).toEqual(['demonstration-wall', last]);
  });

  test('is worked by the keyboard, and by people who do not see it', async () => {
    await wall.evaluate(axeSource);
    const violations = () =>
      wall.evaluate<string[]>(`axe.run(document, { iframes: false }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
    expect(await violations()).toEqual([]);
    const offline = wall.getByRole('switch', { name: '断网' });
    await offline.focus();
    await wall.keyboard.press('Space');
    await until(() => offline.getAttribute('aria-checked')).toBe('true');
    await wall.keyboard.press('Tab');
    await wall.keyboard.press('Enter');
    const slow = wall.getByRole('switch', { name: '网慢' });
    await until(() => slow.getAttribute('aria-checked')).toBe('true');
    await turn('断电');
    await until(() => wall.frames().length).toBe(1);
    expect(await violations()).toEqual([]);
  });
});

const namesOfLocks = async () =>
  ((await navigator.locks.query()).held ?? []).map((lock) => lock.name ?? '');

async function viewOf(screen: string) {
  const { screens } = await desk.manager.call('screens', { search: screen });
  return present(
    screens.find((view) => view.id === screen),
    screen,
  );
}
const shellOf = async (screen: string) => (await viewOf(screen)).shell;
const paintedBy = async (screen: string) => {
  const { shell, channels } = await viewOf(screen);
  return [shell, channels[0]?.painted?.version];
};

describe('断网', () => {
  test('[WA4] [WA5] boards go on with what they have, say so, and follow without loading anew', async () => {
    const before = await desk.version();
    await mark();
    await turn('断网');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(
        new RegExp(`^已断网 \\d+ 秒：照本机存的第 ${before} 版显示；时间可信$`),
      );
    const after = await publish(2010);
    expect(after).toBeGreaterThan(before);
    await until(() => lineOf(BOARD)).toMatch(
      new RegExp(`^已断网 ${TWO_OR_MORE} 秒：.*第 ${before} 版`),
    );
    expect(await saidNow()).toContain('安澜县');
    await turn('断网');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(new RegExp(`最新的第 ${after} 版`));
    expect(await isMarked()).toBe(true);
  });
});

describe('网慢', () => {
  test('[WA4] [WA5] a new version comes late, the old one stands until it is whole', async () => {
    const before = await desk.version();
    await turn('网慢');
    // A long one does not come with the hint: the touch screen knows of it before it has it.
    const paragraphs = Array.from({ length: 40 }, () =>
      paragraphOf('停水期间请提前储水。'.repeat(40)),
    );
    const kept = await keepLinesOf('touch-01');
    const after = await publish(2020, { body: { type: 'doc', content: paragraphs } });
    await until(kept).toMatch(new RegExp(`^第 ${after} 版还在取，.*照旧显示第 ${before} 版`, 'm'));
    // Who connects asks at once, and not a minute after the last time.
    await turn('断网');
    for (const screen of SCREENS) await until(() => lineOf(screen)).toMatch(/^已断网/);
    await turn('断网');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(
        new RegExp(`^网慢，上次来回用了 ${THREE_OR_MORE} 秒，仍是最新的第 ${after} 版`),
      );
  });
});

/** A wall whose clock stands still but when it is told to run. */
async function openStoppedWall(): Promise<Page> {
  const stopped = await browser.newContext({
    viewport: { width: 1640, height: 1180 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  await stopped.clock.install();
  const page = await stopped.newPage();
  await page.goto(`${url}/wall/`);
  for (const screen of SCREENS)
    await until(() => lineOf(screen, page)).toMatch(/^连着服务器.*最新/);
  await stopped.clock.pauseAt(Date.now() + 2000);
  return page;
}

describe('网慢, on a clock that stands still', () => {
  test('[WA6] every screen says so within seconds, and that it is over', async () => {
    const page = await openStoppedWall();
    // Far from the minute after which each screen would have asked anyway.
    let left = 10_000;
    const linesSoon = async (): Promise<readonly string[]> => {
      if (left > 0) await page.clock.runFor(STEP_MS);
      left -= STEP_MS;
      return Promise.all(SCREENS.map((screen) => lineOf(screen, page)));
    };
    const slow = page.getByRole('switch', { name: '网慢' });
    await slow.click();
    await until(linesSoon).toEqual(are(/^网慢，上次来回用了 3 秒，仍是最新的第 \d+ 版/));
    left = 10_000;
    await slow.click();
    await until(linesSoon).toEqual(are(/^连着服务器，正在显示最新的第 \d+ 版/));
    await page.context().close();
  });
});

const STEP_MS = 50;
const are = (line: RegExp) => SCREENS.map(() => expect.stringMatching(line));

describe('坏数据', () => {
  test('[WA4] [WA5] what is damaged is never on the glass, and is fetched again', async () => {
    await turn('坏数据');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(
        /存储里坏了 3 处：坏的不显示|存储里坏过 3 处：没有显示坏的/,
      );
    const after = await publish(2030);
    await turn('坏数据');
    for (const screen of SCREENS) {
      await until(() => lineOf(screen)).toMatch(
        new RegExp(`最新的第 ${after} 版；存储里坏过 3 处：没有显示坏的，都已重新取回`),
      );
      await until(() => lineOf(screen)).toMatch(/收到 \d+ 份坏数据，核对不过，一份也没有存/);
    }
    const released = readReleasedPages(data);
    const said = await allSaid();
    expect(said.length).toBeGreaterThan(1);
    expect(said.filter((text) => !released.isTrue(text, CARD))).toEqual([]);
    // One other character would have been noticed.
    const spoilt = said.map((text) => text.slice(0, 2) + '坏' + text.slice(3));
    expect(spoilt.filter((text) => released.isTrue(text, CARD))).toEqual([]);
  });
});

describe('时钟错', () => {
  test('[WA4] [WA5] with its server a screen keeps the right time, whatever its own clock says', async () => {
    await turn('时钟错');
    for (const [kind, words] of [
      ['快 3 小时', '本机时钟快了 3 小时，没有采信'],
      ['慢 3 小时', '本机时钟慢了 3 小时，没有采信'],
      ['回到 1970 年', '本机时钟回到了 1970 年，没有采信'],
    ] as const) {
      await wall.getByLabel('时钟怎么错').selectOption({ label: kind });
      for (const screen of SCREENS) await until(() => lineOf(screen)).toContain(words);
      await until(clockIsRight).toBe(true);
    }
  });

  test('[WA5] started without a line and a clock three hours ahead, it says that the time is a guess', async () => {
    await turn('断网');
    await turn('断电');
    await wall.getByLabel('时钟怎么错').selectOption({ label: '快 3 小时' });
    await turn('时钟错');
    await turn('断电');
    await until(() => lineOf(BOARD)).toMatch(/从本机读出第 \d+ 版接着显示；时间是推算的/);
    await turn('断网');
    await until(() => lineOf(BOARD)).toMatch(/最新的.*本机时钟快了 3 小时，没有采信/);
    await until(clockIsRight).toBe(true);
  });

  test('[WA5] started without a line in 1970, it tells no time and takes off what may be over', async () => {
    const released = readReleasedPages(data);
    const month = Date.now() + 30 * 86_400_000;
    const ending = async () => (await allSaid()).filter((text) => released.endsBy(text, month));
    await until(ending).not.toEqual([]);
    await turn('断网');
    await turn('断电');
    await wall.getByLabel('时钟怎么错').selectOption({ label: '回到 1970 年' });
    await turn('时钟错');
    await turn('断电');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(
        /时间不可信：不报时间，30 天内到期的 \d+ 条先撤下$/,
      );
    await until(saidNow).toMatch(/--:--.*时钟不准/);
    expect(await ending()).toEqual([]);
    await turn('时钟错');
    await turn('断网');
    await until(() => lineOf(BOARD)).toMatch(/最新的第 \d+ 版；时间可信$/);
    await until(clockIsRight).toBe(true);
  });
});

/** The board tells the minute that it is at the hall. */
async function clockIsRight(): Promise<boolean> {
  const said = (await saidNow()) ?? '';
  const minutes = [0, -60_000].map((ago) =>
    new Intl.DateTimeFormat('zh-CN', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'Asia/Shanghai',
    }).format(Date.now() + ago),
  );
  return minutes.some((minute) => said.includes(minute));
}

describe('断电', () => {
  test('[WA4] [WA5] cut off in the middle of a publication it comes back whole, with no line too', async () => {
    const before = await desk.version();
    const prepared = await desk.prepare(notice, 2050);
    await prepared.approve();
    await turn('断电');
    for (const screen of SCREENS) await until(() => lineOf(screen)).toMatch(/^断电了，屏是黑的/);
    await until(() => wall.frames().length).toBe(1);
    const after = await desk.version();
    await turn('断网');
    await turn('断电');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(
        new RegExp(`^已断网 \\d+ 秒：重启后从本机读出第 (${before}|${after}) 版接着显示；时间`),
      );
    await until(saidNow).toContain('安澜县');
    const released = readReleasedPages(data);
    const said = (await allSaid()).filter((text) => text.includes('安澜县'));
    expect(said.filter((text) => !released.isTrue(text, CARD))).toEqual([]);
    await turn('断网');
    for (const screen of SCREENS)
      await until(() => lineOf(screen)).toMatch(new RegExp(`最新的第 ${after} 版`));
  });
});
