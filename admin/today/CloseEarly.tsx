import { useEffect, useRef, useState } from 'preact/hooks';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { TextField } from '../parts/inputs.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { words } from '../words/words.ts';

/** Why the hall closes early, and the press that does it. */
export function CloseEarly(props: {
  readonly date: string;
  readonly onClosed: () => void;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const w = words.value.day;
  const given = reason.trim();
  const close = async () => {
    const answer = await action.run('closeEarly', { date: props.date, reason: given });
    // Kept but not out: the page shows how it stands, and the failure says the rest.
    if (answer.ok) props.onClosed();
  };
  return (
    <form
      ref={form}
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') void close();
      }}
    >
      <p>{w.explain}</p>
      <TextField
        label={w.reason}
        hint={w.reasonHint}
        max={200}
        value={reason}
        onChange={setReason}
      />
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        <Button submit look="danger" busy={action.busy} disabled={given === ''}>
          {w.closeNow}
        </Button>
        <Button look="quiet" onPress={props.onCancel}>
          {words.value.common.cancel}
        </Button>
      </div>
    </form>
  );
}
