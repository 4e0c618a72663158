import * as z from 'zod/mini';
import { noticeFields } from '../records/notice.ts';
import { policyDocumentFields } from '../records/policy-document.ts';
import { count, instant, recordId, sha256, text } from './scalars.ts';

/** Records as the console reads and writes them. */

export const recordBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('notice'), fields: noticeFields }),
  z.strictObject({ kind: z.literal('policy-document'), fields: policyDocumentFields }),
]);
export type RecordBody = z.infer<typeof recordBody>;

/** A person as others see them: name and post, never an account's secrets. */
export const personRef = z.strictObject({ id: text(64), name: text(40), post: text(60) });
export type PersonRef = z.infer<typeof personRef>;

export const standing = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('draft') }),
  z.strictObject({ state: z.literal('returned'), by: personRef, at: instant, reason: text(400) }),
  z.strictObject({ state: z.literal('submitted'), by: personRef, at: instant, seal: sha256 }),
  z.strictObject({ state: z.literal('approved'), by: personRef, at: instant, seal: sha256 }),
]);

const withdrawal = { version: count, at: instant, by: personRef, reason: text(400) };

/** What the public sees of the record now, apart from how its newest version stands. */
export const publicity = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('never') }),
  /** Approved, but not out: the server keeps trying, or has lost a rendering and cannot. */
  z.strictObject({
    state: z.literal('held'),
    version: count,
    at: instant,
    why: z.enum(['retrying', 'damaged']),
  }),
  z.strictObject({ state: z.literal('published'), version: count, at: instant }),
  z.strictObject({ state: z.literal('expired'), version: count, at: instant }),
  /** Withdrawn here, but screens have not been told yet: the server keeps trying. */
  z.strictObject({ state: z.literal('withdrawing'), ...withdrawal }),
  z.strictObject({ state: z.literal('withdrawn'), ...withdrawal }),
]);
export type Publicity = z.infer<typeof publicity>;

export const recordSummary = z.strictObject({
  id: recordId,
  kind: z.enum(['notice', 'policy-document']),
  title: text(200),
  category: text(40),
  department: text(60),
  /** Grows with every save; the `If-Match` of the next one. */
  revision: count,
  changedAt: instant,
  changedBy: personRef,
  standing,
  publicity,
  /** When the public version ends; null when it does not, or when nothing is public. */
  latestAt: z.nullable(instant),
});
export type RecordSummary = z.infer<typeof recordSummary>;

export const finding = z.strictObject({
  level: z.enum(['block', 'note']),
  field: text(80),
  zh: text(400),
  en: text(400),
  basis: z.nullable(text(120)),
});

export const recordDetail = z.strictObject({
  ...recordSummary.shape,
  body: recordBody,
  authors: z.array(personRef),
  /** The version that the next publication will carry. */
  version: count,
  findings: z.array(finding),
  /** What this person may do with it now, from the policy table and the workflow. */
  may: z.strictObject({
    edit: z.boolean(),
    submit: z.boolean(),
    review: z.boolean(),
    withdraw: z.boolean(),
    interrupt: z.boolean(),
  }),
});
export type RecordDetail = z.infer<typeof recordDetail>;
