import { useState } from 'preact/hooks';
import type { Remark } from '../parts/Field.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';

const ISSUERS_MAX = 8;

/** 发文机关, one on each line. Empty lines stay while typing and count as none. */
export function IssuersField(props: {
  readonly value: readonly string[];
  readonly remarks: readonly Remark[];
  readonly onChange: (value: string[]) => void;
}) {
  const [text, setText] = useState(props.value.join('\n'));
  const w = words.value.fields;
  return (
    <TextArea
      label={w.issuers}
      hint={w.issuersHint}
      rows={2}
      value={text}
      remarks={props.remarks}
      onChange={(next) => {
        setText(next);
        props.onChange(issuersOf(next));
      }}
    />
  );
}

export function issuersOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, ISSUERS_MAX);
}
