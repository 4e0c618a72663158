import '../../kiosk/fonts/fonts.css';
import { beforeAll, expect, test } from 'vitest';
import { vectorMetrics } from '../../shared/domain/advance.ts';

/** What boards set: Latin with pinyin, Cyrillic, the marks and signs of a notice, Han. */
const characters = [
  ...codePoints(0x20, 0x7e),
  ...codePoints(0xa1, 0xa6),
  ...'§¨©«®±²³´µ·¸¹»¼½¾¿',
  ...codePoints(0xc0, 0xff),
  ...'āēěīńňōūǎǐǒǔǖǘǚǜ',
  ...codePoints(0x410, 0x44f),
  ...'‑–—―‘’“”…‰′″‹›※€℃№™→①⑩■□●○★',
  ...'　、。〈〉《》「」『』【】〔〕！％（），：；？￥～',
  ...'县城北大街停水公告安澜人民政府办公室关于印发的通知徐遂漕瀑',
];

let line: HTMLSpanElement;
beforeAll(async () => {
  line = document.createElement('span');
  line.className = 'page-line';
  line.style.fontSize = '1000px';
  document.body.append(line);
  await document.fonts.load('500 20px "Noto Sans SC Variable"', characters.join(''));
});

function widthOf(text: string): number {
  line.textContent = text;
  return line.getBoundingClientRect().width;
}

const sum = (text: string) =>
  [...text].reduce((total, character) => total + vectorMetrics.advance(character), 0);

test('[GL5] the advance table is that of Noto Sans SC at weight 500', () => {
  const wrong = characters
    .map((character) => [
      character,
      vectorMetrics.advance(character),
      Math.round(widthOf(character)),
    ])
    .filter(([, expected, measured]) => expected !== measured);
  expect(wrong).toEqual([]);
});

test('[GL5] a line is as wide as its characters: nothing kerned, joined, trimmed or spaced', () => {
  for (const text of [
    'AVATo.WAy',
    'office fi',
    '停水，“请”（储水）。',
    '2026年9月18日22:00',
    '》（《，。',
    'OpenHall政务',
  ]) {
    expect([text, Math.round(widthOf(text))]).toEqual([text, sum(text)]);
  }
});

function codePoints(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) =>
    String.fromCodePoint(first + index),
  );
}
