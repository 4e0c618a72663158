import * as z from 'zod/mini';
import type { ZoneTable } from '../domain/civil.ts';
import type { BoardText } from '../domain/paginate.ts';
import type { Listing } from '../domain/release.ts';
import type { Block } from './block.ts';
import { carriers, day, line, lines, moment } from './field.ts';
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
import { lastDay, writeDate, writeMonthDay, writePeriod } from './period.ts';
import { findPersonalNumbers } from './privacy.ts';
import { richTextToBlocks, withAnchors } from './rich-blocks.ts';
import { plainTextOf, richText } from './rich-text.ts';
import { excerpt, fact, orNull } from './wording.ts';

export const NOTICE_CATEGORIES = [
  '停水停电',
  '窗口变动',
  '系统故障',
  '公示',
  '通告',
  '惠民信息',
  '招聘培训',
  '失物招领',
  '其他',
] as const;

export const noticeFields = z.strictObject({
  title: line(100),
  category: z.enum(NOTICE_CATEGORIES),
  body: richText,
  /** 大屏文字: one plain text for every board; empty takes the summary. */
  ledText: lines(400),
  /** 发布单位 */
  issuer: line(60),
  /** 责任部门 and 责任岗位: who answers for it being timely, complete and accurate. */
  department: line(60),
  post: line(60),
  phone: line(40),
  /** Period of validity, [validFrom, validUntil) as epoch milliseconds. */
  validFrom: z.nullable(moment),
  validUntil: z.nullable(moment),
  // Under 更多:
  summary: lines(200),
  docNo: line(60),
  madeOn: z.nullable(day),
  carriers,
});
export type NoticeFields = z.infer<typeof noticeFields>;

/** 公告: what happens, when, where and whom to ask. Bounded in time. */
export const notice: RecordKind<NoticeFields> = {
  id: 'notice',
  label: { zh: '公告', en: 'Notice' },
  fields: noticeFields,
  blank,
  check,
  audience: 'public',
  carriers: ['touch', 'board'],
  carriersOf: (fields) => fields.carriers,
  maxStaleSeconds: 7 * 86_400,
  review: [{ role: 'reviewer', distinctFrom: 'authors' }],
  department: (fields) => fields.department,
  listing,
  view,
  board,
  searchText: (fields) =>
    [
      fields.title,
      fields.issuer,
      fields.docNo,
      fields.category,
      fields.summary,
      plainTextOf(fields.body),
      fields.department,
      fields.phone,
    ].join('\n'),
  searchNames: (fields) => `${fields.title}\n${fields.issuer}`,
  showing: ({ validFrom, validUntil }) => ({ earliestAt: validFrom, latestAt: validUntil }),
};

function blank(): NoticeFields {
  return {
    title: '',
    category: '其他',
    body: { type: 'doc', content: [] },
    ledText: '',
    issuer: '',
    department: '',
    post: '',
    phone: '',
    validFrom: null,
    validUntil: null,
    summary: '',
    docNo: '',
    madeOn: null,
    carriers: ['touch', 'board'],
  };
}

function check(fields: NoticeFields): readonly Finding[] {
  const body = plainTextOf(fields.body);
  return [
    ...when(isBlank(fields.title), blocking('title', '请填写标题。', 'Give it a title.')),
    ...when(
      isBlank(body) && isBlank(fields.ledText),
      blocking(
        'body',
        '正文和大屏文字至少填一项。',
        'Write the text, or at least the text for boards.',
      ),
    ),
    ...when(
      isBlank(fields.issuer),
      blocking(
        'issuer',
        '请填写发布单位。',
        'Name the unit that issues it.',
        '《政府信息公开条例》第十条',
      ),
    ),
    ...checkOwner(fields),
    ...checkPeriod(fields),
    ...when(
      isBlank(fields.phone),
      noting(
        'phone',
        '没有咨询电话，群众有疑问时只能到窗口问。',
        'Without a telephone people can only ask at a window.',
      ),
    ),
    ...checkBoards(fields),
    ...checkLength('body', notice.searchText(fields)),
    ...findPersonalNumbers({
      title: fields.title,
      body,
      ledText: fields.ledText,
      summary: fields.summary,
      issuer: fields.issuer,
      department: fields.department,
      post: fields.post,
      phone: fields.phone,
      docNo: fields.docNo,
    }),
  ];
}

