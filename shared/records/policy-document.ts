import * as z from 'zod/mini';
import type { BoardText } from '../domain/paginate.ts';
import type { Listing } from '../domain/release.ts';
import type { Block } from './block.ts';
import { carriers, day, line, lines } from './field.ts';
import {
  blocking,
  checkBoardText,
  checkLength,
  checkOwner,
  isBlank,
  noting,
  when,
} from './findings.ts';
import type { Finding, RecordKind, Setting } from './kind.ts';
import { writeDate } from './period.ts';
import { findPersonalNumbers } from './privacy.ts';
import { richTextToBlocks, withAnchors } from './rich-blocks.ts';
import { plainTextOf, richText } from './rich-text.ts';
import { excerpt, fact, orNull } from './wording.ts';

export const DOCUMENT_GENRES = [
  '通知',
  '意见',
  '方案',
  '办法',
  '规定',
  '公告',
  '通告',
  '批复',
  '纪要',
  '其他',
] as const;
export const VALIDITIES = ['有效', '失效', '废止', '已修改', '历史文件'] as const;

export const policyDocumentFields = z.strictObject({
  title: line(200),
  issuers: z.array(line(60)).check(z.maxLength(8)),
  docNo: line(60),
  /** 成文日期 */
  madeOn: z.nullable(day),
  /** 公开日期 of the document itself, wherever it was first made public. */
  publishedOn: z.nullable(day),
  genre: z.enum(DOCUMENT_GENRES),
  validity: z.enum(VALIDITIES),
  /** 转发语, 方案, 附件… each with its own heading and text. */
  parts: z
    .array(z.strictObject({ title: line(200), body: richText }))
    .check(z.minLength(1), z.maxLength(20)),
  department: line(60),
  post: line(60),
  phone: line(40),
  // Under 更多:
  summary: lines(200),
  topic: line(40),
  /** 编者注: what the reader should know, such as a contradiction kept as written. */
  remark: lines(400),
  carriers,
});
export type PolicyDocumentFields = z.infer<typeof policyDocumentFields>;

/** 政策文件: a document of one or more parts, by one or more issuers, kept as written. */
export const policyDocument: RecordKind<PolicyDocumentFields> = {
  id: 'policy-document',
  label: { zh: '政策文件', en: 'Policy document' },
  fields: policyDocumentFields,
  blank,
  check,
  audience: 'public',
  carriers: ['touch', 'board'],
  carriersOf: (fields) => fields.carriers,
  // A standing document stays true without hearing from the server.
  maxStaleSeconds: null,
  review: [{ role: 'reviewer', distinctFrom: 'authors' }],
  department: (fields) => fields.department,
  listing,
  view,
  board,
  searchText: (fields) =>
    [
      fields.title,
      ...fields.issuers,
      fields.docNo,
      fields.genre,
      fields.topic,
      fields.summary,
      ...fields.parts.flatMap((part) => [part.title, plainTextOf(part.body)]),
      fields.remark,
      fields.department,
      fields.phone,
    ].join('\n'),
  searchNames: (fields) => [fields.title, ...fields.issuers].join('\n'),
  showing: () => ({ earliestAt: null, latestAt: null }),
};

function blank(): PolicyDocumentFields {
  return {
    title: '',
    issuers: [''],
    docNo: '',
    madeOn: null,
    publishedOn: null,
    genre: '通知',
    validity: '有效',
    parts: [{ title: '', body: { type: 'doc', content: [] } }],
    department: '',
    post: '',
    phone: '',
    summary: '',
    topic: '',
    remark: '',
    carriers: ['touch', 'board'],
  };
}

/** 目录包括索引、名称、内容概述、生成日期等: what a catalogue must give. */
const CATALOGUE = '《政府信息公开条例》第十二条';

function check(fields: PolicyDocumentFields): readonly Finding[] {
  return [
    ...when(
      isBlank(fields.title),
      blocking('title', '请填写文件标题。', 'Give the title.', CATALOGUE),
    ),
    ...when(
      fields.issuers.every(isBlank),
      blocking(
        'issuers',
        '请填写发文机关，联合发文的逐个填写。',
        'Name the issuing body, each of them when there are several.',
        '《政府信息公开条例》第十条',
      ),
    ),
    ...fields.parts.flatMap(({ title, body }, index) => [
      ...when(
        isBlank(plainTextOf(body)),
        blocking(`parts.${index}.body`, '这一部分没有正文。', 'This part has no text.'),
      ),
      ...when(
        fields.parts.length > 1 && isBlank(title),
        noting(
          `parts.${index}.title`,
          '这一部分没有标题，目录里找不到它。',
          'This part has no heading, so the contents cannot name it.',
        ),
      ),
    ]),
    ...checkOwner(fields),
    ...checkMissing(fields),
    ...(fields.carriers.includes('board') ? checkBoardText('summary', boardText(fields)) : []),
    ...checkLength('parts', policyDocument.searchText(fields)),
    ...findPersonalNumbers(textsOf(fields)),
  ];
}

