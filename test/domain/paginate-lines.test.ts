import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitmapMetrics, vectorMetrics } from '../../shared/domain/advance.ts';
import { segment } from '../../shared/domain/grapheme.ts';
import {
  breakParagraph,
  layLine,
  lineWidth,
  prepareParagraph,
} from '../../shared/domain/line-break.ts';

const SEED = { seed: 20_100_426, numRuns: 400 };

/** Lines of a text in a measure of so many full-width characters. */
function lines(text: string, columns: number, metrics = bitmapMetrics): string[] {
  const paragraph = prepareParagraph(text, metrics);
  const width = Math.floor(columns * 1000);
  return breakParagraph(paragraph, { first: width, rest: width, hang: 0 }).map((line) =>
    paragraph.clusters.slice(line.start, line.end).join(''),
  );
}

const withoutSpaces = (text: string) => text.replaceAll(/[ \u3000]/gu, '');

/** Whatever an editor may paste, at hostile density. */
const anyText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...'县城停水公告安澜𠮷㐂') },
      { weight: 3, arbitrary: fc.constantFrom(...'，。、；！？）》”（《“〔〕—…·%') },
      { weight: 3, arbitrary: fc.constantFrom(...'aZ09 .,:/-()\u3000') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('——', '……', '3.2公顷', '〔2010〕31号', 'e\u0301', '葛\u{e0100}'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('👩\u200d🌾', '🇨🇳', '\ud800', '\u200b', '\u00a0', '\u0007'),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join('').replaceAll(/[\r\n]/gu, ' '));

test('[LB1] lines joined are the text, in order, but for the spaces at their edges', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 24 }), (text, columns) => {
      const paragraph = prepareParagraph(text, bitmapMetrics);
      const set = breakParagraph(paragraph, {
        first: columns * 1000,
        rest: columns * 1000,
        hang: 0,
      });
      let at = set[0]?.start ?? paragraph.clusters.length;
      let joined = '';
      for (const line of set) {
        expect(line.start).toBe(at);
        joined += layLine(paragraph, line)
          .map((piece) => piece.text)
          .join('');
        const gap = paragraph.clusters.slice(line.end, line.next).join('');
        expect(gap).toMatch(/^[ \u3000\u200b\u2000-\u200a\t]*$/u);
        at = line.next;
        joined += gap;
      }
      const skipped = text.slice(
        0,
        text.length -
          paragraph.clusters.slice(set[0]?.start ?? paragraph.clusters.length).join('').length,
      );
      expect(skipped).toMatch(/^[ \u3000\u200b\u2000-\u200a\t]*$/u);
      expect(skipped + joined).toBe(text);
    }),
    SEED,
  );
});

test('[LB1] a character of two code units, a combining mark, a variation or a flag is never split', () => {
  expect(segment('𠮷e\u0301葛\u{e0100}👩\u200d🌾🇨🇳🇨🇳1\n\u0301')).toEqual([
    '𠮷',
    'e\u0301',
    '葛\u{e0100}',
    '👩\u200d🌾',
    '🇨🇳',
    '🇨🇳',
    '1',
    '\n',
    '\u0301',
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(segment(text).join('')).toBe(text);
    }),
    SEED,
  );
});

test('[LB2] [LB3] no line starts with a closing mark or ends with an opening one', () => {
  const phrase = fc
    .tuple(
      fc.constantFrom('', '', '（', '《', '“', '〔', '(', '￥'),
      fc.string({ unit: fc.constantFrom(...'县城北大街停水'), minLength: 2, maxLength: 6 }),
      fc.constantFrom('', '，', '。', '）', '》。', '”，', '；', '！', ')', '%', '…'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.array(phrase, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 6, max: 20 }),
      (phrases, columns) => {
        const set = lines(phrases.join(''), columns);
        for (const line of set.slice(1)) expect(line).not.toMatch(/^[，。）》”；！)%…]/u);
        for (const line of set.slice(0, -1)) expect(line).not.toMatch(/[（《“〔(￥]$/u);
      },
    ),
    SEED,
  );
});

test('[LB2] marks that fill a line alone are broken rather than lost', () => {
  expect(lines('。。。。。。。', 3)).toEqual(['。。。', '。。。。']);
  expect(lines('((((((', 1)).toEqual(['((', '((', '((']);
});

test('[LB4] words, numbers with their units and telephone numbers stay whole', () => {
  expect(lines('面积共为3.2公顷土地', 6)).toEqual(['面积共为', '3.2公顷土地']);
  expect(lines('影响约1,200余户居民', 6)).toEqual(['影响约', '1,200余户', '居民']);
  expect(lines('限五日内即15个工作日', 7)).toEqual(['限五日内即', '15个工作日']);
  expect(lines('咨询电话：0312-8651234。', 8)).toEqual(['咨询电话：', '0312-8651234。']);
  expect(lines('请登录OpenHall查看', 5)).toEqual(['请登录', 'OpenHall', '查看']);
  expect(lines('气温降至-5℃请注意', 5)).toEqual(['气温降至', '-5℃请注意']);
  expect(lines('召开第12届三次会议', 4)).toEqual(['召开', '第12届三', '次会议']);
});

