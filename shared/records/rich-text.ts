import * as z from 'zod/mini';

/**
 * Rich text as the editor's JSON, accepted only in this closed grammar: no HTML, no links, no
 * attributes but those named. Anything else is refused, not cleaned, at the server's door.
 */

const mark = z.strictObject({ type: z.literal('bold') });

const textNode = z.strictObject({
  type: z.literal('text'),
  text: z.string().check(z.minLength(1), z.maxLength(100_000)),
  marks: z.optional(z.array(mark).check(z.maxLength(1))),
});
const hardBreak = z.strictObject({ type: z.literal('hardBreak') });
const inline = z.array(z.discriminatedUnion('type', [textNode, hardBreak]));

const paragraph = z.strictObject({
  type: z.literal('paragraph'),
  attrs: z.optional(z.strictObject({ textAlign: z.nullable(z.enum(['left', 'right'])) })),
  content: z.optional(inline),
});
const heading = z.strictObject({
  type: z.literal('heading'),
  attrs: z.strictObject({ level: z.int().check(z.gte(1), z.lte(4)) }),
  content: z.optional(inline),
});
const listItem = z.strictObject({ type: z.literal('listItem'), content: z.array(paragraph) });
const bulletList = z.strictObject({ type: z.literal('bulletList'), content: z.array(listItem) });
const orderedList = z.strictObject({
  type: z.literal('orderedList'),
  attrs: z.optional(z.strictObject({ start: z.int(), type: z.optional(z.nullable(z.string())) })),
  content: z.array(listItem),
});
const cellAttrs = z.optional(
  z.strictObject({
    colspan: z.literal(1),
    rowspan: z.literal(1),
    colwidth: z.optional(z.nullable(z.array(z.int()))),
    align: z.optional(z.nullable(z.string())),
  }),
);
const tableCell = z.strictObject({
  type: z.literal('tableCell'),
  attrs: cellAttrs,
  content: z.array(paragraph),
});
const tableHeader = z.strictObject({
  type: z.literal('tableHeader'),
  attrs: cellAttrs,
  content: z.array(paragraph),
});
const tableRow = z.strictObject({
  type: z.literal('tableRow'),
  content: z.array(z.discriminatedUnion('type', [tableCell, tableHeader])),
});
const table = z.strictObject({ type: z.literal('table'), content: z.array(tableRow) });

const node = z.discriminatedUnion('type', [
  paragraph,
  heading,
  bulletList,
  orderedList,
  table,
]);
export type RichNode = z.infer<typeof node>;

export const richText = z.strictObject({
  type: z.literal('doc'),
  content: z.array(node).check(z.maxLength(5000)),
});
export type RichText = z.infer<typeof richText>;