/** What an original may simply not say is noted, shown as missing, and stops nobody. */
function checkMissing(fields: PolicyDocumentFields): readonly Finding[] {
  return [
    ...when(
      isBlank(fields.docNo),
      noting(
        'docNo',
        '没有发文字号，屏上会写“原件未注明”。',
        'There is no document number; screens will say the original gives none.',
      ),
    ),
    ...when(
      fields.madeOn === null,
      noting(
        'madeOn',
        '没有成文日期，屏上会写“原件未注明”。',
        'There is no date of the document; screens will say the original gives none.',
        CATALOGUE,
      ),
    ),
    ...when(
      fields.publishedOn === null,
      noting(
        'publishedOn',
        '没有公开日期，无法核对是否在20个工作日内公开，屏上会写“原件未注明”。',
        'There is no date of disclosure, so the limit of 20 working days cannot be checked; screens will say the original gives none.',
        '《政府信息公开条例》第二十六条',
      ),
    ),
    ...when(
      isBlank(fields.summary),
      noting(
        'summary',
        '没有内容概述，列表和大屏上只有标题和发文机关。',
        'There is no summary; lists and boards will give only the title and who issued it.',
        CATALOGUE,
      ),
    ),
  ];
}

function textsOf(fields: PolicyDocumentFields): Record<string, string> {
  const { title, docNo, department, post, phone, summary, topic, remark } = fields;
  const parts = fields.parts.flatMap((part, index) => [
    [`parts.${index}.title`, part.title],
    [`parts.${index}.body`, plainTextOf(part.body)],
  ]);
  const issuers = fields.issuers.map((issuer, index) => [`issuers.${index}`, issuer]);
  const whole = { title, docNo, department, post, phone, summary, topic, remark };
  return Object.fromEntries([...Object.entries(whole), ...issuers, ...parts]);
}

const issuersOf = (fields: PolicyDocumentFields): string[] =>
  fields.issuers.filter((issuer) => !isBlank(issuer));

function listing(fields: PolicyDocumentFields, { publishedOn }: Setting): Listing {
  return {
    title: fields.title,
    summary: excerpt(fields.summary, 200),
    issuers: issuersOf(fields),
    category: '政策文件',
    docNo: orNull(fields.docNo),
    madeOn: fields.madeOn,
    publishedOn,
    validUntil: null,
  };
}

const UNSAID = '原件未注明';

const dateOrNothing = (date: string | null): string => (date === null ? '' : writeDate(date));

function view(fields: PolicyDocumentFields, { publishedOn }: Setting): readonly Block[] {
  const rows = [
    fact('发文机关', issuersOf(fields).join('、'), UNSAID),
    fact('发文字号', fields.docNo, UNSAID),
    fact('成文日期', dateOrNothing(fields.madeOn), UNSAID),
    fact('公开日期', dateOrNothing(fields.publishedOn), UNSAID),
    fact('文种', fields.genre, ''),
    fact('有效性', fields.validity, ''),
    ...(isBlank(fields.topic) ? [] : [fact('主题', fields.topic, '')]),
    fact('本厅发布', dateOrNothing(publishedOn), '尚未发布'),
  ];
  return withAnchors([
    { type: 'facts', rows },
    ...(isBlank(fields.remark) ? [] : [{ type: 'remark' as const, text: fields.remark }]),
    ...fields.parts.flatMap(({ title, body }) => [
      ...(isBlank(title) ? [] : [{ type: 'heading' as const, level: 1, text: title, anchor: '' }]),
      ...richTextToBlocks(body),
    ]),
    { type: 'contact', department: fields.department, post: fields.post, phone: fields.phone },
  ]);
}

function board(fields: PolicyDocumentFields): Required<BoardText> {
  const foot = fields.carriers.includes('touch') ? '触摸屏看全文' : '';
  return { title: fields.title, body: boardText(fields), foot };
}

/** The summary, else who issued it and when; what no longer holds says so before anything else. */
function boardText(fields: PolicyDocumentFields): string {
  const made = fields.madeOn === null ? [] : [writeDate(fields.madeOn)];
  const text = isBlank(fields.summary)
    ? [issuersOf(fields).join('、'), ...made].join('\n')
    : fields.summary.trim();
  return fields.validity === '失效' || fields.validity === '废止'
    ? `【${fields.validity}】${text}`
    : text;
}
