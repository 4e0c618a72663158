import { useId } from 'preact/hooks';
import { say } from '../time/say.ts';
import { hall, zone } from '../time/hall.ts';
import type { Moment } from '../time/moment.ts';
import { instantOfMoment } from '../time/moment.ts';
import { words } from '../words/words.ts';
import type { FieldProps } from './Field.tsx';
import { FieldGroup } from './Field.tsx';

/** A date and a time of the hall, whatever zone this computer is in; says the day in words. */
export function MomentField(
  props: FieldProps & {
    readonly value: Moment;
    readonly onChange: (value: Moment) => void;
    readonly withTime?: boolean;
  },
) {
  const { value, onChange, withTime = true } = props;
  const id = useId();
  const w = words.value;
  const t = instantOfMoment(value, zone.value);
  const invalid = props.remarks?.some(({ level }) => level === 'block') === true || undefined;
  const elsewhere = Intl.DateTimeFormat().resolvedOptions().timeZone !== zone.value.name;
  return (
    <FieldGroup {...props}>
      <div class="moment">
        <input
          class="input"
          type="date"
          aria-label={`${props.label} ${w.fields.date}`}
          aria-describedby={`${id}-said`}
          aria-invalid={invalid}
          value={value.date}
          onInput={(event) => onChange({ ...value, date: event.currentTarget.value })}
        />
        {withTime && (
          <input
            class="input"
            type="time"
            aria-label={`${props.label} ${w.fields.time}`}
            value={value.time}
            onInput={(event) => onChange({ ...value, time: event.currentTarget.value })}
          />
        )}
        <span class="moment-said" id={`${id}-said`}>
          {t !== undefined && say.weekday(t)}
          {t !== undefined &&
            elsewhere &&
            hall.value !== null &&
            ` · ${w.fields.zone(hall.value.zone)}`}
        </span>
      </div>
    </FieldGroup>
  );
}
