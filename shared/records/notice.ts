import * as z from 'zod/mini';
import { richText } from './rich-text.ts';

/** 公告: what happens, when, where and whom to ask. Bounded in time. */
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
  title: z.string().check(z.maxLength(100)),
  category: z.enum(NOTICE_CATEGORIES),
  body: richText,
  /** 大屏文字: one plain text for every board; empty takes the summary. */
  ledText: z.string().check(z.maxLength(400)),
  /** 发布单位 */
  issuer: z.string().check(z.maxLength(60)),
  /** 责任部门 and 责任岗位: who answers for it being timely, complete and accurate. */
  department: z.string().check(z.maxLength(60)),
  post: z.string().check(z.maxLength(60)),
  phone: z.string().check(z.maxLength(40)),
  /** Period of validity, [validFrom, validUntil) as epoch milliseconds. */
  validFrom: z.nullable(z.int()),
  validUntil: z.nullable(z.int()),
  // Under 更多:
  summary: z.string().check(z.maxLength(200)),
  docNo: z.string().check(z.maxLength(60)),
  madeOn: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  carriers: z.array(z.enum(['touch', 'board'])).check(z.minLength(1), z.maxLength(2)),
});
export type NoticeFields = z.infer<typeof noticeFields>;
