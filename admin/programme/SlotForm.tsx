import { useState } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import type { SlotView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { Check, Choice } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { MomentField } from '../parts/MomentField.tsx';
import { now } from '../time/clock.ts';
import { zone } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { HoursField } from './HoursField.tsx';
import { newSlotId } from './new-slot-id.ts';
import type { SlotForm as Form, SlotProblem } from './slot-form.ts';
import { formOf, newForm, RHYTHMS, windowOf } from './slot-form.ts';

/** A place on the boards: how weighty, on which days, from when to when. */
export function SlotForm(props: {
  readonly record: Pick<RecordDetail, 'id'> & { readonly body?: RecordDetail['body'] };
  /** The slot to change; null for a new one. */
  readonly slot: SlotView | null;
  readonly onClose: (saved: boolean) => void;
}) {
  const { record, slot, onClose } = props;
  const [form, setForm] = useState(() => startOf(props));
  const [problem, setProblem] = useState<SlotProblem | null>(null);
  const action = useAction();
  const w = words.value.schedule;
  const set = (changed: Partial<Form>) => setForm({ ...form, ...changed });
  const submit = async () => {
    const window = windowOf(form, zone.value);
    setProblem(window.ok ? null : window.refusal);
    if (!window.ok) return;
    const answer = await action.run('putSlot', {
      id: slot?.id ?? newSlotId(),
      record: record.id,
      class: form.priority === 'first' ? 'dated' : 'default',
      window: window.value,
      order: slot?.order ?? 0,
    });
    if (answer.ok) onClose(true);
  };
  const dates = form.rhythm === 'dates';
  return (
    <form
      class="form slot-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FieldGroup label={w.priority} {...(form.priority === 'first' ? { hint: w.firstHint } : {})}>
        <Choice
          name="priority"
          value={form.priority}
          options={[
            { value: 'ordinary', label: w.ordinary },
            { value: 'first', label: w.first },
          ]}
          onChange={(priority) => set({ priority })}
        />
      </FieldGroup>
      <FieldGroup label={w.rhythm}>
        <Choice
          name="rhythm"
          value={form.rhythm}
          options={RHYTHMS.map((value) => ({ value, label: w[value] }))}
          onChange={(rhythm) => set({ rhythm })}
        />
        {form.rhythm === 'weekly' && (
          <div class="checks">
            {w.weekdays.map((name, index) => (
              <Check
                key={name}
                label={name}
                checked={form.weekdays.includes(index + 1)}
                onChange={(on) =>
                  set({
                    weekdays: on
                      ? [...form.weekdays, index + 1]
                      : form.weekdays.filter((day) => day !== index + 1),
                  })
                }
              />
            ))}
          </div>
        )}
      </FieldGroup>
      <div class="form-pair">
        <MomentField label={w.from} withTime={dates} value={form.from} onChange={(from) => set({ from })} />
        <div>
          {!form.unlimited && (
            <MomentField label={w.until} withTime={dates} value={form.until} onChange={(until) => set({ until })} />
          )}
          <Check label={w.unlimited} checked={form.unlimited} onChange={(unlimited) => set({ unlimited })} />
        </div>
      </div>
      {!dates && <HoursField form={form} onChange={set} />}
      {problem !== null && <Message tone="bad">{w.problems[problem]}</Message>}
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {action.busy ? w.busy : slot === null ? w.submit : w.update}
        </Button>
        <Button look="quiet" onPress={() => onClose(false)}>
          {words.value.common.cancel}
        </Button>
      </div>
    </form>
  );
}

function startOf({ record, slot }: Parameters<typeof SlotForm>[0]): Form {
  const place = zone.peek();
  if (slot !== null) return formOf(slot.window, slot.class === 'dated' ? 'first' : 'ordinary', place);
  const validUntil = record.body?.kind === 'notice' ? record.body.fields.validUntil : null;
  return newForm(now(), validUntil, place);
}
