import type { JSONContent } from '@tiptap/core';
import { Editor, Extension, Node } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import type { RichText } from '../../shared/records/rich-text.ts';
import { toRichText } from './rich-json.ts';

/** 一、 (一) 1. : level 1 is the title of the record itself. */
export const LEVELS = [2, 3, 4] as const;

/**
 * The rich text editor, with exactly the grammar of records: what is pasted is parsed by this
 * schema, so nothing else can enter. Loaded when a form needs it.
 */
export function openEditor(options: {
  readonly place: HTMLElement;
  readonly text: RichText;
  /** Attributes of the text itself: its name and descriptions. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly onChange: (text: RichText) => void;
  /** The text or the place of the cursor changed: the toolbar shows another state. */
  readonly onMove: () => void;
}): Editor {
  return new Editor({
    element: options.place,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the grammar's type allows undefined where the editor's does not; JSON has neither
    content: options.text as JSONContent,
    injectCSS: false,
    extensions: EXTENSIONS,
    editorProps: { attributes: { ...options.attributes } },
    onUpdate: ({ editor }) => options.onChange(toRichText(editor.getJSON())),
    onTransaction: options.onMove,
  });
}

const Alignment = Extension.create({
  name: 'alignment',
  addGlobalAttributes: () => [
    {
      types: ['paragraph'],
      attributes: {
        textAlign: {
          default: null,
          parseHTML: (element) =>
            element.style.textAlign === 'right' || element.dataset['align'] === 'right'
              ? 'right'
              : null,
          renderHTML: ({ textAlign }) => (textAlign === 'right' ? { 'data-align': 'right' } : {}),
        },
      },
    },
  ],
});

/** A list's items hold paragraphs only: lists within lists do not fit boards or large type. */
const PlainListItem = Node.create({
  name: 'listItem',
  content: 'paragraph+',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: () => ['li', 0],
  addKeyboardShortcuts() {
    return { Enter: () => this.editor.commands.splitListItem(this.name) };
  },
});

// Merged cells become single ones when pasted; the table is then filled up to a rectangle.
const single = { default: 1, parseHTML: () => 1, rendered: false };
const cellAttributes = () => ({
  colspan: single,
  rowspan: single,
  colwidth: { default: null, rendered: false },
});

const EXTENSIONS = [
  StarterKit.configure({
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    italic: false,
    link: false,
    listItem: false,
    strike: false,
    underline: false,
    trailingNode: false,
    heading: { levels: [1, ...LEVELS] },
  }),
  Alignment,
  PlainListItem,
  Table.configure({ resizable: false }),
  TableRow,
  TableCell.extend({ content: 'paragraph+', addAttributes: cellAttributes }),
  TableHeader.extend({ content: 'paragraph+', addAttributes: cellAttributes }),
];
