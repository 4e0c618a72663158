import type { RichText } from '../../shared/records/rich-text.ts';
import { richText } from '../../shared/records/rich-text.ts';

/** The editor's own JSON: the same tree, with defaults written out and attributes we do not keep. */
export interface EditorNode {
  readonly type?: string;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly content?: readonly EditorNode[];
  readonly marks?: readonly { readonly type: string }[];
  readonly text?: string;
}

/**
 * What the editor holds, in the closed grammar of records. The editor's schema has no node or mark
 * beyond the grammar, so only attributes are dropped; anything else is a bug and throws.
 */
export function toRichText(doc: EditorNode): RichText {
  const parsed = richText.safeParse(kept(doc));
  if (!parsed.success)
    throw new Error(`broken assumption: rich text outside its grammar: ${parsed.error.message}`);
  return parsed.data;
}

export const EMPTY_TEXT: RichText = { type: 'doc', content: [] };

function kept(node: EditorNode): unknown {
  const attrs = keptAttrs(node);
  return {
    type: node.type,
    ...(attrs === undefined ? {} : { attrs }),
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(node.marks === undefined || node.marks.length === 0
      ? {}
      : { marks: node.marks.map(({ type }) => ({ type })) }),
    ...contentOf(node),
  };
}

/** Paragraphs and headings may be empty; every other branch must carry its list. */
const LEAVES = ['text', 'hardBreak'];
const INLINE_PARENTS = ['paragraph', 'heading'];

function contentOf(node: EditorNode): { readonly content?: readonly unknown[] } {
  const type = node.type ?? '';
  if (LEAVES.includes(type)) return {};
  const content = (node.content ?? []).map(kept);
  return content.length === 0 && INLINE_PARENTS.includes(type) ? {} : { content };
}

function keptAttrs({ type, attrs }: EditorNode): Readonly<Record<string, unknown>> | undefined {
  switch (type) {
    case 'paragraph':
      return attrs?.['textAlign'] === 'right' ? { textAlign: 'right' } : undefined;
    case 'heading':
      return { level: attrs?.['level'] };
    case 'orderedList':
      return { start: attrs?.['start'] ?? 1 };
    case 'tableCell':
    case 'tableHeader':
      return { colspan: 1, rowspan: 1 };
    case undefined:
    default:
      return undefined;
  }
}
