import { useState } from 'preact/hooks';
import { CalendarPlus, Zap } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { SlotForm } from '../programme/SlotForm.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';

/** 上大屏 and 立即插播, each to those who may. */
export function BoardActions(props: {
  readonly detail: RecordDetail;
  readonly onDone: (done: 'scheduled' | 'interrupted') => void;
}) {
  const { detail, onDone } = props;
  const [scheduling, setScheduling] = useState(false);
  const action = useAction();
  const { publish: w, colon } = words.value;
  const schedules = may('programme.edit');
  const interrupt = async () => {
    const answer = await action.run('interrupt', { record: detail.id });
    if (answer.ok) onDone('interrupted');
  };
  if (scheduling) {
    return (
      <SlotForm
        record={detail}
        slot={null}
        onClose={(saved) => {
          setScheduling(false);
          if (saved) onDone('scheduled');
        }}
      />
    );
  }
  return (
    <>
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        {schedules && (
          <Button look="primary" icon={CalendarPlus} onPress={() => setScheduling(true)}>
            {w.toBoards}
          </Button>
        )}
        {detail.may.interrupt && (
          <Button icon={Zap} busy={action.busy} onPress={() => void interrupt()}>
            {w.interrupt}
          </Button>
        )}
      </div>
      <ul class="field-hint">
        {schedules && <li>{w.toBoards + colon + w.toBoardsHint}</li>}
        {detail.may.interrupt && <li>{w.interrupt + colon + w.interruptHint}</li>}
      </ul>
    </>
  );
}
