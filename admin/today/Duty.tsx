import { useState } from 'preact/hooks';
import type { DayView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import { useResource } from '../client/resource.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';

/** 值班人员: anyone of the hall, with an account or without one. */
export function Duty({
  day,
  onChanged,
}: {
  readonly day: DayView;
  readonly onChanged: () => void;
}) {
  const [editing, setEditing] = useState(false);
  const w = words.value.day;
  if (editing) {
    const close = () => {
      setEditing(false);
      onChanged();
    };
    return <DutyForm day={day} onDone={close} onCancel={() => setEditing(false)} />;
  }
  return (
    <div class="day-duty">
      <p>
        {w.duty}
        {words.value.colon}
        <strong>{day.duty === null ? w.noDuty : day.duty.name}</strong>
      </p>
      <p class="field-hint">{w.dutyHint}</p>
      {may('hall.day') && (
        <div class="buttons">
          <Button look="quiet" onPress={() => setEditing(true)}>
            {day.duty === null ? w.putDuty : w.changeDuty}
          </Button>
        </div>
      )}
    </div>
  );
}

const NAMES = 'duty-names';

function DutyForm(props: {
  readonly day: DayView;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { day, onDone, onCancel } = props;
  const [name, setName] = useState(day.duty?.name ?? '');
  const people = useResource('people', {}, []);
  const action = useAction();
  const w = words.value.day;
  const save = async () => {
    const answer = await action.run('putDuty', { date: day.date, name: name.trim() });
    if (answer.ok) onDone();
  };
  return (
    <form
      class="form day-duty"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={w.duty} hint={w.dutyChoose}>
        {(ties) => (
          <input
            {...ties}
            class="input"
            list={NAMES}
            autocomplete="off"
            maxLength={40}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <datalist id={NAMES}>
        {people.loaded.state === 'ready' &&
          people.loaded.value.people
            .filter(({ standing }) => standing === 'open')
            .map((person) => (
              <option key={person.id} value={person.name}>
                {person.post}
              </option>
            ))}
      </datalist>
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        <Button submit look="primary" busy={action.busy}>
          {words.value.common.save}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {words.value.common.cancel}
        </Button>
      </div>
    </form>
  );
}
