import { useState } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import type { SlotView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { now } from '../time/clock.ts';
import { zone } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { newSlotId } from './new-slot-id.ts';
import type { SlotForm as Form, SlotProblem } from './slot-form.ts';
import { formOf, newForm, windowOf } from './slot-form.ts';
import { SlotFields } from './SlotFields.tsx';

interface SlotFormProps {
  readonly record: Pick<RecordDetail, 'id'> & { readonly body?: RecordDetail['body'] };
  /** The slot to change; null for a new one. */
  readonly slot: SlotView | null;
  readonly onClose: (saved: boolean) => void;
}

/** A place on the boards: how weighty, on which days, from when to when. */
export function SlotForm(props: SlotFormProps) {
  const { record, slot, onClose } = props;
  const [form, setForm] = useState(() => startOf(props));
  const [problem, setProblem] = useState<SlotProblem | null>(null);
  const action = useAction();
  const w = words.value.schedule;
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
  return (
    <form
      class="form slot-form"
      aria-label={words.value.publish.toBoards}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SlotFields form={form} onChange={(changed) => setForm({ ...form, ...changed })} />
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

function startOf({ record, slot }: SlotFormProps): Form {
  const place = zone.peek();
  if (slot !== null)
    return formOf(slot.window, slot.class === 'dated' ? 'first' : 'ordinary', place);
  const validUntil = record.body?.kind === 'notice' ? record.body.fields.validUntil : null;
  return newForm(now(), validUntil, place);
}
