import { useAction } from '../client/action.ts';
import { ReasonForm } from '../parts/ReasonForm.tsx';
import { words } from '../words/words.ts';

/** Why the hall closes early, and the press that does it. */
export function CloseEarly(props: {
  readonly date: string;
  readonly onClosed: () => void;
  readonly onCancel: () => void;
}) {
  const action = useAction();
  const w = words.value.day;
  const close = async (reason: string) => {
    const answer = await action.run('closeEarly', { date: props.date, reason });
    if (answer.ok) props.onClosed();
  };
  return (
    <ReasonForm
      label={w.reason}
      hint={w.reasonHint}
      rows={2}
      max={200}
      submit={w.closeNow}
      look="danger"
      busy={action.busy}
      failure={action.failure}
      focus
      onReason={close}
      onCancel={props.onCancel}
    >
      <p>{w.explain}</p>
    </ReasonForm>
  );
}
