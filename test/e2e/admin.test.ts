import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoHall } from './console.ts';
import { openConsole, openDemoHall, openMenu, openRecord, PASSWORD } from './console.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const TITLE = '县城北大街停水公告';

let hall: DemoHall;
beforeAll(async () => {
  hall = await openDemoHall();
});
afterAll(() => hall.close());

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What axe finds wrong with the page, WCAG 2.2 AA. Frames are the kiosk's and tested there. */
async function axe(page: Page): Promise<string[]> {
  // Playwright evaluates past the page's content policy, so the page itself stays as strict as it is.
  await page.evaluate(axeSource);
  const result = await page.evaluate<AxeResult>(
    `axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const goTo = (page: Page, hash: string) =>
  page.evaluate((address) => {
    location.hash = address;
  }, hash);

/** A moment from now as the form's date and time, in the hall's zone, which is China's. */
function hallMoment(hoursAhead: number): { date: string; time: string } {
  const text = new Date(Date.now() + (hoursAhead + 8) * 3_600_000).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

async function write(page: Page, title: string): Promise<void> {
  await goTo(page, '#/new/notice');
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByLabel('类别').selectOption('停水停电');
  await page.getByLabel('咨询电话').fill('0312-0000000');
  const body = page.getByRole('textbox', { name: '正文' });
  await body.click();
  await page.keyboard.type('因管网检修，北大街沿线停水，请提前储水。');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '插入表格' }).click();
  for (const cell of ['路段', '开始', '结束', '北大街', '22时', '次日6时']) {
    await page.keyboard.type(cell);
    await page.keyboard.press('Tab');
  }
  await page.getByLabel('大屏文字').fill('今晚10时至明早6时，北大街沿线停水，请提前储水。');
  const until = hallMoment(48);
  await page.getByLabel('到期时间 日期').fill(until.date);
  await page.getByLabel('到期时间 时间').fill(until.time);
}

/** `npm run hall -- …` without the launcher. */
async function runTool(...args: readonly string[]): Promise<{ code: unknown; said: string }> {
  const tool = spawn(process.execPath, ['board-server/tool/main.ts', ...args]);
  let said = '';
  tool.stdout.on('data', (part) => (said += String(part)));
  tool.stderr.on('data', (part) => (said += String(part)));
  const [code] = await once(tool, 'close');
  return { code, said };
}

const state = (page: Page) => page.locator('.record-facts .badge');

describe('the console', () => {
  test('[AU2] a wrong password is refused in words, and nothing is kept of it', async () => {
    const page = await openConsole(hall.browser, hall.url);
    await page.getByText('演示数据。安澜县和这里的公告都是虚构的。').waitFor();
    await page.getByText('演示账号和密码').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('账号').fill('bianji1');
    await page.getByLabel('密码', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('账号或密码不对');
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
    await page.context().close();
  });

  test('an editor writes a notice with a table, sees it as screens will show it, and submits', async () => {
    const page = await hall.signedIn('bianji1');
    await write(page, TITLE);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText(/^已保存/).waitFor();
    const frames = page.locator('.preview iframe');
    await expect.poll(() => frames.count()).toBe(4);
    expect(await frames.first().getAttribute('sandbox')).toBe('allow-scripts');
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await page.getByRole('cell', { name: '次日6时' }).waitFor();
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect.poll(() => state(page).textContent()).toBe('待审');
    await expect.poll(() => page.getByText('您写过这一版').count()).toBe(1);
    await page.context().close();
  });

  test('what was typed and not saved is there after a reload', async () => {
    const page = await hall.signedIn('bianji1');
    await goTo(page, '#/new/notice');
    await page.getByLabel('标题', { exact: true }).fill('还没写完的公告');
    await page.reload();
    await page.getByText('找回了您').waitFor();
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('还没写完的公告');
    await page.getByRole('button', { name: '不要了' }).click();
    await expect.poll(() => page.getByLabel('标题', { exact: true }).inputValue()).toBe('');
    await page.context().close();
  });

  test('[WF3] a reviewer approves what was seen; a change made meanwhile is announced and must be seen', async () => {
    const editor = await hall.signedIn('bianji1');
    const reviewer = await hall.signedIn('shenhe1');
    await reviewer.getByText(TITLE).click();
    await reviewer.getByRole('button', { name: '批准并发布' }).waitFor();
    expect(await axe(reviewer)).toEqual([]);

    await openRecord(editor, TITLE);
    await editor.getByRole('link', { name: '修改' }).click();
    await editor.getByLabel('咨询电话').fill('0312-0000001');
    await editor.getByRole('button', { name: '保存并提交审核' }).click();
    await expect.poll(() => state(editor).textContent()).toBe('待审');

    await reviewer.getByText('有人刚改了这条内容').waitFor();
    expect(await reviewer.getByRole('button', { name: '批准并发布' }).count()).toBe(0);
    await reviewer.getByRole('button', { name: '重新看' }).click();
    await reviewer.getByText('0312-0000001').waitFor();
    await reviewer.locator('button:not([disabled])', { hasText: '批准并发布' }).click();
    await expect.poll(() => state(reviewer).textContent()).toBe('已发布');
    await editor.context().close();
    await reviewer.context().close();
  });

  test('the manager puts it on the boards by a form, then takes it down in two touches', async () => {
    const page = await hall.signedIn('zhuren');
    await openRecord(page, TITLE);
    await page.getByRole('button', { name: '上大屏' }).click();
    await page.getByText('优先', { exact: true }).click();
    await page.getByRole('button', { name: '排进大屏' }).click();
    await page.getByText('已排进大屏').waitFor();
    await page.getByRole('button', { name: '立即插播' }).click();
    await page.getByText('已插播').waitFor();
    expect(await axe(page)).toEqual([]);

    await openMenu(page, '排期');
    await page.locator('.slot', { hasText: TITLE }).first().waitFor();
    expect(await axe(page)).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    await openRecord(page, TITLE);
    const withdraw = page.getByRole('button', { name: '立即撤下' });
    await withdraw.click();
    expect(await state(page).textContent()).toBe('已发布');
    await page.getByRole('button', { name: '再按一次，立即撤下' }).click();
    await expect.poll(() => state(page).textContent()).toBe('已撤下');
    await page.getByLabel('为什么撤下').fill('开始时间写错了');
    await page.getByRole('button', { name: '记下原因' }).click();
    await page.getByText('原因已记下').waitFor();
    await page.locator('.record-standing', { hasText: '撤下原因：开始时间写错了' }).waitFor();
    await page.context().close();
  });

  test('[WF4] the second of two who save one record is told, sees both, and loses nothing', async () => {
    const title = '两人同改的公告';
    const [first, second] = [await hall.signedIn('bianji1'), await hall.signedIn('zhuren')];
    await write(first, title);
    await first.getByRole('button', { name: '保存', exact: true }).click();
    await first.getByText(/^已保存/).waitFor();
    await openRecord(second, title);
    await second.getByLabel('咨询电话').fill('0312-2222222');

    await first.getByLabel('咨询电话').fill('0312-1111111');
    await first.getByRole('button', { name: '保存', exact: true }).click();

    await second.getByRole('heading', { name: '有人先存了' }).waitFor();
    expect(await axe(second)).toEqual([]);
    const phone = second.getByRole('group', { name: /咨询电话/ });
    expect(await phone.locator('ins').allTextContents()).toEqual(['2222222', '1111111']);
    await second.getByRole('button', { name: '把我的另存为一条新草稿' }).click();
    await expect.poll(() => second.getByLabel('咨询电话').inputValue()).toBe('0312-2222222');
    await openMenu(second, '内容');
    await expect.poll(() => second.getByText(title).count()).toBe(2);
    await first.context().close();
    await second.context().close();
  });

  test('[WF5] [WF6] two who changed one notice keep both their work, by keyboard, and the log says so', async () => {
    const title = '两人合写的公告';
    const [first, second] = [await hall.signedIn('bianji1'), await hall.signedIn('zhuren')];
    await write(first, title);
    await first.getByRole('button', { name: '保存', exact: true }).click();
    await first.getByText(/^已保存/).waitFor();
    await openRecord(second, title);
    await second.getByLabel('咨询电话').fill('0312-2222222');
    await second.getByLabel('大屏文字').fill('今晚10时至明早6时，北大街停水。');
    await second.getByRole('textbox', { name: '正文' }).locator('p').first().click();
    await second.keyboard.press('Control+Home');
    await second.keyboard.type('紧急：');

    await first.getByLabel('咨询电话').fill('0312-1111111');
    await first.getByLabel('标题', { exact: true }).fill(`${title}（更正）`);
    await first.getByRole('button', { name: '保存', exact: true }).click();
    await second.getByRole('heading', { name: '有人先存了' }).waitFor();
    // What was typed, and what it was typed over, are still known after the page was loaded anew.
    await second.reload();
    await second.getByText('找回了您').waitFor();
    await second.getByRole('button', { name: '保存', exact: true }).click();
    await second.getByRole('heading', { name: '有人先存了' }).waitFor();
    await first.getByRole('button', { name: '提交审核' }).click();
    await expect.poll(() => state(second).textContent()).toBe('待审');
    await expect
      .poll(() => second.locator('.settled').innerText())
      .toMatch(/标题\s*用.+改的[^]*正文\s*用您改的[^]*大屏文字\s*用您改的/);
    expect(await axe(second)).toEqual([]);
    const save = second.getByRole('button', { name: '合并并保存' });
    expect(await save.isDisabled()).toBe(true);
    await second.getByRole('radio', { name: '自己改' }).focus();
    await second.keyboard.press('Space');
    await second.keyboard.press('Tab');
    await second.keyboard.press('Control+A');
    await second.keyboard.type('0312-3333333');
    await second.getByText('都合好了').waitFor();
    await save.focus();
    await second.keyboard.press('Enter');
    await second.getByText(/^已保存/).waitFor();
    expect(await second.getByLabel('标题', { exact: true }).inputValue()).toBe(`${title}（更正）`);
    expect(await second.getByLabel('咨询电话').inputValue()).toBe('0312-3333333');
    expect(await second.getByLabel('大屏文字').inputValue()).toBe(
      '今晚10时至明早6时，北大街停水。',
    );
    await second.getByText('紧急：因管网检修').waitFor();
    // [WF1] What was handed in is a draft again.
    await expect.poll(() => state(second).textContent()).toBe('草稿');
    await goTo(second, '#/settings/audit');
    await second.getByRole('cell', { name: '合并两人的修改' }).first().waitFor();
    await first.context().close();
    await second.context().close();
  });

  test('[WF5] a third save while two versions are being merged begins the comparison anew', async () => {
    const title = '三人同改的公告';
    const [first, second] = [await hall.signedIn('bianji1'), await hall.signedIn('zhuren')];
    await write(first, title);
    await first.getByRole('button', { name: '保存', exact: true }).click();
    await first.getByText(/^已保存/).waitFor();
    await openRecord(second, title);
    await second.getByLabel('咨询电话').fill('0312-2222222');
    const saveFirst = async (label: string, value: string) => {
      await first.getByLabel(label, { exact: true }).fill(value);
      await first.getByRole('button', { name: '保存', exact: true }).click();
      await first.getByText(/^已保存/).waitFor();
    };
    await saveFirst('咨询电话', '0312-1111111');
    const panel = second.getByRole('region', { name: '有人先存了' });
    await panel.getByRole('radio', { name: '用我写的' }).check();
    await saveFirst('大屏文字', '今晚停水，请储水。');
    await panel.getByText('大屏文字').waitFor();
    // What was chosen was chosen between other texts.
    expect(await panel.getByRole('radio', { name: '用我写的' }).isChecked()).toBe(false);
    await panel.getByRole('radio', { name: '用我写的' }).check();
    await panel.getByRole('button', { name: '放进表单再看看' }).click();
    expect(await second.getByLabel('咨询电话').inputValue()).toBe('0312-2222222');
    expect(await second.getByLabel('大屏文字').inputValue()).toBe('今晚停水，请储水。');
    await second.getByRole('button', { name: '保存', exact: true }).click();
    await second.getByText(/^已保存/).waitFor();
    await expect.poll(() => first.getByLabel('咨询电话').inputValue()).toBe('0312-2222222');
    await first.context().close();
    await second.context().close();
  });

  test('[AU4] when the session ends the page stays beneath the sign-in, with all that was typed', async () => {
    const page = await hall.signedIn('bianji2');
    await goTo(page, '#/new/notice');
    await page.getByLabel('标题', { exact: true }).fill('写到一半');
    await page.context().clearCookies();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '请重新登录' });
    await dialog.waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByLabel('账号').fill('bianji2');
    await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('写到一半');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText(/^已保存/).waitFor();
    await page.context().close();
  });

  test('[AU8] what the console reads by itself is marked, what a person does is not; it lands on the sign-in all the same', async () => {
    const page = await hall.signedIn('zhuren');
    await page.clock.install();
    await page.reload();
    await openMenu(page, '内容');
    await page.getByRole('heading', { name: '内容', level: 1 }).waitFor();
    // Whatever was still being read because somebody opened the page has been asked for by then.
    await page.clock.fastForward('02:00');
    const asked: { readonly address: string; readonly mark: string }[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      const mark = request.headers()['x-openhall-background'] ?? 'none';
      asked.push({ address: pathname + search, mark });
    });
    const marksOf = async (address: string) => {
      const found = () => asked.filter((each) => each.address === address);
      await expect.poll(found).not.toEqual([]);
      return [...new Set(found().map(({ mark }) => mark))];
    };

    await page.clock.fastForward('02:00');
    expect(await marksOf('/api/records')).toEqual(['1']);

    asked.splice(0);
    const other = await hall.signedIn('bianji1');
    await write(other, '别人写的公告');
    await other.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('别人写的公告').waitFor();
    expect(await marksOf('/api/records')).toEqual(['1']);
    await other.context().close();

    await page.getByRole('searchbox').fill('公告');
    await page.keyboard.press('Enter');
    const query = new URLSearchParams({ search: '公告' });
    expect(await marksOf(`/api/records?${query}`)).toEqual(['none']);

    await page.context().clearCookies();
    await page.clock.fastForward('02:00');
    const dialog = page.getByRole('dialog', { name: '请重新登录' });
    await dialog.getByText(/^15 分钟没有操作/).waitFor();
    await page.context().close();
  });

  test.each([
    '#/today',
    '#/content',
    '#/screens',
    '#/settings/people',
    '#/settings/audit',
    '#/password',
  ])('%s has nothing for axe to find, in Chinese and in English', async (hash) => {
    const page = await hall.signedIn('zhuren');
    await goTo(page, hash);
    await page.locator('h1').waitFor();
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: /我的账号/ }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.locator('main').innerText()).not.toMatch(/undefined|NaN|\[object/);
    await page.context().close();
  });

  test('the log says everything in words, with the names of things', async () => {
    const page = await hall.signedIn('jiandu');
    await openMenu(page, '设置');
    await page.getByRole('cell', { name: '记下撤下原因' }).waitFor();
    await page
      .getByRole('cell', { name: `内容“${TITLE}”` })
      .first()
      .waitFor();
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(/[a-z]+\.[a-z]+|(?:record|slot|person|screen|channel):|[0-9a-f]{16}/);
    await page.context().close();
  });

  test('[AD1] the log is searched by form, condition by condition, and leads to what it is about', async () => {
    const page = await hall.signedIn('zhuren');
    await goTo(page, '#/settings/audit');
    const rows = page.getByRole('row');
    await page.getByLabel('内容', { exact: true }).fill('停水');
    await page.getByRole('button', { name: '查找', exact: true }).click();
    await page.getByRole('button', { name: '去掉条件：内容 停水' }).waitFor();
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
    const found = await rows.count();
    expect(found).toBeGreaterThan(5);
    expect(await rows.getByText('登录').count()).toBe(0);
    expect(await axe(page)).toEqual([]);

    await page.getByLabel('人员', { exact: true }).fill('没有这个人');
    await page.getByLabel('人员', { exact: true }).press('Enter');
    await page.getByText('没有找到符合条件的记录').waitFor();
    await page.getByRole('button', { name: '去掉条件：人员 没有这个人' }).click();
    await expect.poll(() => rows.count()).toBe(found);

    await page.getByLabel('从 日期').fill('2026-11-26');
    await page.getByLabel('到 日期').fill('2026-11-25');
    await page.getByText('“到”要在“从”之后').waitFor();
    await page.getByRole('button', { name: '今天' }).click();
    await page.getByRole('button', { name: /去掉条件：从 / }).waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('cell', { name: '登录', exact: true }).first().waitFor();

    await page
      .getByRole('link', { name: `内容“${TITLE}”` })
      .first()
      .click();
    await page.getByRole('heading', { name: TITLE }).waitFor();
    await page.getByRole('link', { name: '操作记录' }).click();
    await page.getByRole('button', { name: `去掉条件：内容“${TITLE}”` }).waitFor();
    await page.getByRole('cell', { name: '立即插播' }).waitFor();
    // What was found before stands until the answer is there.
    await expect.poll(() => rows.getByText('登录').count()).toBe(0);
    await page.context().close();
  });

  test('the log fits a telephone, and says so when it cannot be read', async () => {
    const page = await hall.signedIn('jiandu');
    await page.setViewportSize({ width: 390, height: 844 });
    await goTo(page, '#/settings/audit');
    await page.getByRole('cell', { name: '登录', exact: true }).first().waitFor();
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(390);
    await page.getByText('查找条件').click();
    await page.getByLabel('人员', { exact: true }).fill('监督');
    expect(await width()).toBe(390);
    expect(await axe(page)).toEqual([]);
    await page.route('**/api/audit?**', (route) =>
      route.fulfill({ status: 503, json: { refusal: 'busy' } }),
    );
    await page.getByRole('button', { name: '查找', exact: true }).click();
    await page.getByText('服务器正忙').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.unroute('**/api/audit?**');
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText('没有找到符合条件的记录').waitFor();
    await page.context().close();
  });

  test('[AD2] [AD3] a supervisor takes the log out as a file, and the tool checks it', async () => {
    const page = await hall.signedIn('jiandu');
    await goTo(page, '#/settings/audit');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出全部' }).click();
    const kept = await download;
    await page.getByText(`npm run hall -- verify-audit ${kept.suggestedFilename()}`).waitFor();
    expect(await axe(page)).toEqual([]);
    const root = /root=([0-9a-f]{64})/.exec(await (await fetch(hall.url)).text())?.[1] ?? '';
    const file = await kept.path();
    const passed = await runTool('verify-audit', file, '--root', root);
    expect(passed.code).toBe(0);
    expect(passed.said).toMatch(/^核对通过：安澜县政务服务中心，第 1 至 \d+ 条/);

    const bytes = readFileSync(file);
    const at = bytes.indexOf('session.begin');
    bytes[at] = 0x53;
    writeFileSync(file, bytes);
    const failed = await runTool('verify-audit', file, '--root', root);
    const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
    expect(failed.code).toBe(1);
    expect(failed.said).toMatch(new RegExp(`^第 ${line} 条，\\d{4}-.+：内容与它的哈希不符$`, 'm'));
    await page.context().close();
  });

  test('an administrator is offered only what the policy allows, and can add a screen', async () => {
    const page = await hall.signedIn('guanli');
    await page.getByRole('heading', { name: '屏幕', level: 1 }).waitFor();
    expect(
      await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts(),
    ).toEqual(['屏幕', '设置']);
    await page.getByRole('button', { name: '添加屏幕' }).click();
    await page.getByLabel('名称').fill('二楼走廊电视');
    await page.getByLabel('编号').fill('corridor-2');
    await page.getByLabel('大屏规格').selectOption({ label: '大厅电视 1920×1080' });
    await page.getByRole('button', { name: '添加', exact: true }).click();
    const card = page.locator('.screen', { hasText: '二楼走廊电视' });
    await card.waitFor();
    const address = card.getByLabel('打开地址');
    expect(await address.inputValue()).toMatch(
      /^http:\/\/[^/]+\/board\/\?screen=corridor-2&root=[0-9a-f]{64}$/,
    );
    await page.context().close();
  });

  test('[AU1] a new account gets a one-time password, shown once, and must change it to go on', async () => {
    const administrator = await hall.signedIn('guanli');
    await openMenu(administrator, '设置');
    await administrator.getByRole('button', { name: '添加人员' }).click();
    await administrator.getByLabel('姓名').fill('钱进');
    await administrator.getByLabel('账号', { exact: true }).fill('qianjin');
    await administrator.getByLabel('岗位').fill('窗口编辑');
    await administrator.getByRole('button', { name: '添加', exact: true }).click();
    const once = await administrator.locator('.one-time').innerText();
    await administrator.getByRole('cell', { name: 'qianjin' }).waitFor();
    await administrator.context().close();

    const page = await openConsole(hall.browser, hall.url);
    await page.getByLabel('账号').fill('qianjin');
    await page.getByLabel('密码', { exact: true }).fill(once);
    await page.keyboard.press('Enter');
    await page.getByText('这是一次性密码').waitFor();
    await page.getByLabel('现在的密码', { exact: true }).fill(once);
    await page.getByLabel('新密码', { exact: true }).fill('河边 石桥 晚霞 2026');
    await page.getByLabel('再输一遍新密码').fill('河边 石桥 晚霞 2027');
    await page.getByRole('button', { name: '改成新密码' }).click();
    await page.getByText('两遍新密码不一样').waitFor();
    await page.getByLabel('再输一遍新密码').fill('河边 石桥 晚霞 2026');
    await page.getByRole('button', { name: '改成新密码' }).click();
    await page.getByRole('heading', { name: '钱进，您好' }).waitFor();
    await page.context().close();
  });

  test('[AU6] somebody locked out gets in again by what the administrator does in the console', async () => {
    const page = await openConsole(hall.browser, hall.url);
    const enter = async (password: string) => {
      await page.getByLabel('账号').fill('bianji2');
      await page.getByLabel('密码', { exact: true }).fill(password);
      const answered = page.waitForResponse('**/api/session');
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await answered;
    };
    for (let tries = 0; tries < 5; tries += 1) await enter(`wrong ${tries}`);
    await page.getByText('账号已锁定 30 分钟').waitFor();

    const administrator = await hall.signedIn('guanli');
    await openMenu(administrator, '设置');
    const row = administrator.getByRole('row', { name: /bianji2/ });
    await row.getByText('已锁定').waitFor();
    await row.getByRole('button', { name: /管理/ }).click();
    await administrator.getByRole('button', { name: '解锁并重设密码' }).click();
    await row.getByText('已锁定').waitFor();
    await administrator.getByRole('button', { name: '再按一次，解锁并重设' }).click();
    const once = await administrator.locator('.one-time').innerText();
    await row.getByText('已锁定').waitFor({ state: 'detached' });
    expect(await axe(administrator)).toEqual([]);
    await administrator.setViewportSize({ width: 420, height: 844 });
    expect(await administrator.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    expect(await axe(administrator)).toEqual([]);
    await administrator.context().close();

    await enter(PASSWORD);
    await page.getByText('账号或密码不对').waitFor();
    await enter(once);
    await page.getByText('这是一次性密码').waitFor();
    await page.getByLabel('现在的密码', { exact: true }).fill(once);
    await page.getByLabel('新密码', { exact: true }).fill('田埂 水车 雨伞 2026');
    await page.getByLabel('再输一遍新密码').fill('田埂 水车 雨伞 2026');
    await page.getByRole('button', { name: '改成新密码' }).click();
    await page.getByRole('navigation', { name: '主菜单' }).waitFor();
    await page.context().close();

    const supervisor = await hall.signedIn('jiandu');
    await goTo(supervisor, '#/settings/audit');
    const entry = supervisor.getByRole('row').filter({ hasText: '重设密码' });
    await entry.getByText('同时解除锁定').waitFor();
    await supervisor.context().close();
  });

  test('[AU9] [AU10] an administrator changes what somebody may do, closes the account off and opens it again', async () => {
    const theirs = await hall.signedIn('shenhe2');
    const page = await hall.signedIn('guanli');
    await openMenu(page, '设置');
    const row = page.getByRole('row', { name: /shenhe2/ });
    await row.getByRole('button', { name: /管理/ }).click();
    await page.getByRole('button', { name: '修改', exact: true }).click();
    await page.getByLabel('岗位').fill('政务公开科科长');
    await page.getByRole('checkbox', { name: '监督' }).check();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await row.getByText('审核、监督').waitFor();
    await row.getByText('政务公开科科长').waitFor();
    // The session that was there goes on, with the new rights.
    await theirs.reload();
    await openMenu(theirs, '设置');
    const entry = theirs.getByRole('row').filter({ hasText: '修改人员' });
    await entry.getByText('审核、监督 · 政务服务中心 · 政务公开科科长').waitFor();

    await page.getByRole('button', { name: '停用账号' }).click();
    await page.getByRole('button', { name: '再按一次，停用账号' }).click();
    await row.getByText('已停用').waitFor();
    expect(await axe(page)).toEqual([]);
    await theirs.reload();
    await theirs.getByLabel('账号').fill('shenhe2');
    await theirs.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await theirs.keyboard.press('Enter');
    await theirs.getByText('这个账号已停用').waitFor();

    await page.getByRole('button', { name: '恢复使用' }).click();
    await row.getByText('已停用').waitFor({ state: 'detached' });
    await theirs.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await theirs.keyboard.press('Enter');
    await theirs.getByRole('navigation', { name: '主菜单' }).waitFor();
    await theirs.context().close();
    await page.context().close();
  });
});
