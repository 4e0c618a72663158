import * as z from 'zod/mini';

/**
 * What every carrier draws. A record kind turns its fields into blocks; touch page, board, print
 * and console draw blocks and never look at a kind. (Of about fifteen types, those that notices
 * and policy documents need.)
 */

const run = z.strictObject({
  text: z.string(),
  /** Emphasis by weight only: colour alone never carries meaning. */
  strong: z.boolean(),
});

const runs = z.array(run);

const cell = z.strictObject({ header: z.boolean(), runs });

export const block = z.discriminatedUnion('type', [
  /** Level 1 is a part's title, 2–4 the levels 一、 (一) 1. within it. `anchor` names it in the contents. */
  z.strictObject({
    type: z.literal('heading'),
    level: z.int().check(z.gte(1), z.lte(4)),
    text: z.string(),
    anchor: z.string(),
  }),
  z.strictObject({ type: z.literal('paragraph'), runs, align: z.enum(['start', 'end']) }),
  z.strictObject({
    type: z.literal('list'),
    ordered: z.boolean(),
    items: z.array(z.array(runs)),
  }),
  z.strictObject({ type: z.literal('table'), rows: z.array(z.array(cell)) }),
  /** A short statement of facts: 发布单位, 有效期, 发文字号. A missing fact says why. */
  z.strictObject({
    type: z.literal('facts'),
    rows: z.array(z.strictObject({ label: z.string(), value: z.string(), missing: z.boolean() })),
  }),
  /** Whom to ask: department, post, telephone. Public screens name posts, not persons. */
  z.strictObject({
    type: z.literal('contact'),
    department: z.string(),
    post: z.string(),
    phone: z.string(),
  }),
  /** An editor's remark on the text, such as a contradiction kept as written. */
  z.strictObject({ type: z.literal('remark'), text: z.string() }),
]);
export type Block = z.infer<typeof block>;
export type Run = z.infer<typeof run>;

/** The object that an item's `view` names. */
export const view = z.strictObject({ v: z.literal(1), blocks: z.array(block) });
export type View = z.infer<typeof view>;
