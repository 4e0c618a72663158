import { useState } from 'preact/hooks';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';
import type { PostFields } from './person-form.ts';
import { missingInPost } from './person-form.ts';
import { AccountFailure, Missing } from './PersonMessages.tsx';
import type { PersonView } from './PersonRow.tsx';
import { PlaceInputs, RoleInputs } from './PostFields.tsx';

/** [AU9] Another department, post or set of roles for one account. */
export function PersonEdit(props: {
  readonly one: PersonView;
  /** The list is to be read again: something was saved, or somebody else saved first. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { one, onChanged, onClose } = props;
  const [fields, setFields] = useState<PostFields>(one);
  const [tried, setTried] = useState(false);
  const action = useAction();
  const w = words.value;
  const isOwn = one.id === person.value?.person.id;
  const missing = missingInPost(fields, w);
  const set = (changed: Partial<PostFields>) => setFields({ ...fields, ...changed });
  const submit = async () => {
    setTried(true);
    if (missing.length > 0) return;
    const answer = await action.run('changePerson', {
      id: one.id,
      revision: one.revision,
      department: fields.department,
      post: fields.post.trim(),
      roles: [...fields.roles],
    });
    if (answer.ok) onClose();
    if (answer.ok || answer.refusal === 'conflict') onChanged();
  };
  return (
    <form
      class="form"
      aria-label={w.settings.editPerson(one.name)}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="form-pair">
        <PlaceInputs fields={fields} onChange={set} />
      </div>
      <RoleInputs fields={fields} disabled={isOwn} onChange={set} />
      {isOwn && <p class="field-hint">{w.settings.ownRoles}</p>}
      <Missing sentences={tried ? missing : []} />
      <AccountFailure failure={action.failure} />
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {w.common.save}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {w.common.cancel}
        </Button>
      </div>
    </form>
  );
}
