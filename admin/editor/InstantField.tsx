import { useState } from 'preact/hooks';
import type { FieldProps } from '../parts/Field.tsx';
import { MomentField } from '../parts/MomentField.tsx';
import { zone } from '../time/hall.ts';
import { instantOfMoment, momentOf } from '../time/moment.ts';

/** An instant as date and time of the hall. Half-typed values stay on the page and count as none. */
export function InstantField(
  props: FieldProps & {
    readonly value: number | null;
    readonly onChange: (value: number | null) => void;
  },
) {
  const [moment, setMoment] = useState(() => momentOf(props.value, zone.peek()));
  return (
    <MomentField
      {...props}
      value={moment}
      onChange={(next) => {
        setMoment(next);
        props.onChange(instantOfMoment(next, zone.value) ?? null);
      }}
    />
  );
}
