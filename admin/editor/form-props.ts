import type { Finding } from '../../shared/records/kind.ts';
import { words } from '../words/words.ts';
import type { Strictness } from './remarks.ts';
import { remarksFor } from './remarks.ts';

/** What the form of any kind is given. */
export interface FormProps<Fields> {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
  readonly findings: readonly Finding[];
  readonly strictness: Strictness;
  /** Grows when the fields were replaced from outside: what keeps its own text starts over. */
  readonly generation: number;
}

type FieldName = keyof typeof words.value.fields;

/** What a form's controls share: changing some fields, and all that the control of a text needs. */
export function bindFields<
  Text extends FieldName,
  Fields extends { readonly [name in Text]: string },
>({ fields, onChange, findings, strictness }: FormProps<Fields>) {
  const remarks = remarksFor(findings, strictness);
  const set = (changed: Partial<Fields>): void => onChange({ ...fields, ...changed });
  const text = (name: Text) => ({
    label: words.value.fields[name],
    value: fields[name],
    remarks: remarks(name),
    onChange: (value: string): void => onChange({ ...fields, [name]: value }),
  });
  return { remarks, set, text };
}