test('[LB4] a word longer than the line is broken inside', () => {
  expect(lines('见http://www.anlan.gov.cn', 6)).toEqual(['见', 'http://www.a', 'nlan.gov.cn']);
});

test('[LB5] —— and …… and 〔2010〕31号 are not torn', () => {
  expect(lines('政务公开——阳光', 5)).toEqual(['政务公开', '——阳光']);
  expect(lines('一二三四五六……七八', 7)).toEqual(['一二三四五', '六……七八']);
  expect(lines('冀政办字〔2010〕31号文件', 7)).toEqual(['冀政办字', '〔2010〕31号', '文件']);
});

test('[LB6] a mark is squeezed into the line through blank halves first, else pushed out with its character', () => {
  const paragraph = prepareParagraph('停水，请提前储水，谢谢', bitmapMetrics);
  const width = { first: 8000, rest: 8000, hang: 0 };
  const [first] = breakParagraph(paragraph, width);
  expect(first).toEqual({ start: 0, end: 9, next: 9, squeeze: 1000 });
  expect(first && layLine(paragraph, first)).toEqual([
    { text: '停水，', offset: 0 },
    { text: '请提前储水，', offset: 2500 },
  ]);
  expect(lines('请提前做好储水，谢谢', 7)).toEqual(['请提前做好储', '水，谢谢']);
});

test('[LB6] the mark that ends a line may hang into the half column beyond it', () => {
  const paragraph = prepareParagraph('县城北大街今晚停水，请储水（两桶）！', bitmapMetrics);
  const set = breakParagraph(paragraph, { first: 9000, rest: 9000, hang: 500 });
  expect(
    set.map((line) => [
      layLine(paragraph, line)
        .map(({ text }) => text)
        .join(''),
      lineWidth(paragraph, line),
    ]),
  ).toEqual([
    ['县城北大街今晚停水，', 9500],
    ['请储水（两桶）！', 8000],
  ]);
  const digits = prepareParagraph('8月县城北大街今晚停水', bitmapMetrics);
  expect(breakParagraph(digits, { first: 9000, rest: 9000, hang: 500 })[0]?.end).toBe(9);
});

test('[LB6] an opening mark gives its first half', () => {
  const paragraph = prepareParagraph('大街（人民路），停水', bitmapMetrics);
  const [first] = breakParagraph(paragraph, { first: 7000, rest: 7000, hang: 0 });
  expect(first && layLine(paragraph, first)).toEqual([
    { text: '大街（人民路）', offset: 0 },
    { text: '，', offset: 6500 },
  ]);
});

test('[LB7] the last line of a paragraph is not one Han character when an earlier break helps', () => {
  expect(lines('请提前储水谢谢您', 7)).toEqual(['请提前储水谢', '谢您']);
  expect(lines('请提前储水谢谢您。', 7)).toEqual(['请提前储水谢', '谢您。']);
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 20 }),
      fc.integer({ min: 1, max: 90 }),
      (columns, length) => {
        const last = lines('县'.repeat(length), columns).at(-1);
        expect(length === 1 || last !== '县').toBe(true);
      },
    ),
    SEED,
  );
});

test('[LB8] no line is wider than the measure, unless one character alone is', () => {
  for (const metrics of [bitmapMetrics, vectorMetrics]) {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, halfColumns) => {
        const width = halfColumns * 500;
        const paragraph = prepareParagraph(text, metrics);
        for (const line of breakParagraph(paragraph, { first: width, rest: width, hang: 0 })) {
          expect(line.end).toBeGreaterThan(line.start);
          const visible = paragraph.advances
            .slice(line.start, line.end)
            .filter((advance) => advance > 0);
          expect(visible.length <= 1 || lineWidth(paragraph, line) <= width).toBe(true);
        }
      }),
      SEED,
    );
  }
});

test('[LB8] a hostile text is set in steps that grow as it does', () => {
  let steps = 0;
  const counting = {
    ...bitmapMetrics,
    blankHalf: () => undefined,
  };
  for (const text of [
    'a,'.repeat(4000),
    '（'.repeat(8000),
    '\u0301'.repeat(8000),
    '1,'.repeat(4000),
    '县\u2060'.repeat(4000),
  ]) {
    const paragraph = prepareParagraph(text, counting);
    const costs = new Proxy(paragraph.costs, {
      get: (target, key) => {
        steps += 1;
        const value: unknown = Reflect.get(target, key);
        return value;
      },
    });
    steps = 0;
    breakParagraph({ ...paragraph, costs }, { first: 10_000, rest: 10_000, hang: 0 });
    expect(steps).toBeLessThan(4 * paragraph.clusters.length + 100);
  }
});

test('[LB1] spaces at the edge of a line vanish and inside it stay', () => {
  expect(lines('停水 公告 全县 城', 5)).toEqual(['停水 公告', '全县 城']);
  expect(withoutSpaces(lines('　　停水　公告', 9).join(''))).toBe('停水公告');
});
