import { describe, expect, test } from 'vitest';
import { toRichText } from '../../admin/editor/rich-json.ts';
import { richText } from '../../shared/records/rich-text.ts';

const text = (words: string) => ({ type: 'text', text: words });

const cell = (type: string, words: string) => ({
  type,
  attrs: { colspan: 1, rowspan: 1, colwidth: [120], align: 'center' },
  content: [{ type: 'paragraph', attrs: { textAlign: null }, content: [text(words)] }],
});

describe('the editor’s JSON as a record keeps it', () => {
  test('defaults that the editor writes out are left out', () => {
    const doc = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          attrs: { textAlign: null },
          content: [text('停水'), { type: 'hardBreak' }],
        },
        { type: 'paragraph', attrs: { textAlign: null } },
        { type: 'heading', attrs: { level: 2, textAlign: null }, content: [text('一、范围')] },
      ],
    };
    expect(toRichText(doc)).toEqual({
      type: 'doc',
      content: [
        { type: 'paragraph', content: [text('停水'), { type: 'hardBreak' }] },
        { type: 'paragraph' },
        { type: 'heading', attrs: { level: 2 }, content: [text('一、范围')] },
      ],
    });
  });

  test('bold and 落款靠右 stay', () => {
    const doc = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          attrs: { textAlign: 'right' },
          content: [{ ...text('自来水公司'), marks: [{ type: 'bold', attrs: {} }] }],
        },
      ],
    };
    expect(toRichText(doc).content).toEqual([
      {
        type: 'paragraph',
        attrs: { textAlign: 'right' },
        content: [{ ...text('自来水公司'), marks: [{ type: 'bold' }] }],
      },
    ]);
  });

  test('a table keeps its cells and none of their widths', () => {
    const doc = {
      type: 'doc',
      content: [
        {
          type: 'table',
          content: [
            {
              type: 'tableRow',
              content: [cell('tableHeader', '路段'), cell('tableHeader', '时间')],
            },
            { type: 'tableRow', content: [cell('tableCell', '北大街'), cell('tableCell', '22时')] },
          ],
        },
      ],
    };
    const kept = toRichText(doc);
    expect(richText.safeParse(kept).success).toBe(true);
    expect(JSON.stringify(kept)).not.toMatch(/colwidth|align/);
    expect(JSON.stringify(kept)).toContain('北大街');
  });

  test.each(['blockquote', 'codeBlock', 'image', 'horizontalRule'])(
    '%s is outside the grammar and throws',
    (type) => {
      expect(() => toRichText({ type: 'doc', content: [{ type }] })).toThrow('broken assumption');
    },
  );
});
