import { useState } from 'preact/hooks';
import { KeyRound } from 'lucide';
import { useAction } from '../client/action.ts';
import { FailureMessage } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';
import { OneTime } from './OneTime.tsx';
import type { PersonView } from './PersonRow.tsx';

/** [AU6] What an administrator can do with one account. */
export function PersonPanel(props: { readonly one: PersonView; readonly onChanged: () => void }) {
  const { one, onChanged } = props;
  const [password, setPassword] = useState<string | null>(null);
  const action = useAction();
  const w = words.value.settings;
  if (one.id === person.value?.person.id) return <p class="field-hint">{w.ownAccount}</p>;
  const reset = async () => {
    setPassword(null);
    const answer = await action.run('resetPassword', { id: one.id });
    if (!answer.ok) return;
    setPassword(answer.value.password);
    onChanged();
  };
  return (
    <div class="form">
      {password !== null && (
        <OneTime password={password} onClose={() => setPassword(null)}>
          {w.newOneTime(one.name)}
        </OneTime>
      )}
      <FailureMessage failure={action.failure} />
      <div class="buttons">
        <TwoTouch
          icon={KeyRound}
          first={one.locked ? w.unlock : w.resetPassword}
          second={one.locked ? w.unlockConfirm : w.resetPasswordConfirm}
          busy={action.busy}
          onConfirm={() => void reset()}
        />
      </div>
      <p class="field-hint">{w.resetHint}</p>
    </div>
  );
}
