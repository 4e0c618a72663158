import { useState } from 'preact/hooks';
import type { RecordId } from '../../shared/kit/ids.ts';
import { useAction } from '../client/action.ts';
import { Message } from '../parts/Message.tsx';
import { ReasonForm } from '../parts/ReasonForm.tsx';
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
  const [noted, setNoted] = useState(false);
  const action = useAction();
  const w = words.value.publish;
  if (noted) return <Message tone="good">{w.reasonSaved}</Message>;
  if (known !== '') return null;
  const save = async (reason: string) => {
    const answer = await action.run('withdrawRecord', { id, reason });
    if (answer.ok) setNoted(true);
  };
  return (
    <ReasonForm
      label={w.reason}
      hint={w.reasonHint}
      rows={2}
      max={400}
      submit={w.saveReason}
      look="plain"
      busy={action.busy}
      failure={action.failure}
      onReason={save}
    />
  );
}
