import { useId } from 'preact/hooks';
import { FieldGroup } from '../parts/Field.tsx';
import { Check, Choice } from '../parts/inputs.tsx';
import { MomentField } from '../parts/MomentField.tsx';
import { words } from '../words/words.ts';
import { HoursField } from './HoursField.tsx';
import type { SlotForm } from './slot-form.ts';
import { RHYTHMS } from './slot-form.ts';

interface Fields {
  readonly form: SlotForm;
  readonly onChange: (changed: Partial<SlotForm>) => void;
}

/** 平常 or 优先; 指定日期, 每天, 工作日 or 每周; from and until. */
export function SlotFields({ form, onChange }: Fields) {
  const name = useId();
  const w = words.value.schedule;
  const dates = form.rhythm === 'dates';
  return (
    <>
      <FieldGroup label={w.priority} {...(form.priority === 'first' ? { hint: w.firstHint } : {})}>
        <Choice
          name={`${name}-priority`}
          value={form.priority}
          options={[
            { value: 'ordinary', label: w.ordinary },
            { value: 'first', label: w.first },
          ]}
          onChange={(priority) => onChange({ priority })}
        />
      </FieldGroup>
      <FieldGroup label={w.rhythm}>
        <Choice
          name={`${name}-rhythm`}
          value={form.rhythm}
          options={RHYTHMS.map((value) => ({ value, label: w[value] }))}
          onChange={(rhythm) => onChange({ rhythm })}
        />
        {form.rhythm === 'weekly' && <Weekdays form={form} onChange={onChange} />}
      </FieldGroup>
      <div class="form-pair">
        <MomentField
          label={w.from}
          withTime={dates}
          value={form.from}
          onChange={(from) => onChange({ from })}
        />
        <div>
          {!form.unlimited && (
            <MomentField
              label={w.until}
              withTime={dates}
              value={form.until}
              onChange={(until) => onChange({ until })}
            />
          )}
          <Check
            label={w.unlimited}
            checked={form.unlimited}
            onChange={(unlimited) => onChange({ unlimited })}
          />
        </div>
      </div>
      {!dates && <HoursField form={form} onChange={onChange} />}
    </>
  );
}

function Weekdays({ form: { weekdays }, onChange }: Fields) {
  return (
    <div class="checks">
      {words.value.schedule.weekdays.map((name, index) => (
        <Check
          key={name}
          label={name}
          checked={weekdays.includes(index + 1)}
          onChange={(on) =>
            onChange({
              weekdays: on ? [...weekdays, index + 1] : weekdays.filter((day) => day !== index + 1),
            })
          }
        />
      ))}
    </div>
  );
}
