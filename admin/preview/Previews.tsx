import { useEffect } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { BoardPreview } from './BoardPreview.tsx';
import { TouchPreview } from './TouchPreview.tsx';

export type Preview = OutputOf<'previewRecord'>;

/**
 * The saved record as the touch page and each board show it: rendered by the server as it would be
 * published, drawn by the real stage, so that what is reviewed is what will be seen.
 */
export function Previews(props: {
  readonly record: RecordDetail;
  readonly outdated: boolean;
  readonly onSeen?: (preview: Preview) => void;
}) {
  const { record, outdated } = props;
  const w = words.value.preview;
  return (
    <section class="previews" aria-labelledby="previews-title">
      <div class="previews-head">
        <h2 id="previews-title">{w.title}</h2>
        <p class={outdated ? 'previews-state previews-outdated' : 'previews-state'}>
          {outdated ? w.outdated : w.saved(say.when(record.changedAt))}
        </p>
      </div>
      <PreviewsOf key={`${record.id}/${record.revision}`} {...props} />
    </section>
  );
}

function PreviewsOf({
  record,
  onSeen,
}: {
  readonly record: RecordDetail;
  readonly onSeen?: (preview: Preview) => void;
}) {
  const preview = useResource('previewRecord', { id: record.id }, []);
  const { loaded } = preview;
  useEffect(() => {
    if (loaded.state === 'ready') onSeen?.(loaded.value);
  }, [loaded]);
  return <Await of={preview}>{(value) => <Drawn preview={value} />}</Await>;
}

function Drawn({ preview }: { readonly preview: Preview }) {
  const boards = Object.entries(preview.boards);
  return (
    <div class="previews-list">
      {boards.map(([profile, pages]) => (
        <BoardPreview key={profile} profile={profile} pages={pages} />
      ))}
      {boards.length === 0 && <Message tone="info">{words.value.preview.notCarried}</Message>}
      <TouchPreview preview={preview} />
    </div>
  );
}
