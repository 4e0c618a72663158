import { expect, test } from 'vitest';
import type { NoticeFields } from '../../shared/records/notice.ts';
import { notice } from '../../shared/records/notice.ts';
import { textToRichText } from '../../shared/records/rich-text.ts';
import { noticeOf, september, setting } from '../builders/records.ts';

const found = (parts: Partial<NoticeFields>) =>
  notice.check(noticeOf(parts)).map(({ level, field }) => `${level} ${field}`);

test('a complete notice has no findings and fits its own schema', () => {
  expect(notice.check(noticeOf())).toEqual([]);
  expect(notice.fields.parse(noticeOf())).toEqual(noticeOf());
});

test('a blank notice can be saved but not submitted: each demand is named', () => {
  expect(notice.fields.parse(notice.blank())).toEqual(notice.blank());
  expect(notice.check(notice.blank()).map(({ level, field }) => `${level} ${field}`)).toEqual([
    'block title',
    'block body',
    'block issuer',
    'block department',
    'block post',
    'block validUntil',
    'note phone',
  ]);
});

test.each([
  ['no title', { title: ' ' }, ['block title']],
  ['no end', { validUntil: null }, ['block validUntil']],
  ['an end before its beginning', { validFrom: september(19) }, ['block validUntil']],
  ['no telephone', { phone: '' }, ['note phone']],
  ['no text for boards', { ledText: '' }, ['note ledText']],
  ['no text for boards, and none wanted', { ledText: '', carriers: ['touch'] as const }, []],
  ['text for boards alone', { body: textToRichText('') }, []],
  ['no words at all', { body: textToRichText(' '), ledText: '\n' }, ['block body']],
  [
    'a first paragraph too long for boards',
    { ledText: '', body: textToRichText('停'.repeat(401)) },
    ['block ledText', 'note ledText'],
  ],
  ['a mobile telephone', { phone: '13900000000' }, ['block phone']],
  [
    'an identity number in the text',
    { body: textToRichText('证号990000199001010017') },
    ['block body'],
  ],
] as [string, Partial<NoticeFields>, string[]][])('a notice with %s', (_, parts, findings) => {
  expect(found(parts)).toEqual(findings);
});

test('findings rest on the statute where there is one', () => {
  const basis = new Map(
    notice.check(notice.blank()).map((finding) => [finding.field, finding.basis]),
  );
  expect(basis.get('issuer')).toBe('《政府信息公开条例》第十条');
  expect(basis.get('post')).toBe('《政府信息公开条例》第六条');
  expect(basis.get('title')).toBeNull();
});

test('[PB3] a notice shows over its period of validity', () => {
  expect(notice.showing(noticeOf())).toEqual({
    earliestAt: september(17, 8),
    latestAt: september(19),
  });
});

test('[PB10] a notice leaves the screens a week after the last word from the server', () => {
  expect(notice.maxStaleSeconds).toBe(604_800);
});

test('lists give the last day, not the first moment after it', () => {
  expect(notice.listing(noticeOf(), setting)).toEqual({
    title: '县城北大街停水公告',
    summary: '9月18日8时至20时北大街停水，请提前储水。',
    issuers: ['县自来水公司'],
    category: '停水停电',
    docNo: null,
    madeOn: null,
    publishedOn: '2026-09-17',
    validUntil: '2026-09-18',
  });
});

test('the page gives the facts, the text and whom to ask', () => {
  const blocks = notice.view(noticeOf(), setting);
  expect(blocks.map(({ type }) => type)).toEqual(['facts', 'paragraph', 'paragraph', 'contact']);
  expect(blocks[0]).toEqual({
    type: 'facts',
    rows: [
      { label: '发布单位', value: '县自来水公司', missing: false },
      { label: '发布日期', value: '2026年9月17日', missing: false },
      { label: '有效期', value: '2026年9月17日 08:00至2026年9月18日', missing: false },
    ],
  });
  expect(blocks.at(-1)).toEqual({
    type: 'contact',
    department: '住房和城乡建设局',
    post: '供水管理岗',
    phone: '0312-0000000',
  });
});

test('a draft’s page says what is missing', () => {
  const [facts] = notice.view(notice.blank(), { ...setting, publishedOn: null });
  expect(
    facts?.type === 'facts' && facts.rows.map(({ value, missing }) => [value, missing]),
  ).toEqual([
    ['未填写', true],
    ['尚未发布', true],
    ['未填写', true],
  ]);
});

test.each([
  ['the text for boards', {}, '9月18日8时至20时北大街停水，请提前储水。'],
  ['else the summary', { ledText: '', summary: '北大街停水' }, '北大街停水'],
  ['else the first words', { ledText: ' ' }, '因管网检修，9月18日8时至20时北大街停水。'],
])('boards show %s', (_, parts, body) => {
  expect(notice.board(noticeOf(parts), setting).body).toBe(body);
});

const foot = (parts: Partial<NoticeFields>) => notice.board(noticeOf(parts), setting).foot;

test('the last words on a board: who issued it, or until when a 公示 stands, and where to read on', () => {
  expect(foot({})).toBe('县自来水公司，触摸屏看全文');
  expect(foot({ category: '公示', validUntil: september(30, 17, 30) })).toBe(
    '公示至9月30日，触摸屏看全文',
  );
  expect(foot({ carriers: ['board'] })).toBe('县自来水公司');
});

test.each([
  ['a date that does not exist', { madeOn: '2026-02-30' }],
  ['a carrier named twice', { carriers: ['touch', 'touch'] }],
  ['no carrier', { carriers: [] }],
  ['a title of two lines', { title: '停水\n公告' }],
  ['half an emoji', { title: '停水\ud83d' }],
  ['a member nobody knows', { html: '<b>' }],
  ['a moment before 1970', { validFrom: -1 }],
  ['a moment with a fraction', { validUntil: 1.5 }],
])('[BN4] a notice with %s is refused', (_, parts) => {
  expect(notice.fields.safeParse({ ...noticeOf(), ...parts }).success).toBe(false);
});