function checkPeriod({ validFrom, validUntil }: NoticeFields): readonly Finding[] {
  return [
    ...when(
      validUntil === null,
      blocking(
        'validUntil',
        '请填写有效期的截止时间，到时自动从各屏撤下。',
        'Say when it ends; it then leaves every screen by itself.',
      ),
    ),
    ...when(
      validFrom !== null && validUntil !== null && validFrom >= validUntil,
      blocking(
        'validUntil',
        '截止时间要晚于开始时间。',
        'The end must be later than the beginning.',
      ),
    ),
  ];
}

function checkBoards(fields: NoticeFields): readonly Finding[] {
  if (!fields.carriers.includes('board')) return [];
  return [
    ...checkBoardText('ledText', boardText(fields)),
    ...when(
      isBlank(fields.ledText) && isBlank(fields.summary) && !isBlank(boardText(fields)),
      noting(
        'ledText',
        '没有填大屏文字，大屏将显示正文第一段。',
        'There is no text for boards; they will show the first paragraph.',
      ),
    ),
  ];
}

/** The text written for them, else the summary, else the first words of the body. */
function boardText(fields: NoticeFields): string {
  const first = plainTextOf(fields.body)
    .split('\n')
    .find((text) => !isBlank(text));
  const texts = [fields.ledText, fields.summary, first ?? ''];
  return texts.find((text) => !isBlank(text))?.trim() ?? '';
}

function listing(fields: NoticeFields, { zone, publishedOn }: Setting): Listing {
  return {
    title: fields.title,
    summary: isBlank(fields.summary) ? excerpt(boardText(fields), 100) : fields.summary,
    issuers: [fields.issuer].filter((issuer) => !isBlank(issuer)),
    category: fields.category,
    docNo: orNull(fields.docNo),
    madeOn: fields.madeOn,
    publishedOn,
    validUntil: fields.validUntil === null ? null : lastDay(zone, fields.validUntil),
  };
}

function view(fields: NoticeFields, { zone, publishedOn }: Setting): readonly Block[] {
  const period = writePeriod(zone, fields.validFrom, fields.validUntil);
  const rows = [
    fact('发布单位', fields.issuer, '未填写'),
    ...(fields.docNo === '' ? [] : [fact('文号', fields.docNo, '')]),
    ...(fields.madeOn === null ? [] : [fact('成文日期', writeDate(fields.madeOn), '')]),
    fact('发布日期', publishedOn === null ? '' : writeDate(publishedOn), '尚未发布'),
    fact('有效期', period, '未填写'),
  ];
  return withAnchors([
    { type: 'facts', rows },
    ...richTextToBlocks(fields.body),
    { type: 'contact', department: fields.department, post: fields.post, phone: fields.phone },
  ]);
}

function board(fields: NoticeFields, { zone }: Setting): Required<BoardText> {
  return { title: fields.title, body: boardText(fields), foot: footOf(fields, zone) };
}

/** 公示 says until when; what has more to read says where. */
function footOf(fields: NoticeFields, zone: ZoneTable): string {
  const { category, validUntil, issuer } = fields;
  const shown =
    category === '公示' && validUntil !== null
      ? `公示至${writeMonthDay(lastDay(zone, validUntil))}`
      : issuer.trim();
  const more = fields.carriers.includes('touch') ? '触摸屏看全文' : '';
  return [shown, more].filter((words) => words !== '').join('，');
}
