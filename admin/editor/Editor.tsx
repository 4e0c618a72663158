import { useEffect, useMemo, useState } from 'preact/hooks';
import { Save, Send } from 'lucide';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import { useAction } from '../client/action.ts';
import { checkBody } from '../content/body.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { Previews } from '../preview/Previews.tsx';
import { person } from '../session/session.ts';
import { go, replacePlace } from '../shell/place.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { ConflictPanel } from './ConflictPanel.tsx';
import type { Editing } from './editing.ts';
import { useEditing } from './editing.ts';
import { NoticeForm } from './NoticeForm.tsx';
import { PolicyDocumentForm } from './PolicyDocumentForm.tsx';
import type { Strictness } from './remarks.ts';

/** A record being written: the form, what it will look like, and the way to the reviewer. */
export function Editor(props: { readonly fresh: RecordBody; readonly latest: RecordDetail | null }) {
  const { fresh, latest } = props;
  const editing = useEditing({ person: person.value?.person.id ?? '', fresh, latest });
  const { body, saved, conflict } = editing;
  const [tried, setTried] = useState(saved !== null && saved.standing.state !== 'draft');
  const strictness = tried ? 'all' : saved === null ? 'nothing' : 'notes';
  const findings = useMemo(() => checkBody(body), [body]);
  const submission = useAction();
  useSaveKey(editing);
  const w = words.value;

  const save = async (): Promise<RecordDetail | null> => {
    const detail = await editing.save();
    if (detail !== null && saved === null) replacePlace({ page: 'record', id: detail.id, editing: true });
    return detail;
  };
  const submit = async () => {
    setTried(true);
    if (findings.some(({ level }) => level === 'block')) return;
    const detail = editing.dirty || saved === null ? await editing.save() : saved;
    if (detail === null) return;
    const answer = await submission.run('submitRecord', { id: detail.id, revision: detail.revision });
    if (answer.ok) go({ page: 'record', id: detail.id, editing: false });
    else if (saved === null) replacePlace({ page: 'record', id: detail.id, editing: true });
  };

  if (conflict !== null) return <ConflictPanel editing={editing} theirs={conflict} />;
  const blocks = findings.filter(({ level }) => level === 'block').length;
  return (
    <div class="editor">
      <div class="editor-form">
        {editing.recoveredAt !== null && (
          <Message tone="info">
            {w.editor.recovered(say.when(editing.recoveredAt))}
            <Button look="quiet" onPress={editing.takeSaved}>
              {w.editor.discard}
            </Button>
          </Message>
        )}
        {!editing.kept && <Message tone="warn">{w.conflict.notKept}</Message>}
        {tried && blocks > 0 && <Message tone="warn">{w.editor.blocked(blocks)}</Message>}
        <div class="card">
          <Form editing={editing} findings={findings} strictness={strictness} />
        </div>
        <div class="save-bar">
          <FailureMessage failure={editing.action.failure ?? submission.failure} />
          <p class="save-state" role="status">
            {stateOf(editing)}
          </p>
          <Button icon={Save} busy={editing.action.busy} disabled={!editing.dirty && saved !== null} onPress={() => void save()}>
            {editing.action.busy ? w.editor.saving : w.common.save}
          </Button>
          <Button look="primary" icon={Send} busy={submission.busy || editing.action.busy} onPress={() => void submit()}>
            {submission.busy ? w.editor.submitting : editing.dirty ? w.editor.saveAndSubmit : w.editor.submit}
          </Button>
        </div>
      </div>
      <div class="editor-side">
        {saved === null ? (
          <section class="previews previews-first">
            <h2>{w.preview.title}</h2>
            <p class="empty">{w.preview.first}</p>
          </section>
        ) : (
          <Previews record={saved} outdated={editing.dirty} />
        )}
      </div>
    </div>
  );
}

function Form(props: {
  readonly editing: Editing;
  readonly findings: ReturnType<typeof checkBody>;
  readonly strictness: Strictness;
}) {
  const { editing, findings, strictness } = props;
  const { body, change, generation } = editing;
  const common = { findings, strictness, generation };
  switch (body.kind) {
    case 'notice':
      return <NoticeForm {...common} fields={body.fields} onChange={(fields) => change({ kind: 'notice', fields })} />;
    case 'policy-document':
      return (
        <PolicyDocumentForm
          {...common}
          fields={body.fields}
          onChange={(fields) => change({ kind: 'policy-document', fields })}
        />
      );
  }
}

function stateOf({ dirty, saved, action }: Editing): string {
  const w = words.value.editor;
  if (action.busy) return w.saving;
  if (dirty) return w.unsaved;
  return saved === null ? w.never : w.saved(say.when(saved.changedAt));
}

/** Ctrl+S saves, as everywhere; the browser's own answer would be to store the page. */
function useSaveKey(editing: Editing): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (editing.dirty && !editing.action.busy) void editing.save();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
