import * as z from 'zod/mini';
import { richText } from './rich-text.ts';

/** 政策文件: a document of one or more parts, by one or more issuers, kept as written. */
export const DOCUMENT_GENRES = ['通知', '意见', '方案', '办法', '规定', '公告', '通告', '批复', '纪要', '其他'] as const;
export const VALIDITIES = ['有效', '失效', '废止', '已修改', '历史文件'] as const;

export const policyDocumentFields = z.strictObject({
  title: z.string().check(z.maxLength(200)),
  issuers: z.array(z.string().check(z.maxLength(60))).check(z.maxLength(8)),
  docNo: z.string().check(z.maxLength(60)),
  /** 成文日期 */
  madeOn: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  genre: z.enum(DOCUMENT_GENRES),
  validity: z.enum(VALIDITIES),
  /** 转发语, 方案, 附件… each with its own heading and text. */
  parts: z
    .array(z.strictObject({ title: z.string().check(z.maxLength(200)), body: richText }))
    .check(z.minLength(1), z.maxLength(20)),
  department: z.string().check(z.maxLength(60)),
  post: z.string().check(z.maxLength(60)),
  phone: z.string().check(z.maxLength(40)),
  // Under 更多:
  summary: z.string().check(z.maxLength(200)),
  topic: z.string().check(z.maxLength(40)),
  /** 编者注: what the reader should know, such as a contradiction kept as written. */
  remark: z.string().check(z.maxLength(400)),
  carriers: z.array(z.enum(['touch', 'board'])).check(z.minLength(1), z.maxLength(2)),
});
export type PolicyDocumentFields = z.infer<typeof policyDocumentFields>;
