import { useState } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { readBody } from '../editor/read-body.ts';
import { Message } from '../parts/Message.tsx';
import type { Preview } from '../preview/Previews.tsx';
import { Previews } from '../preview/Previews.tsx';
import { PublishPanel } from '../publish/PublishPanel.tsx';
import { RichRead } from './RichRead.tsx';
import type { ReviewProps } from '../review/ReviewPanel.tsx';
import { ReviewPanel } from '../review/ReviewPanel.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';

/** A record to be read: reviewed when it waits for that, put on screens once it is public. */
export function RecordView(props: {
  readonly detail: RecordDetail;
  readonly onDone: (detail: RecordDetail) => void;
}) {
  // [WF3] What a reviewer looks at stays as it was; a change made meanwhile is announced instead.
  const [seen, setSeen] = useState(props.detail);
  const [preview, setPreview] = useState<Preview | null>(null);
  const reviewing = seen.standing.state === 'submitted' && seen.may.review;
  const changed = reviewing && seen.revision !== props.detail.revision;
  const detail = changed ? seen : props.detail;
  const onDone = (done: RecordDetail) => {
    setSeen(done);
    props.onDone(done);
  };
  const look = () => {
    setPreview(null);
    setSeen(props.detail);
  };
  return (
    <div class="editor">
      <div class="editor-form">
        {detail.standing.state === 'submitted' && (
          <Review
            detail={detail}
            changed={changed}
            preview={preview}
            onLook={look}
            onDone={onDone}
          />
        )}
        {detail.publicity.state === 'published' && <PublishPanel detail={detail} onDone={onDone} />}
        {['held', 'withdrawing', 'withdrawn'].includes(detail.publicity.state) && (
          <PublishPanel detail={detail} onDone={onDone} brief />
        )}
        <Facts detail={detail} />
      </div>
      <div class="editor-side">
        <Previews record={detail} outdated={false} onSeen={setPreview} />
      </div>
    </div>
  );
}

function Review(props: ReviewProps) {
  const w = words.value.review;
  const me = person.value?.person.id;
  if (props.detail.may.review) return <ReviewPanel {...props} />;
  const wrote = props.detail.authors.some((author) => author.id === me);
  return <Message tone="info">{wrote ? w.ownWork : w.waiting}</Message>;
}

function Facts({ detail }: { readonly detail: RecordDetail }) {
  const w = words.value;
  return (
    <section class="card facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{w.record.facts}</h2>
      <dl>
        {readBody(detail.body, w).map(({ label, value, long, rich }) => (
          <div key={label} class={long ? 'fact fact-long' : 'fact'}>
            <dt>{label}</dt>
            <dd>
              {rich !== undefined && <RichRead text={rich} />}
              {rich === undefined && value.trim() === '' && (
                <span class="fact-none">{w.common.none}</span>
              )}
              {rich === undefined && value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
