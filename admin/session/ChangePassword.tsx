import { useState } from 'preact/hooks';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';
import { askWhoIsThere } from './session.ts';
import { PasswordField } from './SignIn.tsx';

/** [AU4] A new password ends every other session. Forced when the password was handed over. */
export function ChangePassword({ forced }: { readonly forced: boolean }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const [different, setDifferent] = useState(false);
  const [done, setDone] = useState(false);
  const action = useAction();
  const w = words.value;
  const submit = async () => {
    setDone(false);
    setDifferent(next !== repeat);
    if (next !== repeat) return;
    const answer = await action.run('changePassword', { current, next });
    if (!answer.ok) return;
    for (const empty of [setCurrent, setNext, setRepeat]) empty('');
    setDone(true);
    if (forced) await askWhoIsThere();
  };
  return (
    <section class="page page-narrow">
      <h1>{w.password.title}</h1>
      {forced && <Message tone="warn">{w.password.forced}</Message>}
      {done && <Message tone="good">{w.password.done}</Message>}
      <form
        class="form card"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FailureMessage failure={action.failure} />
        <PasswordField
          label={w.password.current}
          value={current}
          onChange={setCurrent}
          autocomplete="current-password"
        />
        <PasswordField
          label={w.password.next}
          value={next}
          onChange={setNext}
          autocomplete="new-password"
          hint={w.password.rule}
        />
        <PasswordField
          label={w.password.repeat}
          value={repeat}
          onChange={setRepeat}
          autocomplete="new-password"
        />
        {different && <Message tone="bad">{w.password.different}</Message>}
        <Button look="primary" submit busy={action.busy}>
          {w.password.submit}
        </Button>
      </form>
    </section>
  );
}
