import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../client/client.ts';
import { words } from '../words/words.ts';
import type { ButtonProps } from './Button.tsx';
import { Button } from './Button.tsx';
import { TextArea } from './inputs.tsx';
import { FailureMessage } from './Message.tsx';

/** Why something is done, and the press that does it; nothing is done without a reason. */
export function ReasonForm(props: {
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
  readonly max: number;
  readonly submit: string;
  readonly look: NonNullable<ButtonProps['look']>;
  readonly busy: boolean;
  readonly failure?: Failure | null;
  /** Whether the field takes the focus: it was asked for by a press. */
  readonly focus?: boolean;
  readonly onReason: (reason: string) => Promise<void>;
  readonly onCancel?: () => void;
  /** What goes before the field. */
  readonly children?: ComponentChildren;
}) {
  const { label, hint, rows, max, busy, focus = false, failure = null, onCancel } = props;
  const [reason, setReason] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (focus) form.current?.querySelector('textarea')?.focus();
  }, [focus]);
  const given = reason.trim();
  return (
    <form
      ref={form}
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') void props.onReason(given);
      }}
    >
      {props.children}
      <FailureMessage failure={failure} />
      <TextArea {...{ label, hint, rows, max }} value={reason} onChange={setReason} />
      <div class="buttons">
        <Button submit look={props.look} busy={busy} disabled={given === ''}>
          {props.submit}
        </Button>
        {onCancel !== undefined && (
          <Button look="quiet" onPress={onCancel}>
            {words.value.common.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
