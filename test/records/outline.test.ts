import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSourceDocument } from '../../board-server/demo/source-document.ts';
import { UTC } from '../../shared/domain/civil.ts';
import { documentFromText } from '../../shared/records/outline.ts';
import type { Outlined } from '../../shared/records/outline.ts';
import { policyDocument } from '../../shared/records/policy-document.ts';
import { plainTextOf, richText } from '../../shared/records/rich-text.ts';

const source = await readFile(
  new URL('../../board-server/demo/source-document.txt', import.meta.url),
  'utf8',
);
const outlined = documentFromText(source);

const wordsOf = ({ parts }: Outlined): string =>
  parts.map(({ title, body }) => title + plainTextOf(body)).join('');
const withoutLineEnds = (text: string): string => text.replaceAll(/[\r\n]/g, '');

const headings = outlined.parts.flatMap(({ body }) =>
  body.content.flatMap((node) =>
    node.type === 'heading'
      ? [`${node.attrs.level} ${plainTextOf({ type: 'doc', content: [node] })}`]
      : [],
  ),
);

test('the source document keeps every character, in order', () => {
  expect(withoutLineEnds(wordsOf(outlined))).toBe(withoutLineEnds(source));
});

test('the source document is a forwarding note and a plan whose title stood on two lines', () => {
  expect(outlined.parts.map(({ title }) => title)).toEqual([
    '',
    '徐水县2010年政务公开暨行政权力公开透明运行工作方案',
  ]);
  expect(outlined.issuers).toEqual(['中共徐水县委', '徐水县人民政府']);
  expect(outlined.madeOn).toBe('2010-04-26');
});

test('the forwarding note has its salutation, its text with “2009年”, and its sign-off to the right', () => {
  const nodes = outlined.parts[0]?.body.content ?? [];
  expect(nodes.map((node) => [node.type, 'attrs' in node])).toEqual([
    ['paragraph', false],
    ['paragraph', false],
    ['paragraph', true],
    ['paragraph', true],
    ['paragraph', true],
  ]);
  expect(plainTextOf({ type: 'doc', content: nodes.slice(1, 2) })).toMatch(
    /^《徐水县2009年政务公开/,
  );
});

test('headings of the plan are found at their levels, run in or not', () => {
  expect(headings).toEqual([
    '2 一、指导思想',
    '2 二、工作重点',
    '3 (一)全面推动省《规定》和市《实施办法》的贯彻实施。',
    '4 1、抓好宣传教育。',
    '4 2、完善各项配套制度。',
    '4 3、理顺领导体制和工作关系。',
    '3 (二)着重抓好五个方面的公开。',
    '4 1、抓好“保增长、保民生、保稳定”各项工作的公开。',
    '4 2、抓好重点领域的公开。',
    '4 3、抓好行政决策公开。',
    '4 4、抓好内部公开。',
    '4 5、抓好基层公开。',
    '3 (三)切实规范行政自由裁量权。',
    '3 (四)全面加强行政服务中心建设。',
    '3 (五)突出抓好公开载体建设。',
    '4 1、继续利用现有形式和载体公开。',
    '4 2、推动政务公开网络管理标准化建设。',
    '4 3、加强电子政务和电子监察建设。',
    '3 (六)加大办事公开工作力度。',
    '4 1、拓展办事公开领域。',
    '4 2、规范办事公开内容。',
    '4 3、创新办事公开形式。',
    '4 4、规范办事公开行为。',
    '2 三、工作要求',
    '3 (一)纳入工作全局,加强组织领导。',
    '3 (二)强化业务指导,推进工作创新。',
    '3 (三)加强督导检查,严格责任追究。',
  ]);
});

test('stray spaces of the source stay where they are', () => {
  const text = wordsOf(outlined);
  for (const odd of [
    '制度。 各单位',
    '土地管理 、财政管理、 国有资产',
    '研究“ 局务会议纪要”',
    '实现全县 “又好',
  ]) {
    expect(text.replaceAll('\n', '')).toContain(odd);
  }
});

