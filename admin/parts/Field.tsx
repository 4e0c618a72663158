import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { language, words } from '../words/words.ts';

/** A remark at a field. `block` must be dealt with, `note` should be known. */
export interface Remark {
  readonly level: 'block' | 'note';
  readonly zh: string;
  readonly en: string;
  readonly basis: string | null;
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly remarks?: readonly Remark[];
}

/** What the control inside needs to be tied to its label, hint and remarks. */
export interface Ties {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

export function Field(
  props: FieldProps & { readonly children: (ties: Ties) => ComponentChildren },
) {
  const id = useId();
  const { hint, remarks = [] } = props;
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(remarks.length > 0 ? [`${id}-remarks`] : []),
  ];
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
        {props.optional === true && (
          <span class="field-optional">{words.value.common.optional}</span>
        )}
      </label>
      {props.children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': remarks.some(({ level }) => level === 'block') || undefined,
      })}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Remarks id={`${id}-remarks`} remarks={remarks} />
    </div>
  );
}

/** A field of several controls: its name is a legend. */
export function FieldGroup(props: FieldProps & { readonly children: ComponentChildren }) {
  const id = useId();
  const { hint, remarks = [] } = props;
  return (
    <fieldset
      class="field"
      aria-describedby={
        hint === undefined && remarks.length === 0 ? undefined : `${id}-hint ${id}-remarks`
      }
    >
      <legend class="field-label">
        {props.label}
        {props.optional === true && (
          <span class="field-optional">{words.value.common.optional}</span>
        )}
      </legend>
      {props.children}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Remarks id={`${id}-remarks`} remarks={remarks} />
    </fieldset>
  );
}

export function Remarks({
  id,
  remarks,
}: {
  readonly id?: string;
  readonly remarks: readonly Remark[];
}) {
  if (remarks.length === 0) return null;
  return (
    <ul class="remarks" id={id}>
      {remarks.map((remark) => (
        <li key={remark.zh} class={`remark remark-${remark.level}`}>
          {language.value === 'zh' ? remark.zh : remark.en}
          {remark.basis !== null && (
            <span class="remark-basis">{words.value.editor.basis(remark.basis)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
