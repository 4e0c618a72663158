import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsOf } from '../../shared/domain/advance.ts';
import { dwellSeconds } from '../../shared/domain/dwell.ts';
import { segment } from '../../shared/domain/grapheme.ts';
import type { Page } from '../../shared/domain/pages.ts';
import { paginate, type BoardText } from '../../shared/domain/paginate.ts';
import { boardProfiles, findBoardProfile, type BoardProfile } from '../../shared/domain/profile.ts';

const SEED = { seed: 20_100_426, numRuns: 300 };
const profiles = Object.values(boardProfiles);
const door = boardProfiles['led-384x64'];
const hall = boardProfiles['led-640x320'];
const television = boardProfiles['tv-1920x1080'];

const stop: BoardText = {
  title: '县城北大街停水公告',
  body: '因供水管网改造，定于2026年9月18日22:00至9月19日6:00对县城北大街（人民路至兴华路段）停水，共影响约3.2公顷、1,200余户居民。请提前储水，由此带来的不便敬请谅解！咨询电话：0312-8651234。',
  foot: '公示至9月30日，触摸屏看全文。',
};

/** From the 2010 plan of 徐水县, as it was typed. */
const plan = `为深化政务公开工作,全面推进行政权力公开透明运行,增强工作的针对性、实效性,根据《保定市2010年政务公开暨行政权力公开透明运行工作方案》要求,结合我县实际,制定本方案。
一、指导思想
以邓小平理论和“三个代表”重要思想为指导,以科学发展观为统领,认真贯彻落实党的十七届四中全会、中央纪委五次全会、省纪委六次、市委九届八次和市、县纪委九届五次全会精神,按照“依法规范、深化成果,全面推进、重点突破,探索创新、提升水平”的总体思路,解放思想、真抓实干,全面贯彻实施《河北省行政权力公开透明运行规定》(以下简称《规定》)和《保定市行政权力公开透明运行实施办法》([2009]保市政办351号,以下简称《实施办法》),进一步提升政务公开暨行政权力公开透明运行工作质量和水平,着力打造服务政府、责任政府、法治政府和廉洁政府,为实现全县 “又好又快发展、兴县富民”目标提供有力保障。
二、工作重点
(一)全面推动省《规定》和市《实施办法》的贯彻实施。
1、抓好宣传教育。县行政权力公开透明运行领导小组办公室,在近期将组织县直各部门及各乡镇、城区办行政权力公开透明运行工作人员进行学习培训,采取举办专题培训班、开办讲座或以会代训等多种形式,广泛深入地进行宣传教育,深入学习省《规定》和市《实施办法》内容,积极营造良好的社会氛围,提高广大群众的民主参与意识。
2、完善各项配套制度。 各单位要认真研究制定落实省《规定》和市《实施办法》的具体措施,增强可操作性;建立健全受理投诉制度,明确投诉举报的内容、方式、处理群众举报的程序等内容;建立考核考评制度,明确考核考评的内容、方式、程序、结果的运用以及社会评议的范围等;建立责任追究制度,加强对工作执行不力、落实不到位等违规行为的惩处。`;

const pagesOf = (text: string | BoardText, profile: BoardProfile) =>
  paginate(text, profile, metricsOf(profile));

/** The rows of a page as a reader sees them. */
function rowsOf(page: Page): string[] {
  const rows = new Map<number, string>();
  for (const { y, text } of page.lines) rows.set(y, (rows.get(y) ?? '') + text);
  return [...rows.values()];
}

const said = (pages: readonly Page[], ...roles: string[]) =>
  pages
    .flatMap(({ lines }) =>
      lines.filter(({ role }) => roles.includes(role)).map(({ text }) => text),
    )
    .join('');

const bare = (text: string) => text.replaceAll(/[\s\u200b]/gu, '');

const anyBody = fc
  .array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.string({
          unit: fc.constantFrom(...'县城停水公告安澜人民政府'),
          minLength: 1,
          maxLength: 14,
        }),
      },
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          '，',
          '。',
          '；',
          '、',
          '：',
          '！”',
          '（',
          '）',
          '《',
          '》',
          '……',
          '\n',
          ' ',
        ),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '2026年',
          '3.2公顷',
          'OpenHall',
          '〔2010〕31号',
          'http://www.anlan.gov.cn/zwgk',
          '𠮷',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

