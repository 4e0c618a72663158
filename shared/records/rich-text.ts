import * as z from 'zod/mini';
import { line } from './field.ts';

/**
 * Rich text as the editor's JSON, accepted only in this closed grammar: no HTML, no links, no
 * attributes but those named. Anything else is refused, not cleaned, at the server's door.
 */

const mark = z.strictObject({ type: z.literal('bold') });

const textNode = z.strictObject({
  type: z.literal('text'),
  text: line(100_000).check(z.minLength(1)),
  marks: z.optional(z.array(mark).check(z.maxLength(1))),
});
const hardBreak = z.strictObject({ type: z.literal('hardBreak') });
const inline = z
  .array(z.discriminatedUnion('type', [textNode, hardBreak]))
  .check(z.maxLength(2000));
export type Inline = z.infer<typeof inline>;

const paragraph = z.strictObject({
  type: z.literal('paragraph'),
  attrs: z.optional(z.strictObject({ textAlign: z.nullable(z.enum(['left', 'right'])) })),
  content: z.optional(inline),
});
export type ParagraphNode = z.infer<typeof paragraph>;
const heading = z.strictObject({
  type: z.literal('heading'),
  attrs: z.strictObject({ level: z.int().check(z.gte(1), z.lte(4)) }),
  content: z.optional(inline),
});
const paragraphs = z.array(paragraph).check(z.maxLength(200));
const listItem = z.strictObject({ type: z.literal('listItem'), content: paragraphs });
const listItems = z.array(listItem).check(z.maxLength(500));
const bulletList = z.strictObject({ type: z.literal('bulletList'), content: listItems });
const orderedList = z.strictObject({
  type: z.literal('orderedList'),
  attrs: z.optional(z.strictObject({ start: z.int(), type: z.optional(z.nullable(z.string())) })),
  content: listItems,
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
  content: paragraphs,
});
const tableHeader = z.strictObject({
  type: z.literal('tableHeader'),
  attrs: cellAttrs,
  content: paragraphs,
});
const tableRow = z.strictObject({
  type: z.literal('tableRow'),
  content: z.array(z.discriminatedUnion('type', [tableCell, tableHeader])).check(z.maxLength(20)),
});
const table = z.strictObject({
  type: z.literal('table'),
  content: z.array(tableRow).check(z.maxLength(500)),
});

const node = z.discriminatedUnion('type', [paragraph, heading, bulletList, orderedList, table]);
export type RichNode = z.infer<typeof node>;

export const richText = z.strictObject({
  type: z.literal('doc'),
  content: z.array(node).check(z.maxLength(5000)),
});
export type RichText = z.infer<typeof richText>;

/** Plain text as rich text: each line that is not empty becomes a paragraph. */
export function textToRichText(text: string): RichText {
  const content = splitLines(text).map(paragraphOf);
  return { type: 'doc', content };
}

/** The lines of a text that hold something, a space included; their ends belong to none. */
export const splitLines = (text: string): string[] =>
  text.split(/\r\n|\r|\n/).filter((line) => line !== '');

export const paragraphOf = (text: string): ParagraphNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text }],
});

/** All the words, in order: one line for each heading, paragraph, list paragraph and cell. */
export function plainTextOf(text: RichText): string {
  return text.content.flatMap(linesOf).join('\n');
}

function linesOf(node: RichNode): string[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [textOf(node.content)];
    case 'bulletList':
    case 'orderedList':
      return node.content.flatMap((item) => item.content.flatMap(linesOf));
    case 'table':
      return node.content.flatMap((row) =>
        row.content.flatMap((cell) => cell.content.flatMap(linesOf)),
      );
  }
}

/** The text of inline nodes; a hard break is a line feed. */
export function textOf(inline: Inline | undefined): string {
  return (inline ?? []).map((node) => (node.type === 'text' ? node.text : '\n')).join('');
}
