import { useId } from 'preact/hooks';
import { Plus } from 'lucide';
import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import { Button } from '../parts/Button.tsx';
import type { Remark } from '../parts/Field.tsx';
import { Remarks } from '../parts/Field.tsx';
import { TextField } from '../parts/inputs.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { words } from '../words/words.ts';
import { EMPTY_TEXT } from './rich-json.ts';
import { RichTextField } from './RichTextField.tsx';
import { usePartKeys } from './part-keys.ts';

type Parts = PolicyDocumentFields['parts'];

const PARTS_MAX = 20;

/** 转发语, 方案, 附件…: each with its own title and text. */
export function PartsField(props: {
  readonly parts: Parts;
  readonly generation: number;
  readonly remarks: (field: string) => readonly Remark[];
  readonly onChange: (parts: Parts) => void;
}) {
  const { parts, generation, remarks, onChange } = props;
  const keys = usePartKeys(parts.length, generation);
  const id = useId();
  const w = words.value.fields;
  const set = (index: number, changed: Partial<Parts[number]>) =>
    onChange(parts.map((part, i) => (i === index ? { ...part, ...changed } : part)));
  return (
    <section class="parts" aria-labelledby={id}>
      <h2 class="field-label" id={id}>
        {w.parts}
      </h2>
      <Remarks remarks={remarks('parts')} />
      {parts.map((part, index) => (
        <div class="part" key={keys.of(index)}>
          <div class="part-head">
            <h3>{w.part(index + 1)}</h3>
            {parts.length > 1 && (
              <TwoTouch
                quiet
                first={w.removePart}
                second={w.removePartConfirm}
                onConfirm={() => {
                  keys.remove(index);
                  onChange(parts.filter((_, i) => i !== index));
                }}
              />
            )}
          </div>
          <TextField
            label={w.partTitle}
            max={200}
            value={part.title}
            remarks={remarks(`parts.${index}.title`)}
            onChange={(title) => set(index, { title })}
          />
          <RichTextField
            label={w.partBody}
            value={part.body}
            remarks={remarks(`parts.${index}.body`)}
            onChange={(body) => set(index, { body })}
          />
        </div>
      ))}
      {parts.length < PARTS_MAX && (
        <Button icon={Plus} onPress={() => onChange([...parts, { title: '', body: EMPTY_TEXT }])}>
          {w.addPart}
        </Button>
      )}
    </section>
  );
}