test('[PG1] pages stand at whole positions inside the main zone and on its rows', () => {
  for (const profile of profiles) {
    const { main } = profile.zones;
    fc.assert(
      fc.property(anyBody, anyBody, (title, body) => {
        for (const page of pagesOf({ title, body, foot: '触摸屏看全文' }, profile)) {
          expect(rowsOf(page).length).toBeLessThanOrEqual(main.rows);
          for (const { text, x, y, size } of page.lines) {
            expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true);
            expect(y >= 0 && y + size <= main.height && x >= -size / 2).toBe(true);
            const advances = segment(text).map(
              (cluster) => (metricsOf(profile).advance(cluster) * size) / 1000,
            );
            const half = text === '' ? 0 : size / 2;
            const right = x + advances.reduce((sum, advance) => sum + advance, 0);
            expect(right <= main.width + half + 1).toBe(true);
          }
        }
      }),
      { ...SEED, numRuns: 120 },
    );
  }
});

test('[PG2] every character of title, body and foot is on a page, once and in order', () => {
  for (const profile of profiles) {
    fc.assert(
      fc.property(anyBody, (body) => {
        const visible = body
          .split(/[\n\r\v\f\u0085\u2028\u2029]/u)
          .filter((part) => /[^\p{C}\p{Z}\p{M}]/u.test(part))
          .join('');
        expect(bare(said(pagesOf(body, profile), 'body'))).toBe(bare(visible));
      }),
      SEED,
    );
    const pages = pagesOf(stop, profile);
    expect(said(pages, 'title').startsWith(stop.title)).toBe(true);
    expect(said(pages, 'body')).toBe(stop.body);
    expect(said(pages, 'foot')).toBe(stop.foot);
  }
});

test('[PG3] a page in the hall holds at most the ink of 60 Han characters, its title counted', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'县城停水，。'), maxLength: 400 }), (body) => {
      for (const page of pagesOf({ title: '县城北大街停水公告', body }, hall)) {
        expect([...page.lines.map(({ text }) => text).join('')].length).toBeLessThanOrEqual(60);
      }
    }),
    SEED,
  );
});

test('[PG4] a page ends with a sentence when that wastes at most a third of it', () => {
  const [first, second] = pagesOf(`${'县'.repeat(44)}。${'城'.repeat(30)}。`, hall);
  expect(said([first as Page], 'body')).toBe(`${'县'.repeat(44)}。`);
  expect(said([second as Page], 'body')).toBe(`${'城'.repeat(30)}。`);
  const [full] = pagesOf(`${'县'.repeat(30)}。${'城'.repeat(60)}。`, hall);
  expect(said([full as Page], 'body')).toBe(`${'县'.repeat(30)}。${'城'.repeat(29)}`);
});

test('[PG4] else with a clause when that wastes at most a sixth', () => {
  const [first] = pagesOf(`${'县'.repeat(52)}，${'城'.repeat(50)}。`, hall);
  expect(said([first as Page], 'body')).toBe(`${'县'.repeat(52)}，`);
});

test('[PG5] a last page of a few characters is evened out with the others', () => {
  const pages = pagesOf('县'.repeat(64), hall);
  expect(pages.map((page) => said([page], 'body').length)).toEqual([32, 32]);
});

test('[PG6] the foot joins the last page whole, or has its own', () => {
  const joined = pagesOf({ ...stop, body: '今晚停水。' }, hall);
  expect(joined.map(rowsOf)).toEqual([
    ['县城北大街停水公告', '今晚停水。', '公示至9月30日，触摸屏看全文。'],
  ]);
  expect(pagesOf(stop, hall).map(rowsOf).at(-1)).toEqual([
    '县城北大街停水公告',
    '公示至9月30日，触摸屏看全文。',
  ]);
});

test('[PG7] on the hall board the title heads each page, cut to one line after the first', () => {
  const title = '关于印发《徐水县2010年政务公开暨行政权力公开透明运行工作方案》的通知';
  const pages = pagesOf({ title, body: '县'.repeat(120) }, hall);
  expect(
    rowsOf(pages[0] as Page)
      .slice(0, 2)
      .join(''),
  ).toBe(title);
  for (const page of pages.slice(1)) {
    expect(rowsOf(page)[0]).toBe('关于印发《徐水县2010年政务公开暨行政…');
  }
});

