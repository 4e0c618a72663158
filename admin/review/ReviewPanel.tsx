import { useState } from 'preact/hooks';
import { Check, Undo2 } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import type { Preview } from '../preview/Previews.tsx';
import { words } from '../words/words.ts';

/** [WF3] Approves the seal of the preview on this page, or sends back with a reason. */
export function ReviewPanel(props: {
  readonly detail: RecordDetail;
  readonly changed: boolean;
  readonly preview: Preview | null;
  readonly onLook: () => void;
  readonly onDone: (detail: RecordDetail) => void;
}) {
  const { detail, preview, onDone, onLook } = props;
  const [returning, setReturning] = useState(false);
  const [reason, setReason] = useState('');
  const action = useAction();
  const w = words.value.review;
  const approve = async () => {
    if (preview === null) return;
    const answer = await action.run('approveRecord', { id: detail.id, seal: preview.seal });
    if (answer.ok) onDone(answer.value);
  };
  const sendBack = async () => {
    const answer = await action.run('returnRecord', { id: detail.id, reason: reason.trim() });
    if (answer.ok) onDone(answer.value);
  };
  const changed = props.changed || action.failure?.refusal === 'changed';
  return (
    <section class="card review" aria-labelledby="review-title">
      <h2 id="review-title">{w.title}</h2>
      {changed ? (
        <Message tone="warn">
          {w.changed}
          <Button
            onPress={() => {
              action.clear();
              onLook();
            }}
          >
            {w.look}
          </Button>
        </Message>
      ) : (
        <>
          <p>{w.explain}</p>
          <FailureMessage failure={action.failure} />
          {returning ? (
            <form
              class="form"
              onSubmit={(event) => {
                event.preventDefault();
                if (reason.trim() !== '') void sendBack();
              }}
            >
              <TextArea label={w.reason} hint={w.reasonHint} rows={3} max={400} value={reason} onChange={setReason} />
              <div class="buttons">
                <Button submit look="primary" busy={action.busy} disabled={reason.trim() === ''}>
                  {w.confirmReturn}
                </Button>
                <Button look="quiet" onPress={() => setReturning(false)}>
                  {words.value.common.cancel}
                </Button>
              </div>
            </form>
          ) : (
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
          )}
        </>
      )}
    </section>
  );
}
