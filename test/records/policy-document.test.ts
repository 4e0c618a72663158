import { expect, test } from 'vitest';
import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import { policyDocument } from '../../shared/records/policy-document.ts';
import { textToRichText } from '../../shared/records/rich-text.ts';
import { documentOf, setting } from '../builders/records.ts';

const found = (parts: Partial<PolicyDocumentFields>) =>
  policyDocument.check(documentOf(parts)).map(({ level, field }) => `${level} ${field}`);

test('a complete document has no findings and fits its own schema', () => {
  expect(policyDocument.check(documentOf())).toEqual([]);
  expect(policyDocument.fields.parse(documentOf())).toEqual(documentOf());
});

test('a blank document can be saved but not submitted', () => {
  const blank = policyDocument.blank();
  expect(policyDocument.fields.parse(blank)).toEqual(blank);
  const blocks = policyDocument.check(blank).filter(({ level }) => level === 'block');
  expect(blocks.map(({ field }) => field)).toEqual([
    'title',
    'issuers',
    'parts.0.body',
    'department',
    'post',
  ]);
});

test.each([
  ['number', { docNo: '' }, 'docNo'],
  ['date', { madeOn: null }, 'madeOn'],
  ['date of disclosure', { publishedOn: null }, 'publishedOn'],
  ['summary', { summary: '' }, 'summary'],
] as [string, Partial<PolicyDocumentFields>, string][])(
  'a missing %s is noted and stops nobody',
  (_, parts, field) => {
    expect(found(parts)).toEqual([`note ${field}`]);
  },
);

test('several issuers stand together; one empty line among them is not an issuer', () => {
  const fields = documentOf({ issuers: ['县委', '', '县政府'] });
  expect(policyDocument.check(fields)).toEqual([]);
  expect(policyDocument.listing(fields, setting).issuers).toEqual(['县委', '县政府']);
  expect(policyDocument.searchNames(fields)).toBe('安澜县供水管理办法\n县委\n\n县政府');
});

test('of several parts, one without a heading is noted by its place, an empty one blocks', () => {
  const body = textToRichText('正文');
  const parts = [
    { title: '通知', body },
    { title: '', body },
    { title: '附件', body: textToRichText('') },
  ];
  expect(found({ parts })).toEqual(['note parts.1.title', 'block parts.2.body']);
});

test('a number that names a person is found in every part and field', () => {
  const parts = [{ title: '名单', body: textToRichText('13900000000') }];
  expect(found({ parts, remark: '990000199001010017' })).toEqual([
    'block remark',
    'block parts.0.body',
  ]);
});

test('the page heads each part, with the editor’s remark before the text', () => {
  const fields = documentOf({
    remark: '照原文收录。',
    parts: [
      { title: '通知', body: textToRichText('现印发。') },
      { title: '办法', body: textToRichText('第一条') },
    ],
  });
  const blocks = policyDocument.view(fields, setting);
  expect(blocks.map(({ type }) => type)).toEqual([
    'facts',
    'remark',
    'heading',
    'paragraph',
    'heading',
    'paragraph',
    'contact',
  ]);
  expect(blocks[2]).toMatchObject({ level: 1, text: '通知' });
});

const bodyOf = (parts: Partial<PolicyDocumentFields>) =>
  policyDocument.board(documentOf(parts), setting).body;

test('boards show the summary, else issuers and date; what no longer holds says so first', () => {
  expect(bodyOf({})).toBe('规范全县供水的规划、建设、检修和收费。');
  expect(bodyOf({ summary: '' })).toBe('安澜县人民政府\n2026年8月1日');
  expect(bodyOf({ validity: '废止' })).toBe('【废止】规范全县供水的规划、建设、检修和收费。');
});

test('[PB10] a document stands without the server, and has no end', () => {
  expect(policyDocument.maxStaleSeconds).toBeNull();
  expect(policyDocument.showing(documentOf())).toEqual({ earliestAt: null, latestAt: null });
});