test('[PG7] at the door the title has its own pages, centred, and no page repeats it', () => {
  const pages = pagesOf(stop, door);
  expect(pages[0]).toEqual({
    lines: [{ text: '县城北大街停水公告', x: 0, y: 16, size: 32, role: 'title' }],
    dwellSeconds: 6,
  });
  expect(said(pages, 'title')).toBe(stop.title);
});

test('[PG8] a page stays max(6, 2 + n / 3) seconds, rounded up', () => {
  expect(dwellSeconds('县'.repeat(24))).toBe(10);
  expect(dwellSeconds('县'.repeat(60))).toBe(22);
  expect(dwellSeconds('县'.repeat(12))).toBe(6);
  expect(dwellSeconds('县'.repeat(13))).toBe(7);
  expect(dwellSeconds('')).toBe(6);
  expect(dwellSeconds('a1'.repeat(24))).toBe(10);
  expect(dwellSeconds(`${'县'.repeat(24)}，。（）——……%  `)).toBe(10);
});

test('[PG8] a title repeated on a later page adds nothing to its time', () => {
  const pages = pagesOf({ title: '县城北大街停水公告', body: '县'.repeat(100) }, hall);
  expect(pages.map((page) => page.dwellSeconds)).toEqual(
    pages.map((page, index) =>
      dwellSeconds(said([page], ...(index === 0 ? ['title', 'body'] : ['body']))),
    ),
  );
});

test('[PG9] a text that says nothing has no page', () => {
  for (const profile of profiles) {
    expect(pagesOf('', profile)).toEqual([]);
    expect(pagesOf({ title: ' \n', body: '\u3000\u200b\t', foot: '' }, profile)).toEqual([]);
    expect(pagesOf({ title: '停水', body: '' }, profile)).toHaveLength(1);
  }
});

test('[PG2] [PG4] the opening of a real plan, with its half-width marks, goes through every board whole', () => {
  for (const profile of profiles) {
    const pages = pagesOf({ title: '徐水县2010年政务公开工作方案', body: plan }, profile);
    expect(bare(said(pages, 'body'))).toBe(bare(plan));
    expect(pages.every((page) => page.dwellSeconds >= 6 && page.dwellSeconds <= 32)).toBe(true);
  }
});

test('[BP1] zones lie on the glass, apart, and LED sizes are whole multiples of 16', () => {
  for (const profile of profiles) {
    const zones = Object.values(profile.zones).filter((zone) => zone !== undefined);
    for (const [index, zone] of zones.entries()) {
      expect(Object.values(zone).every((value) => Number.isInteger(value))).toBe(true);
      expect(zone.x >= 0 && zone.y >= 0).toBe(true);
      expect(zone.x + zone.width <= profile.width && zone.y + zone.height <= profile.height).toBe(
        true,
      );
      if (profile.glyphs === 'bitmap') expect(zone.size % 16).toBe(0);
      expect(zone.lineHeight).toBeGreaterThanOrEqual(zone.size);
      for (const other of zones.slice(index + 1)) {
        const apart =
          zone.x + zone.width <= other.x ||
          other.x + other.width <= zone.x ||
          zone.y + zone.height <= other.y ||
          other.y + other.height <= zone.y;
        expect(apart).toBe(true);
      }
    }
    expect(findBoardProfile(profile.id)).toBe(profile);
  }
  expect(findBoardProfile('led-1x1')).toBeUndefined();
});

test('[BP2] at the door 10 × 2 characters stand beside the time and the freshness', () => {
  const { main, clock, freshness } = door.zones;
  expect([main.columns, main.rows, main.size]).toEqual([10, 2, 32]);
  expect([clock.columns, freshness.columns, freshness.rows]).toEqual([3, 3, 2]);
});

test('[BP3] in the hall 19 × 4 characters of 32 dots, with lines 150 % apart', () => {
  const { main } = hall.zones;
  expect([main.columns, main.rows, main.size, main.lineHeight]).toEqual([19, 4, 32, 48]);
  expect(hall.pageCharacters).toBe(60);
});

test('[BP4] a paragraph on the television is indented by two characters', () => {
  const [page] = pagesOf('县'.repeat(30), television);
  expect(page?.lines.map(({ x, text }) => [x, text.length])).toEqual([
    [160, 19],
    [0, 11],
  ]);
});
