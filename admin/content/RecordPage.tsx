import { useRef } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { Resource } from '../client/resource.ts';
import { useResource } from '../client/resource.ts';
import { Editor } from '../editor/Editor.tsx';
import { draftName, recallDraft } from '../editor/kept-draft.ts';
import { Await } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { PublishPanel } from '../publish/PublishPanel.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';
import { RecordHead } from './RecordHead.tsx';
import { RecordView } from './RecordView.tsx';

export function RecordPage(props: { readonly id: string; readonly editing: boolean }) {
  const w = words.value;
  if (!isRecordId(props.id)) {
    return (
      <section class="page">
        <Message tone="warn">{w.record.missing}</Message>
      </section>
    );
  }
  return <KnownRecord key={props.id} {...props} />;
}

function KnownRecord(props: { readonly id: string; readonly editing: boolean }) {
  const record = useResource('record', { id: id(isRecordId, props.id) }, ['records']);
  const { loaded } = record;
  if (loaded.state === 'failed' && loaded.failure.refusal === 'not-found') {
    return (
      <section class="page">
        <Message tone="warn">{words.value.record.missing}</Message>
      </section>
    );
  }
  return (
    <section class="page page-wide">
      <Await of={record}>
        {(detail) => <Opened detail={detail} record={record} editing={props.editing} />}
      </Await>
    </section>
  );
}

/**
 * Drafts open in the form; what is submitted or public opens to be read. Whoever has typed stays in
 * the form when somebody else hands the record in: only there are the two versions merged.
 */
function Opened(props: {
  readonly detail: RecordDetail;
  readonly record: Resource<RecordDetail>;
  readonly editing: boolean;
}) {
  const { detail, record } = props;
  const { state } = detail.standing;
  const wrote = useRef(false);
  const typed = wrote.current && hasUnsaved(detail.id);
  const writes =
    detail.may.edit && (props.editing || state === 'draft' || state === 'returned' || typed);
  wrote.current = writes;
  return (
    <>
      <RecordHead detail={detail} writes={writes} />
      {writes ? (
        <>
          {detail.publicity.state === 'published' && (
            <PublishPanel detail={detail} onDone={record.replace} brief />
          )}
          <Editor fresh={detail.body} latest={detail} />
        </>
      ) : (
        <RecordView detail={detail} onDone={record.replace} />
      )}
    </>
  );
}

function hasUnsaved(record: string): boolean {
  const name = draftName(person.value?.person.id ?? '', record);
  return recallDraft(localStorage, name) !== null;
}
