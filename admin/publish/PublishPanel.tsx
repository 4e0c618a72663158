import { useState } from 'preact/hooks';
import { CalendarPlus, MonitorOff, Zap } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { RecordSlots } from '../programme/RecordSlots.tsx';
import { SlotForm } from '../programme/SlotForm.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { Progress } from './Progress.tsx';
import { WithdrawalReason } from './WithdrawalReason.tsx';

type Done = 'nothing' | 'scheduled' | 'interrupted' | 'withdrawn';

/** A public record: onto the boards, at once, or down; then every screen confirming. */
export function PublishPanel(props: {
  readonly detail: RecordDetail;
  readonly onDone: (detail: RecordDetail) => void;
  /** Beside a form: only taking down and its confirmation. */
  readonly brief?: boolean;
}) {
  const { detail, onDone, brief = false } = props;
  const [scheduling, setScheduling] = useState(false);
  const [done, setDone] = useState<Done>('nothing');
  const withdrawal = useAction();
  const interruption = useAction();
  const w = words.value.publish;
  const live = detail.publicity.state === 'published';
  const onBoards = detail.body.fields.carriers.includes('board');
  const withdraw = async () => {
    const answer = await withdrawal.run('withdrawRecord', { id: detail.id });
    if (!answer.ok) return;
    setDone('withdrawn');
    onDone(answer.value);
  };
  const interrupt = async () => {
    const answer = await interruption.run('interrupt', { record: detail.id });
    if (answer.ok) setDone('interrupted');
  };
  return (
    <section class="card publish" aria-labelledby="publish-title">
      <div class="publish-head">
        <h2 id="publish-title">{w.title}</h2>
        {live && detail.may.withdraw && (
          <TwoTouch
            first={w.withdraw}
            second={w.withdrawConfirm}
            icon={MonitorOff}
            busy={withdrawal.busy}
            onConfirm={() => void withdraw()}
          />
        )}
      </div>
      <FailureMessage failure={withdrawal.failure ?? interruption.failure} />
      <Outcome done={done} />
      {detail.publicity.state === 'withdrawn' && detail.may.withdraw && <WithdrawalReason id={detail.id} />}
      {live && !brief && onBoards && (
        <>
          <div class="buttons">
            {may('programme.edit') && !scheduling && (
              <Button look="primary" icon={CalendarPlus} onPress={() => setScheduling(true)}>
                {w.toBoards}
              </Button>
            )}
            {detail.may.interrupt && (
              <Button icon={Zap} busy={interruption.busy} onPress={() => void interrupt()}>
                {w.interrupt}
              </Button>
            )}
          </div>
          {!scheduling && (
            <ul class="field-hint hints">
              {may('programme.edit') && <li>{w.toBoards + words.value.colon + w.toBoardsHint}</li>}
              {detail.may.interrupt && <li>{w.interrupt + words.value.colon + w.interruptHint}</li>}
            </ul>
          )}
          {scheduling && (
            <SlotForm
              record={detail}
              slot={null}
              onClose={(saved) => {
                setScheduling(false);
                if (saved) setDone('scheduled');
              }}
            />
          )}
          <RecordSlots record={detail.id} />
        </>
      )}
      {(!brief || done !== 'nothing') && <Progress withdrawn={!live} />}
    </section>
  );
}

function Outcome({ done }: { readonly done: Done }) {
  const w = words.value.publish;
  if (done === 'nothing') return null;
  return <Message tone="good">{w[done]}</Message>;
}
