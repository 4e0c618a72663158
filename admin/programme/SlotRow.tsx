import { useState } from 'preact/hooks';
import type { SlotView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import type { BadgeTone } from '../parts/Badge.tsx';
import { Badge } from '../parts/Badge.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { may } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';
import { sayWindow } from './say-window.ts';
import { SlotForm } from './SlotForm.tsx';

export const CLASS_TONES: Readonly<Record<SlotView['class'], BadgeTone>> = {
  default: 'grey',
  weekly: 'grey',
  dated: 'green',
  interrupt: 'amber',
  emergency: 'red',
};

/** One place on the boards, to be changed or taken out. */
export function SlotRow(props: {
  readonly slot: SlotView;
  readonly onChanged: () => void;
  /** Among slots of several records: says which one. */
  readonly titled?: boolean;
}) {
  const { slot, onChanged } = props;
  const [editing, setEditing] = useState(false);
  const removal = useAction();
  const w = words.value;
  const remove = async () => {
    const answer = await removal.run('removeSlot', { id: slot.id });
    if (answer.ok) onChanged();
  };
  return (
    <li class="slot">
      <div class="slot-line">
        <Badge tone={CLASS_TONES[slot.class]}>{w.programme.classes[slot.class]}</Badge>
        <span class="slot-what">
          {props.titled === true && (
            <a
              class="slot-title"
              href={addressOf({ page: 'record', id: slot.record, editing: false })}
            >
              {slot.title === '' ? w.content.untitled : slot.title}
            </a>
          )}
          <span class="slot-when">{sayWindow(slot.window)}</span>
          {!slot.ready && <span class="slot-waits">{w.programme.notReady}</span>}
        </span>
        {may('programme.edit') && !editing && (
          <Actions
            slot={slot}
            busy={removal.busy}
            onEdit={() => setEditing(true)}
            onRemove={() => void remove()}
          />
        )}
      </div>
      <FailureMessage failure={removal.failure} />
      {editing && (
        <SlotForm
          record={{ id: slot.record }}
          slot={slot}
          onClose={(saved) => {
            setEditing(false);
            if (saved) onChanged();
          }}
        />
      )}
    </li>
  );
}

function Actions(props: {
  readonly slot: SlotView;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { slot, busy, onEdit, onRemove } = props;
  const w = words.value;
  return (
    <span class="slot-actions">
      {(slot.class === 'default' || slot.class === 'dated') && (
        <Button look="quiet" onPress={onEdit}>
          {w.common.edit}
        </Button>
      )}
      <TwoTouch
        quiet
        first={w.programme.remove}
        second={w.programme.confirmRemove}
        busy={busy}
        onConfirm={onRemove}
      />
    </span>
  );
}
