import { useState } from 'preact/hooks';
import { Button } from '../parts/Button.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';

/** What the author is told to change. */
export function ReturnForm(props: {
  readonly busy: boolean;
  readonly onReturn: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  const w = words.value.review;
  const given = reason.trim();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') void props.onReturn(given);
      }}
    >
      <TextArea
        label={w.reason}
        hint={w.reasonHint}
        rows={3}
        max={400}
        value={reason}
        onChange={setReason}
      />
      <div class="buttons">
        <Button submit look="primary" busy={props.busy} disabled={given === ''}>
          {w.confirmReturn}
        </Button>
        <Button look="quiet" onPress={props.onCancel}>
          {words.value.common.cancel}
        </Button>
      </div>
    </form>
  );
}
