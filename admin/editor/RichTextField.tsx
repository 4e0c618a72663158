import type { Editor } from '@tiptap/core';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { RichText } from '../../shared/records/rich-text.ts';
import type { Remark } from '../parts/Field.tsx';
import { Remarks } from '../parts/Field.tsx';
import { Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';
import { RichToolbar } from './RichToolbar.tsx';

type Opened =
  | { readonly state: 'opening' }
  | { readonly state: 'failed' }
  | { readonly state: 'open'; readonly editor: Editor };

interface RichTextProps {
  readonly label: string;
  readonly value: RichText;
  readonly onChange: (value: RichText) => void;
  readonly remarks: readonly Remark[];
}

/** Text with headings, lists and tables. It reads `value` once; give it a new `key` to start over. */
export function RichTextField(props: RichTextProps) {
  const id = useId();
  const [place, opened] = useEditor(props, id);
  const w = words.value.rich;
  return (
    <div class="field">
      <span class="field-label" id={`${id}-label`}>
        {props.label}
      </span>
      <div
        class="rich"
        data-invalid={props.remarks.some(({ level }) => level === 'block') || undefined}
      >
        {opened.state === 'open' && <RichToolbar editor={opened.editor} />}
        {opened.state === 'opening' && <p class="rich-wait">{w.loading}</p>}
        {opened.state === 'failed' && <Message tone="bad">{w.failed}</Message>}
        <div ref={place} />
      </div>
      <div id={`${id}-remarks`}>
        <Remarks remarks={props.remarks} />
      </div>
    </div>
  );
}

/** The editor in its place, drawn anew at each move of the cursor, closed when the field goes. */
function useEditor({ value, onChange }: RichTextProps, id: string) {
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });
  const [, setMoves] = useState(0);
  const newest = useRef(onChange);
  newest.current = onChange;
  useEffect(() => {
    let editor: Editor | null = null;
    let gone = false;
    const open = async () => {
      const { openEditor } = await import('./rich-editor.ts');
      if (gone || place.current === null) return;
      editor = openEditor({
        place: place.current,
        text: value,
        attributes: attributesOf(id),
        onChange: (text) => newest.current(text),
        onMove: () => setMoves((moves) => moves + 1),
      });
      setOpened({ state: 'open', editor });
    };
    open().catch(() => setOpened({ state: 'failed' })); // The chunk did not arrive.
    return () => {
      gone = true;
      editor?.destroy();
    };
  }, []);
  return [place, opened] as const;
}

const attributesOf = (id: string) => ({
  role: 'textbox',
  'aria-multiline': 'true',
  'aria-labelledby': `${id}-label`,
  'aria-describedby': `${id}-remarks`,
  class: 'rich-text',
});
