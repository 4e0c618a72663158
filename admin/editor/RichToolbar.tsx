import type { Editor } from '@tiptap/core';
import type { IconNode } from 'lucide';
import {
  AlignRight,
  BetweenHorizontalStart,
  BetweenVerticalStart,
  Bold,
  List,
  ListOrdered,
  Redo2,
  Table,
  TableColumnsSplit,
  TableRowsSplit,
  Trash2,
  Undo2,
} from 'lucide';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../words/words.ts';
import { BlockSelect } from './BlockSelect.tsx';

interface Tool {
  readonly name: string;
  readonly icon: IconNode;
  readonly on?: boolean;
  readonly run: () => void;
}

/** What can be done to the text. Inside a table it offers rows and columns too. */
export function RichToolbar({ editor }: { readonly editor: Editor }) {
  const w = words.value.rich;
  const inTable = editor.isActive('table');
  return (
    <div
      class="toolbar"
      role="toolbar"
      aria-label={w.toolbar}
      tabIndex={-1}
      onKeyDown={moveAmongTools}
    >
      <BlockSelect editor={editor} />
      <Tools tools={textTools(editor)} />
      {!inTable && <Tools tools={blockTools(editor)} />}
      {inTable && <Tools tools={tableTools(editor)} />}
      <Tools
        tools={[
          { name: w.undo, icon: Undo2, run: () => editor.chain().focus().undo().run() },
          { name: w.redo, icon: Redo2, run: () => editor.chain().focus().redo().run() },
        ]}
      />
    </div>
  );
}

function textTools(editor: Editor): Tool[] {
  const w = words.value.rich;
  const right = editor.isActive('paragraph', { textAlign: 'right' });
  return [
    {
      name: w.bold,
      icon: Bold,
      on: editor.isActive('bold'),
      run: () => editor.chain().focus().toggleBold().run(),
    },
    {
      name: w.alignEnd,
      icon: AlignRight,
      on: right,
      run: () =>
        editor
          .chain()
          .focus()
          .updateAttributes('paragraph', { textAlign: right ? null : 'right' })
          .run(),
    },
  ];
}

function blockTools(editor: Editor): Tool[] {
  const w = words.value.rich;
  return [
    {
      name: w.bullets,
      icon: List,
      on: editor.isActive('bulletList'),
      run: () => editor.chain().focus().toggleBulletList().run(),
    },
    {
      name: w.numbers,
      icon: ListOrdered,
      on: editor.isActive('orderedList'),
      run: () => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      name: w.table,
      icon: Table,
      run: () =>
        editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    },
  ];
}

function tableTools(editor: Editor): Tool[] {
  const w = words.value.rich;
  return [
    {
      name: w.rowAfter,
      icon: BetweenHorizontalStart,
      run: () => editor.chain().focus().addRowAfter().run(),
    },
    {
      name: w.columnAfter,
      icon: BetweenVerticalStart,
      run: () => editor.chain().focus().addColumnAfter().run(),
    },
    {
      name: w.deleteRow,
      icon: TableRowsSplit,
      run: () => editor.chain().focus().deleteRow().run(),
    },
    {
      name: w.deleteColumn,
      icon: TableColumnsSplit,
      run: () => editor.chain().focus().deleteColumn().run(),
    },
    { name: w.deleteTable, icon: Trash2, run: () => editor.chain().focus().deleteTable().run() },
  ];
}

function Tools({ tools }: { readonly tools: readonly Tool[] }) {
  return (
    <span class="tools">
      {tools.map(({ name, icon, on, run }) => (
        <button
          key={name}
          type="button"
          class="tool"
          aria-label={name}
          title={name}
          aria-pressed={on}
          onClick={run}
        >
          <Icon of={icon} />
        </button>
      ))}
    </span>
  );
}

/** Left and right move among the tools, as in every toolbar; Tab moves on. */
function moveAmongTools(event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  if (!(event.currentTarget instanceof HTMLElement) || event.target instanceof HTMLSelectElement)
    return;
  const tools = [...event.currentTarget.querySelectorAll('button')];
  const index = tools.findIndex((tool) => tool === event.target);
  tools.at((index + (event.key === 'ArrowRight' ? 1 : -1)) % tools.length)?.focus();
  event.preventDefault();
}
