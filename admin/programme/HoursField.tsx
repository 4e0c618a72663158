import { FieldGroup } from '../parts/Field.tsx';
import { Check } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';
import type { SlotForm } from './slot-form.ts';

/** The hours of each day on which a slot shows. */
export function HoursField(props: {
  readonly form: SlotForm;
  readonly onChange: (changed: Partial<SlotForm>) => void;
}) {
  const { form, onChange } = props;
  const w = words.value.schedule;
  return (
    <FieldGroup label={w.hours}>
      <div class="moment">
        <Check label={w.allDay} checked={form.allDay} onChange={(allDay) => onChange({ allDay })} />
        {!form.allDay && (
          <>
            <input
              class="input"
              type="time"
              aria-label={`${w.hours} ${w.from}`}
              value={form.opens}
              onInput={(event) => onChange({ opens: event.currentTarget.value })}
            />
            <span aria-hidden="true">–</span>
            <input
              class="input"
              type="time"
              aria-label={`${w.hours} ${w.until}`}
              value={form.closes}
              onInput={(event) => onChange({ closes: event.currentTarget.value })}
            />
          </>
        )}
      </div>
    </FieldGroup>
  );
}
