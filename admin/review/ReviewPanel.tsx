import { useState } from 'preact/hooks';
import { Check, Undo2 } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import type { Action } from '../client/action.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { ReasonForm } from '../parts/ReasonForm.tsx';
import type { Preview } from '../preview/Previews.tsx';
import { words } from '../words/words.ts';

export interface ReviewProps {
  readonly detail: RecordDetail;
  /** Somebody changed it since it was opened. */
  readonly changed: boolean;
  /** What the reviewer sees; null while it is being drawn. */
  readonly preview: Preview | null;
  readonly onLook: () => void;
  readonly onDone: (detail: RecordDetail) => void;
}

/** [WF3] Approves the seal of the preview on this page, or sends back with a reason. */
export function ReviewPanel(props: ReviewProps) {
  const action = useAction();
  const w = words.value.review;
  const changed = props.changed || action.failure?.refusal === 'changed';
  const look = () => {
    action.clear();
    props.onLook();
  };
  return (
    <section class="card review" aria-labelledby="review-title">
      <h2 id="review-title">{w.title}</h2>
      {changed ? (
        <Message tone="warn">
          {w.changed}
          <Button onPress={look}>{w.look}</Button>
        </Message>
      ) : (
        <>
          <p>{w.explain}</p>
          <FailureMessage failure={action.failure} />
          <Decision {...props} action={action} />
        </>
      )}
    </section>
  );
}

function Decision({ detail, preview, onDone, action }: ReviewProps & { readonly action: Action }) {
  const [returning, setReturning] = useState(false);
  const w = words.value.review;
  const approve = async () => {
    if (preview === null) return;
    const answer = await action.run('approveRecord', { id: detail.id, seal: preview.seal });
    if (answer.ok) onDone(answer.value);
  };
  const sendBack = async (reason: string) => {
    const answer = await action.run('returnRecord', { id: detail.id, reason });
    if (answer.ok) onDone(answer.value);
  };
  if (returning) {
    return (
      <ReasonForm
        label={w.reason}
        hint={w.reasonHint}
        rows={3}
        max={400}
        submit={w.confirmReturn}
        look="primary"
        busy={action.busy}
        onReason={sendBack}
        onCancel={() => setReturning(false)}
      />
    );
  }
  return (
    <div class="buttons">
      <Button
        look="primary"
        icon={Check}
        busy={action.busy}
        disabled={preview === null}
        describedBy="review-wait"
        onPress={() => void approve()}
      >
        {action.busy ? w.approving : w.approve}
      </Button>
      <Button icon={Undo2} onPress={() => setReturning(true)}>
        {w.sendBack}
      </Button>
      <span id="review-wait" class="field-hint">
        {preview === null ? w.seeFirst : ''}
      </span>
    </div>
  );
}
