import { useState } from 'preact/hooks';
import type { Role } from '../../shared/domain/policy.ts';
import { ROLES } from '../../shared/domain/policy.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { Check, Select, TextField } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';

export interface NewPerson {
  readonly name: string;
  /** Shown once, handed over in person. */
  readonly password: string;
}

const ACCOUNT = /^[a-z][a-z0-9._-]{2,31}$/;

export function PersonForm({ onClose }: { readonly onClose: (person: NewPerson | null) => void }) {
  const departments = hall.value?.departments ?? [];
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [post, setPost] = useState('');
  const [department, setDepartment] = useState(departments[0] ?? '');
  const [roles, setRoles] = useState<readonly Role[]>(['editor']);
  const [tried, setTried] = useState(false);
  const action = useAction();
  const w = words.value;
  const missing = [
    ...(name.trim() === '' ? [w.required(w.settings.name)] : []),
    ...(ACCOUNT.test(account) ? [] : [w.settings.accountBad]),
    ...(post.trim() === '' ? [w.required(w.settings.post)] : []),
    ...(roles.length === 0 ? [w.settings.rolesMissing] : []),
  ];
  const submit = async () => {
    setTried(true);
    if (missing.length > 0) return;
    const answer = await action.run('createPerson', {
      account,
      name: name.trim(),
      post: post.trim(),
      department,
      roles: [...roles],
    });
    if (answer.ok) onClose({ name: name.trim(), password: answer.value.password });
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
      <div class="form-pair">
        <TextField label={w.settings.name} max={40} value={name} onChange={setName} />
        <TextField
          label={w.settings.account}
          hint={w.settings.accountHint}
          max={32}
          value={account}
          onChange={setAccount}
        />
        <Select
          label={w.settings.department}
          value={department}
          options={departments.map((value) => ({ value, label: value }))}
          onChange={setDepartment}
        />
        <TextField label={w.settings.post} max={60} value={post} onChange={setPost} />
      </div>
      <FieldGroup label={w.settings.roles}>
        <div class="checks">
          {ROLES.map((role) => (
            <Check
              key={role}
              label={w.settings.roleNames[role]}
              checked={roles.includes(role)}
              onChange={(on) => setRoles(on ? [...roles, role] : roles.filter((each) => each !== role))}
            />
          ))}
        </div>
      </FieldGroup>
      {tried && missing.length > 0 && (
        <Message tone="bad">
          {missing.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Message>
      )}
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
