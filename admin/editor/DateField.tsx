import { parseDate } from '../../shared/domain/civil.ts';
import type { FieldProps } from '../parts/Field.tsx';
import { Field } from '../parts/Field.tsx';

/** A day, `YYYY-MM-DD`, or none. */
export function DateField(
  props: FieldProps & {
    readonly value: string | null;
    readonly onChange: (value: string | null) => void;
  },
) {
  return (
    <Field {...props} optional>
      {(ties) => (
        <input
          {...ties}
          class="input"
          type="date"
          value={props.value ?? ''}
          onInput={({ currentTarget: { value } }) =>
            props.onChange(parseDate(value) === undefined ? null : value)
          }
        />
      )}
    </Field>
  );
}
