import type { JSX } from 'preact';
import { words } from '../words/words.ts';
import type { FieldProps } from './Field.tsx';
import { Field } from './Field.tsx';
import type { InputProps } from './Input.tsx';
import { Input } from './Input.tsx';

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max?: number;
  readonly disabled?: boolean;
  readonly type?: InputProps['type'];
  readonly autocomplete?: InputProps['autocomplete'];
}

export function TextField(props: TextProps) {
  const { type = 'text', autocomplete = 'off', value, max, disabled, onChange } = props;
  return (
    <Field {...props}>
      {(ties) => <Input {...ties} {...{ type, autocomplete, value, max, disabled, onChange }} />}
    </Field>
  );
}

export function TextArea(props: TextProps & { readonly rows: number }) {
  const { value, onChange, max, rows } = props;
  return (
    <Field {...props}>
      {(ties) => (
        <div class="area">
          <textarea
            {...ties}
            class="input"
            rows={rows}
            value={value}
            maxLength={max}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          {max !== undefined && (
            <span class="area-count">{words.value.common.characters(value.length, max)}</span>
          )}
        </div>
      )}
    </Field>
  );
}

export function Select<Value extends string>(
  props: FieldProps & {
    readonly value: Value;
    readonly options: readonly { readonly value: Value; readonly label: string }[];
    readonly onChange: (value: Value) => void;
    readonly disabled?: boolean;
  },
) {
  const { value, options, onChange } = props;
  return (
    <Field {...props}>
      {(ties) => (
        <select
          {...ties}
          class="input select"
          value={value}
          disabled={props.disabled}
          onChange={(event) => {
            const chosen = options[event.currentTarget.selectedIndex];
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

/** One of a few, all in sight. */
export function Choice<Value extends string>(props: {
  readonly name: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}): JSX.Element {
  return (
    <div class="choice">
      {props.options.map((option) => (
        <label key={option.value} class="choice-option">
          <input
            type="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
