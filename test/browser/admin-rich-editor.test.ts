import type { Editor } from '@tiptap/core';
import { afterEach, describe, expect, test } from 'vitest';
import { openEditor } from '../../admin/editor/rich-editor.ts';
import { toRichText } from '../../admin/editor/rich-json.ts';
import type { RichText } from '../../shared/records/rich-text.ts';
import { richText } from '../../shared/records/rich-text.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

function edit(text: RichText): { readonly editor: Editor; readonly heard: RichText[] } {
  const place = document.createElement('div');
  document.body.append(place);
  const heard: RichText[] = [];
  const editor = openEditor({
    place,
    text,
    attributes: { 'aria-label': '正文' },
    onChange: (changed) => heard.push(changed),
    onMove: () => undefined,
  });
  open.push(editor);
  return { editor, heard };
}

const words = (text: string) => ({ type: 'text' as const, text });
const paragraph = (text: string) => ({ type: 'paragraph' as const, content: [words(text)] });
const single = { colspan: 1, rowspan: 1 } as const;

/** Everything that the grammar of records knows, once. */
const WHOLE: RichText = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [words('一、停水范围')] },
    {
      type: 'paragraph',
      content: [
        words('因管网检修，'),
        { ...words('北大街'), marks: [{ type: 'bold' }] },
        { type: 'hardBreak' },
        words('停水。'),
      ],
    },
    { type: 'paragraph' },
    {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [paragraph('请提前储水'), paragraph('注意关好阀门')] },
      ],
    },
    {
      type: 'orderedList',
      attrs: { start: 3 },
      content: [{ type: 'listItem', content: [paragraph('第三条')] }],
    },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            { type: 'tableHeader', attrs: single, content: [paragraph('路段')] },
            { type: 'tableHeader', attrs: single, content: [paragraph('时间')] },
          ],
        },
        {
          type: 'tableRow',
          content: [
            { type: 'tableCell', attrs: single, content: [paragraph('北大街')] },
            {
              type: 'tableCell',
              attrs: single,
              content: [paragraph('22时'), paragraph('至次日6时')],
            },
          ],
        },
      ],
    },
    { type: 'paragraph', attrs: { textAlign: 'right' }, content: [words('安澜县供水公司')] },
  ],
};

/** What a browser hands over when something is pasted. */
function paste(editor: Editor, html: string): void {
  editor.commands.focus('end');
  editor.view.pasteHTML(html);
}

const cells = (text: RichText): number[] =>
  text.content.flatMap((node) =>
    node.type === 'table' ? node.content.map((row) => row.content.length) : [],
  );

describe('the rich text editor', () => {
  test('gives back every part of the grammar exactly as it was', () => {
    const { editor } = edit(WHOLE);
    expect(toRichText(editor.getJSON())).toEqual(WHOLE);
  });

  test('a new table has a heading row, grows and shrinks, and stays in the grammar', () => {
    const { editor, heard } = edit({ type: 'doc', content: [] });
    editor.chain().focus().insertTable({ rows: 2, cols: 2, withHeaderRow: true }).run();
    editor.commands.addRowAfter();
    editor.commands.addColumnAfter();
    const last = heard.at(-1);
    expect(last && cells(last)).toEqual([3, 3, 3]);
    expect(richText.safeParse(last).success).toBe(true);
    editor.commands.deleteRow();
    editor.commands.deleteColumn();
    expect(cells(toRichText(editor.getJSON()))).toEqual([2, 2]);
  });

  test('pasted scripts, links, pictures and styles leave only their words', () => {
    const { editor } = edit({ type: 'doc', content: [] });
    let ran = false;
    Object.assign(window, { pastedScriptRan: () => (ran = true) });
    paste(
      editor,
      `<p style="color:red">停水<script>pastedScriptRan()</script><a href="javascript:pastedScriptRan()">公告</a>
       <img src="x" onerror="pastedScriptRan()"><em>今晚</em></p><svg onload="pastedScriptRan()"></svg><blockquote><p>引用</p></blockquote>`,
    );
    const kept = toRichText(editor.getJSON());
    expect(richText.safeParse(kept).success).toBe(true);
    const said = JSON.stringify(kept);
    expect(said).toContain('停水');
    expect(said).toContain('公告');
    expect(said).toContain('引用');
    expect(said).not.toMatch(/script|href|img|svg|color|blockquote|em"/);
    expect(ran).toBe(false);
  });

  test('a pasted table with merged cells becomes a whole rectangle of single ones', () => {
    const { editor } = edit({ type: 'doc', content: [] });
    paste(
      editor,
      '<table><tr><th colspan="2">停水安排</th></tr><tr><td rowspan="2">北大街</td><td>22时</td></tr><tr><td>6时</td></tr></table>',
    );
    const kept = toRichText(editor.getJSON());
    expect(richText.safeParse(kept).success).toBe(true);
    expect(cells(kept)).toEqual([2, 2, 2]);
  });

  test('a list pasted inside a list is flattened, none of its words lost', () => {
    const { editor } = edit({ type: 'doc', content: [] });
    paste(editor, '<ul><li>材料<ul><li>身份证</li><li>户口本</li></ul></li></ul>');
    const said = JSON.stringify(toRichText(editor.getJSON()));
    for (const word of ['材料', '身份证', '户口本']) expect(said).toContain(word);
  });
});
