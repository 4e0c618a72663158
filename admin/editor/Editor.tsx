import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import type { Finding } from '../../shared/records/kind.ts';
import { useAction } from '../client/action.ts';
import { checkBody } from '../content/body.ts';
import { Button } from '../parts/Button.tsx';
import { Message } from '../parts/Message.tsx';
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
import { SaveBar } from './SaveBar.tsx';

/** A record being written: the form, what it will look like, and the way to the reviewer. */
export function Editor(props: {
  readonly fresh: RecordBody;
  readonly latest: RecordDetail | null;
}) {
  const editing = useEditing({ person: person.value?.person.id ?? '', ...props });
  const { body, saved, conflict } = editing;
  const findings = useMemo(() => checkBody(body), [body]);
  const blocks = findings.filter(({ level }) => level === 'block').length;
  const [tried, setTried] = useState(saved !== null && saved.standing.state !== 'draft');
  const strictness = tried ? 'all' : saved === null ? 'nothing' : 'notes';
  const form = useRef<HTMLDivElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>(FIRST_TO_COMPLETE)?.focus();
  }, [refusals]);
  const submission = useSubmission(editing);
  useBackInForm(form, conflict === null);
  // A third save begins the comparison anew: what was chosen was chosen between other texts.
  if (conflict !== null)
    return <ConflictPanel key={conflict.revision} editing={editing} theirs={conflict} />;
  const submit = () => {
    setTried(true);
    if (blocks > 0) setRefusals(refusals + 1);
    else void submission.submit();
  };
  return (
    <div class="editor">
      <div class="editor-form">
        <Recovered editing={editing} />
        {!editing.kept && <Message tone="warn">{words.value.conflict.notKept}</Message>}
        {tried && blocks > 0 && <Message tone="warn">{words.value.editor.blocked(blocks)}</Message>}
        <div class="card editor-fields" ref={form} tabIndex={-1}>
          <Form editing={editing} findings={findings} strictness={strictness} />
        </div>
        <SaveBar
          editing={editing}
          submission={submission.action}
          onSave={submission.save}
          onSubmit={submit}
        />
      </div>
      <div class="editor-side">
        <Side editing={editing} />
      </div>
    </div>
  );
}

/** Whoever has just merged goes on in the form, not at the top of the page. */
function useBackInForm(form: RefObject<HTMLDivElement | null>, inForm: boolean): void {
  const before = useRef(inForm);
  useEffect(() => {
    if (inForm && !before.current) form.current?.focus();
    before.current = inForm;
  }, [inForm]);
}

const FIRST_TO_COMPLETE = '[aria-invalid="true"], [data-invalid] [contenteditable]';

/** Saving and handing in; a record saved for the first time gets an address of its own. */
function useSubmission(editing: Editing) {
  const action = useAction();
  const { saved } = editing;
  const save = async (): Promise<void> => {
    const detail = await editing.save();
    if (detail !== null && saved === null)
      replacePlace({ page: 'record', id: detail.id, editing: true });
  };
  const submit = async (): Promise<void> => {
    const detail = editing.dirty || saved === null ? await editing.save() : saved;
    if (detail === null) return;
    const answer = await action.run('submitRecord', { id: detail.id, revision: detail.revision });
    if (answer.ok) go({ page: 'record', id: detail.id, editing: false });
    else if (saved === null) replacePlace({ page: 'record', id: detail.id, editing: true });
  };
  return { action, save, submit };
}

function Recovered({ editing }: { readonly editing: Editing }) {
  const w = words.value.editor;
  if (editing.recoveredAt === null) return null;
  return (
    <Message tone="info">
      {w.recovered(say.when(editing.recoveredAt))}
      <Button look="quiet" onPress={editing.takeSaved}>
        {w.discard}
      </Button>
    </Message>
  );
}

function Side({ editing: { saved, dirty } }: { readonly editing: Editing }) {
  const w = words.value.preview;
  if (saved !== null) return <Previews record={saved} outdated={dirty} />;
  return (
    <section class="previews previews-first">
      <h2>{w.title}</h2>
      <p class="empty">{w.first}</p>
    </section>
  );
}

function Form(props: {
  readonly editing: Editing;
  readonly findings: readonly Finding[];
  readonly strictness: Strictness;
}) {
  const { findings, strictness } = props;
  const { body, change, generation } = props.editing;
  const common = { findings, strictness, generation };
  switch (body.kind) {
    case 'notice':
      return (
        <NoticeForm
          {...common}
          fields={body.fields}
          onChange={(fields) => change({ kind: 'notice', fields })}
        />
      );
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