test('the record made of it is complete: what the original does not say is noted and stops nobody', async () => {
  const fields = await readSourceDocument({
    department: '县政务服务管理办公室',
    post: '政务公开岗',
    phone: '0312-0000000',
  });
  expect(policyDocument.fields.parse(fields)).toEqual(fields);
  expect(policyDocument.check(fields).map(({ level, field }) => [level, field])).toEqual([
    ['note', 'docNo'],
    ['note', 'publishedOn'],
  ]);
  expect([...fields.summary].length).toBeLessThanOrEqual(100);
});

test('the record’s page says what is missing and can be navigated by every heading', async () => {
  const fields = await readSourceDocument({ department: '办', post: '岗', phone: '' });
  const blocks = policyDocument.view(fields, { zone: UTC, publishedOn: null });
  const [facts] = blocks;
  expect(facts).toMatchObject({ type: 'facts' });
  expect(facts?.type === 'facts' && facts.rows.filter(({ missing }) => missing)).toEqual([
    { label: '发文字号', value: '原件未注明', missing: true },
    { label: '公开日期', value: '原件未注明', missing: true },
    { label: '本厅发布', value: '尚未发布', missing: true },
  ]);
  const anchors = blocks.flatMap((block) => (block.type === 'heading' ? [block.anchor] : []));
  expect(anchors).toHaveLength(27 + 2);
  expect(new Set(anchors).size).toBe(anchors.length);
});

test('any text keeps every character but line ends', () => {
  const line = fc.constantFrom(
    '一、总则',
    '(一)范围。本办法适用于全县。',
    '1、材料齐全。',
    '2、',
    '关于印发办法的通知',
    '2010年4月26日',
    '二〇一〇年四月二十六日',
    '县人民政府',
    '各乡镇：',
    ' 空格 ',
    '第一章 总则',
    '\t',
    '。',
    '某县工作',
    '方案',
    'a',
  );
  const text = fc.array(fc.oneof(line, fc.string()), { maxLength: 25 });
  fc.assert(
    fc.property(text, fc.constantFrom('\n', '\r\n', '\n\n'), (lines, end) => {
      const given = lines.join(end);
      const made = documentFromText(given);
      expect(withoutLineEnds(wordsOf(made))).toBe(withoutLineEnds(given));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('a document in other dress: one part, a colon after the addressee, a date in characters', () => {
  const made = documentFromText(
    '安澜县人民政府关于加强供水管理的\n通知\n各乡镇人民政府：\n现通知如下。\n第一章 总则\n一、保障供水\n做好检修。\n1．水表\n2．水管\n安澜县人民政府\n二〇二六年十一月三日\n',
  );
  expect(made.issuers).toEqual(['安澜县人民政府']);
  expect(made.madeOn).toBe('2026-11-03');
  expect(made.parts).toHaveLength(1);
  expect(made.parts[0]?.title).toBe('安澜县人民政府关于加强供水管理的通知');
  expect(made.parts[0]?.body.content.map(({ type }) => type)).toEqual([
    'paragraph',
    'paragraph',
    'heading',
    'heading',
    'paragraph',
    'paragraph',
    'paragraph',
    'paragraph',
    'paragraph',
  ]);
  expect(richText.safeParse(made.parts[0]?.body).success).toBe(true);
});

test('a numbered sentence too long for a heading, or one that goes on, is a paragraph', () => {
  const long = `1、${'各单位要认真研究制定落实措施'.repeat(3)}。要抓好落实。`;
  const { parts } = documentFromText(`${long}\n2、身份证原件；\n3、户口簿。`);
  expect(parts[0]?.body.content.map(({ type }) => type)).toEqual([
    'paragraph',
    'paragraph',
    'paragraph',
  ]);
});

test('a date that does not exist is kept as text and is no date of the record', () => {
  expect(documentFromText('甲局\n2026年2月30日')).toMatchObject({
    issuers: ['甲局'],
    madeOn: null,
  });
});
