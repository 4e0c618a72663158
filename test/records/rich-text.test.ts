import fc from 'fast-check';
import { expect, test } from 'vitest';
import { block } from '../../shared/records/block.ts';
import { richTextToBlocks, withAnchors } from '../../shared/records/rich-blocks.ts';
import type { RichNode, RichText } from '../../shared/records/rich-text.ts';
import {
  paragraphOf,
  plainTextOf,
  richText,
  textToRichText,
} from '../../shared/records/rich-text.ts';

const doc = (...content: RichNode[]): RichText => ({ type: 'doc', content });
const heading = (level: number, text: string): RichNode => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
});
type Cell = Extract<RichNode, { type: 'table' }>['content'][number]['content'][number];
const cell = (text: string, type: Cell['type'] = 'tableCell'): Cell => ({
  type,
  content: [paragraphOf(text)],
});

test('plain text becomes a paragraph for each line, and is found again', () => {
  expect(textToRichText('一行\r\n\n二行\n')).toEqual(doc(paragraphOf('一行'), paragraphOf('二行')));
  expect(plainTextOf(textToRichText('一行\n二行'))).toBe('一行\n二行');
});

test('emphasis splits runs, and runs of one weight are joined', () => {
  const text = doc({
    type: 'paragraph',
    attrs: { textAlign: 'right' },
    content: [
      { type: 'text', text: '请' },
      { type: 'text', text: '提前' },
      { type: 'text', text: '储水', marks: [{ type: 'bold' }] },
      { type: 'hardBreak' },
      { type: 'text', text: '谢谢' },
    ],
  });
  expect(richTextToBlocks(text)).toEqual([
    {
      type: 'paragraph',
      align: 'end',
      runs: [
        { text: '请提前', strong: false },
        { text: '储水', strong: true },
        { text: '\n谢谢', strong: false },
      ],
    },
  ]);
});

test('headings stand below a part’s title, on levels 2 to 4', () => {
  const blocks = richTextToBlocks(doc(heading(1, '甲'), heading(3, '乙'), heading(4, '丙')));
  expect(blocks.map((each) => each.type === 'heading' && each.level)).toEqual([2, 3, 4]);
});

test('a table keeps its rows, its header cells and the paragraphs of a cell', () => {
  const table: RichNode = {
    type: 'table',
    content: [
      { type: 'tableRow', content: [cell('路段', 'tableHeader'), cell('时间', 'tableHeader')] },
      {
        type: 'tableRow',
        content: [
          { type: 'tableCell', content: [paragraphOf('北大街'), paragraphOf('建设路')] },
          cell('8:00'),
        ],
      },
    ],
  };
  expect(richText.safeParse(doc(table)).success).toBe(true);
  expect(richTextToBlocks(doc(table))).toEqual([
    {
      type: 'table',
      rows: [
        [
          { header: true, runs: [{ text: '路段', strong: false }] },
          { header: true, runs: [{ text: '时间', strong: false }] },
        ],
        [
          { header: false, runs: [{ text: '北大街\n建设路', strong: false }] },
          { header: false, runs: [{ text: '8:00', strong: false }] },
        ],
      ],
    },
  ]);
});

test('numbers of a list that does not begin at 1 are kept as words', () => {
  const items = [
    { type: 'listItem' as const, content: [paragraphOf('甲')] },
    { type: 'listItem' as const, content: [paragraphOf('乙')] },
  ];
  const list = (start: number): RichNode => ({
    type: 'orderedList',
    attrs: { start },
    content: items,
  });
  expect(richTextToBlocks(doc(list(1)))).toEqual([
    {
      type: 'list',
      ordered: true,
      items: [[[{ text: '甲', strong: false }]], [[{ text: '乙', strong: false }]]],
    },
  ]);
  expect(richTextToBlocks(doc(list(3)))).toEqual([
    { type: 'paragraph', align: 'start', runs: [{ text: '3. 甲', strong: false }] },
    { type: 'paragraph', align: 'start', runs: [{ text: '4. 乙', strong: false }] },
  ]);
});

test('empty paragraphs and headings are spacing, not content', () => {
  expect(
    richTextToBlocks(doc({ type: 'paragraph' }, { type: 'heading', attrs: { level: 2 } })),
  ).toEqual([]);
});

const anchorsOf = (...texts: string[]) =>
  withAnchors(richTextToBlocks(doc(...texts.map((text) => heading(2, text))))).map(
    (each) => each.type === 'heading' && each.anchor,
  );

test('anchors are unique, and stay when headings around them come and go', () => {
  const [goal, first, again] = anchorsOf('目标', '其他', '其他');
  expect(new Set([goal, first, again]).size).toBe(3);
  expect(anchorsOf('新增', '其他', '目标')).toEqual([expect.any(String), first, goal]);
});

test.each([
  [
    'a link',
    doc({
      type: 'paragraph',
      content: [
        { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:1' } }] },
      ],
    } as never),
  ],
  ['an image', doc({ type: 'image', attrs: { src: 'x' } } as never)],
  ['a style', doc({ type: 'paragraph', attrs: { textAlign: 'right', style: 'x' } } as never)],
  [
    'a joined cell',
    doc({
      type: 'table',
      content: [
        { type: 'tableRow', content: [{ ...cell('x'), attrs: { colspan: 2, rowspan: 1 } }] },
      ],
    } as never),
  ],
  ['half of a character', doc(paragraphOf('\ud840'))],
  ['a mark that turns the direction of writing', doc(paragraphOf('\u202e001'))],
  ['a line feed within text', doc(paragraphOf('a\nb'))],
  ['an empty text', doc(paragraphOf(''))],
  ['a document in a document', doc(doc() as never)],
])('%s is refused', (_, text) => {
  expect(richText.safeParse(text).success).toBe(false);
});

test('no text is lost on the way to blocks, and every block is one that carriers draw', () => {
  const words = fc.stringMatching(/^[a-z停水公告，。]{1,12}$/);
  const paragraph = words.map(paragraphOf);
  const items = fc.array(
    fc.record({
      type: fc.constant('listItem' as const),
      content: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const node: fc.Arbitrary<RichNode> = fc.oneof(
    paragraph,
    fc.tuple(fc.integer({ min: 1, max: 4 }), words).map(([level, text]) => heading(level, text)),
    items.map((content): RichNode => ({ type: 'bulletList', content })),
    items.map((content): RichNode => ({ type: 'orderedList', content })),
    fc
      .array(fc.array(words, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((rows): RichNode => ({
        type: 'table',
        content: rows.map((row) => ({ type: 'tableRow', content: row.map((text) => cell(text)) })),
      })),
  );
  fc.assert(
    fc.property(fc.array(node, { maxLength: 8 }), (content) => {
      const blocks = withAnchors(richTextToBlocks(doc(...content)));
      for (const each of blocks) expect(block.safeParse(each).success).toBe(true);
      const drawn = JSON.stringify(blocks).matchAll(/"text":"([^"]*)"/g);
      const text = [...drawn].map(([, words]) => words).join('');
      expect(text).toBe(plainTextOf(doc(...content)).replaceAll('\n', ''));
    }),
    { seed: 11 },
  );
});
