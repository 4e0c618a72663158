import { useState } from 'preact/hooks';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { TextField } from '../parts/inputs.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import type { PersonFields } from './person-form.ts';
import { missingIn, personOf } from './person-form.ts';
import { Missing } from './PersonMessages.tsx';
import { PlaceInputs, RoleInputs } from './PostFields.tsx';

export interface NewPerson {
  readonly name: string;
  /** Shown once, handed over in person. */
  readonly password: string;
}

export function PersonForm({ onClose }: { readonly onClose: (person: NewPerson | null) => void }) {
  const department = hall.value?.departments[0] ?? '';
  const [fields, setFields] = useState<PersonFields>({
    account: '',
    name: '',
    post: '',
    department,
    roles: ['editor'],
  });
  const [tried, setTried] = useState(false);
  const action = useAction();
  const w = words.value;
  const missing = missingIn(fields, w);
  const submit = async () => {
    setTried(true);
    if (missing.length > 0) return;
    const answer = await action.run('createPerson', personOf(fields));
    if (answer.ok) onClose({ name: fields.name.trim(), password: answer.value.password });
  };
  return (
    <form
      class="card form"
      aria-label={w.settings.addPerson}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Fields fields={fields} onChange={(changed) => setFields({ ...fields, ...changed })} />
      <Missing sentences={tried ? missing : []} />
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {w.settings.create}
        </Button>
        <Button look="quiet" onPress={() => onClose(null)}>
          {w.common.cancel}
        </Button>
      </div>
    </form>
  );
}

function Fields(props: {
  readonly fields: PersonFields;
  readonly onChange: (changed: Partial<PersonFields>) => void;
}) {
  const { fields, onChange } = props;
  const { account, name } = fields;
  const w = words.value.settings;
  return (
    <>
      <div class="form-pair">
        <TextField
          label={w.name}
          max={40}
          value={name}
          onChange={(value) => onChange({ name: value })}
        />
        <TextField
          label={w.account}
          hint={w.accountHint}
          max={32}
          value={account}
          onChange={(value) => onChange({ account: value })}
        />
        <PlaceInputs fields={fields} onChange={onChange} />
      </div>
      <RoleInputs fields={fields} onChange={onChange} />
    </>
  );
}
