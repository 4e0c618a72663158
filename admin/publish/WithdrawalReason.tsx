import { useState } from 'preact/hooks';
import type { RecordId } from '../../shared/kit/ids.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';

/** Asked after the content is down: nobody should have to type first. */
export function WithdrawalReason({
  id,
  known,
}: {
  readonly id: RecordId;
  /** The reason that was given; empty when none was. */
  readonly known: string;
}) {
  const [reason, setReason] = useState('');
  const [noted, setNoted] = useState(false);
  const action = useAction();
  const w = words.value.publish;
  if (noted) return <Message tone="good">{w.reasonSaved}</Message>;
  if (known !== '') return null;
  const save = async () => {
    const answer = await action.run('withdrawRecord', { id, reason: reason.trim() });
    if (answer.ok) setNoted(true);
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void save();
      }}
    >
      <FailureMessage failure={action.failure} />
      <TextArea
        label={w.reason}
        hint={w.reasonHint}
        rows={2}
        max={400}
        value={reason}
        onChange={setReason}
      />
      <div class="buttons">
        <Button submit busy={action.busy} disabled={reason.trim() === ''}>
          {w.saveReason}
        </Button>
      </div>
    </form>
  );
}
