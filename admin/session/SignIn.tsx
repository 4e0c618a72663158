import { useEffect, useRef, useState } from 'preact/hooks';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Failure } from '../client/client.ts';
import { call } from '../client/client.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Input } from '../parts/Input.tsx';
import { TextField } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { LanguageButton } from '../shell/LanguageButton.tsx';
import { Seal } from '../shell/Seal.tsx';
import { words } from '../words/words.ts';
import { signIn } from './session.ts';

/** The way in. Over an expired session it lies above the page, which keeps all that was typed. */
export function SignIn({ expired }: { readonly expired: boolean }) {
  const w = words.value;
  const door = useDoor();
  return (
    <div class={expired ? 'sign-in sign-in-over' : 'sign-in'}>
      <div
        class="sign-in-card"
        role={expired ? 'dialog' : 'main'}
        aria-modal={expired || undefined}
        aria-labelledby="sign-in-title"
      >
        <div class="brand">
          <Seal />
          <span class="brand-name">
            <strong>{w.product}</strong>
            <span>{door?.name ?? w.console}</span>
          </span>
        </div>
        <h1 id="sign-in-title">{expired ? w.signIn.again : w.signIn.title}</h1>
        {expired ? (
          <Message tone="info">{w.signIn.expired}</Message>
        ) : (
          <p class="lead">{w.signIn.purpose}</p>
        )}
        {door?.demo === true && <p class="demo-strip">{w.signIn.demoHall(door.county)}</p>}
        <SignInForm />
        {!expired && <Hint demo={door?.demo === true} />}
      </div>
      <LanguageButton />
    </div>
  );
}

function Hint({ demo }: { readonly demo: boolean }) {
  const w = words.value.signIn;
  if (!demo) return <p class="field-hint">{w.hint}</p>;
  return (
    <p class="field-hint">
      {w.demoHint}
      <code>npm start -- --reset-password zhuren</code>
    </p>
  );
}

/** Whose hall this is, once the server has said so. */
function useDoor(): OutputOf<'door'> | null {
  const [door, setDoor] = useState<OutputOf<'door'> | null>(null);
  useEffect(() => {
    void call('door', {}).then((answer) => {
      if (answer.ok) setDoor(answer.value);
    });
  }, []);
  return door;
}

function SignInForm() {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const w = words.value;
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = async () => {
    setBusy(true);
    const answer = await signIn(account.trim(), password);
    setBusy(false);
    setFailure(answer);
    if (answer !== null) setPassword('');
  };
  return (
    <form
      ref={form}
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && account.trim() !== '') void submit();
      }}
    >
      <FailureMessage failure={failure} />
      <TextField
        label={w.signIn.account}
        value={account}
        onChange={setAccount}
        max={64}
        autocomplete="username"
      />
      <PasswordField
        label={w.signIn.password}
        value={password}
        onChange={setPassword}
        autocomplete="current-password"
      />
      <Button look="primary" submit busy={busy}>
        {busy ? w.signIn.busy : w.signIn.submit}
      </Button>
    </form>
  );
}

export function PasswordField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly hint?: string;
}) {
  const [shown, setShown] = useState(false);
  const w = words.value;
  return (
    <Field {...props}>
      {(ties) => (
        <div class="password">
          <Input
            {...ties}
            type={shown ? 'text' : 'password'}
            value={props.value}
            max={256}
            disabled={undefined}
            autocomplete={props.autocomplete}
            onChange={props.onChange}
          />
          <Button look="quiet" onPress={() => setShown(!shown)}>
            {shown ? w.signIn.hide : w.signIn.show}
          </Button>
        </div>
      )}
    </Field>
  );
}
