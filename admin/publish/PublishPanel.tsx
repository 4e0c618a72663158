import { useState } from 'preact/hooks';
import { MonitorOff } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { useAction } from '../client/action.ts';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { RecordSlots } from '../programme/RecordSlots.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { BoardActions } from './BoardActions.tsx';
import { Progress } from './Progress.tsx';
import { WithdrawalReason } from './WithdrawalReason.tsx';

export type Done = 'nothing' | 'scheduled' | 'interrupted' | 'withdrawn';

/** A public record: onto the boards, at once, or down; then every screen confirming. */
export function PublishPanel(props: {
  readonly detail: RecordDetail;
  readonly onDone: (detail: RecordDetail) => void;
  /** Beside a form: only taking down and its confirmation. */
  readonly brief?: boolean;
}) {
  const { detail, onDone, brief = false } = props;
  const [done, setDone] = useState<Done>('nothing');
  const withdrawal = useAction();
  const w = words.value.publish;
  const { publicity } = detail;
  const live = publicity.state === 'published';
  const down = publicity.state === 'withdrawn' || publicity.state === 'withdrawing';
  const withdraw = async () => {
    const answer = await withdrawal.run('withdrawRecord', { id: detail.id });
    if (!answer.ok) return;
    setDone('withdrawn');
    onDone(answer.value);
  };
  return (
    <section class="card publish" aria-labelledby="publish-title">
      <div class="publish-head">
        <h2 id="publish-title">{w.title}</h2>
        {detail.may.withdraw && (
          <TwoTouch
            first={w.withdraw}
            second={w.withdrawConfirm}
            icon={MonitorOff}
            busy={withdrawal.busy}
            onConfirm={() => void withdraw()}
          />
        )}
      </div>
      <FailureMessage failure={withdrawal.failure} />
      {done !== 'nothing' && <Message tone="good">{w[done]}</Message>}
      {down && may('record.withdraw', detail.department) && (
        <WithdrawalReason id={detail.id} known={publicity.reason} />
      )}
      {live && !brief && detail.body.fields.carriers.includes('board') && (
        <>
          <BoardActions detail={detail} onDone={setDone} />
          <RecordSlots record={detail.id} />
        </>
      )}
      {(!brief || !live || done !== 'nothing') && <Progress withdrawn={down} />}
    </section>
  );
}
