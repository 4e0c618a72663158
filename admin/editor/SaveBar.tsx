import { useEffect } from 'preact/hooks';
import { Save, Send } from 'lucide';
import type { Action } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import type { Editing } from './editing.ts';

/** How safe the text is, and the two things to do with it; always in sight. */
export function SaveBar(props: {
  readonly editing: Editing;
  readonly submission: Action;
  readonly onSave: () => Promise<void>;
  readonly onSubmit: () => void;
}) {
  const { editing, submission, onSave, onSubmit } = props;
  const { action, dirty, saved } = editing;
  useSaveKey(() => {
    if (dirty && !action.busy) void onSave();
  });
  const w = words.value;
  return (
    <div class="save-bar">
      <FailureMessage failure={action.failure ?? submission.failure} />
      <output class="save-state">{stateOf(editing)}</output>
      <Button
        icon={Save}
        busy={action.busy}
        disabled={!dirty && saved !== null}
        onPress={() => void onSave()}
      >
        {action.busy ? w.editor.saving : w.common.save}
      </Button>
      <Button look="primary" icon={Send} busy={submission.busy || action.busy} onPress={onSubmit}>
        {submission.busy ? w.editor.submitting : dirty ? w.editor.saveAndSubmit : w.editor.submit}
      </Button>
    </div>
  );
}

function stateOf({ dirty, saved, action }: Editing): string {
  const w = words.value.editor;
  if (action.busy) return w.saving;
  if (dirty) return w.unsaved;
  return saved === null ? w.never : w.saved(say.when(saved.changedAt));
}

/** Ctrl+S saves, as everywhere; the browser's own answer would be to store the page. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      save();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
