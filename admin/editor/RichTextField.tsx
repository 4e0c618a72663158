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

/** Text with headings, lists and tables. It reads `value` once; give it a new `key` to start over. */
export function RichTextField(props: {
  readonly label: string;
  readonly value: RichText;
  readonly onChange: (value: RichText) => void;
  readonly remarks: readonly Remark[];
}) {
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });
  const [, setMoves] = useState(0);
  const newest = useRef(props.onChange);
  newest.current = props.onChange;
  const id = useId();
  useEffect(() => {
    let editor: Editor | null = null;
    let gone = false;
    const open = async () => {
      const { openEditor } = await import('./rich-editor.ts');
      if (gone || place.current === null) return;
      editor = openEditor({
        place: place.current,
        text: props.value,
        editable: true,
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-labelledby': `${id}-label`,
          'aria-describedby': `${id}-remarks`,
          class: 'rich-text',
        },
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
  const w = words.value;
  return (
    <div class="field">
      <span class="field-label" id={`${id}-label`}>
        {props.label}
      </span>
      <div class="rich" data-invalid={props.remarks.some(({ level }) => level === 'block') || undefined}>
        {opened.state === 'open' && <RichToolbar editor={opened.editor} />}
        {opened.state === 'opening' && <p class="rich-wait">{w.rich.loading}</p>}
        {opened.state === 'failed' && <Message tone="bad">{w.rich.failed}</Message>}
        <div ref={place} />
      </div>
      <div id={`${id}-remarks`}>
        <Remarks remarks={props.remarks} />
      </div>
    </div>
  );
}
