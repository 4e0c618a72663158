import { useState } from 'preact/hooks';
import { KeyRound, Pencil, UserCheck, UserX } from 'lucide';
import type { Action } from '../client/action.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';
import { OneTime } from './OneTime.tsx';
import { PersonEdit } from './PersonEdit.tsx';
import { AccountFailure } from './PersonMessages.tsx';
import type { PersonView } from './PersonRow.tsx';

interface PanelProps {
  readonly one: PersonView;
  readonly onChanged: () => void;
}

type Shown =
  | { readonly state: 'actions' }
  | { readonly state: 'editing' }
  | { readonly state: 'password'; readonly password: string };

/** What an administrator can do with one account. */
export function PersonPanel({ one, onChanged }: PanelProps) {
  const [shown, setShown] = useState<Shown>({ state: 'actions' });
  const action = useAction();
  const w = words.value.settings;
  const back = () => setShown({ state: 'actions' });
  if (shown.state === 'editing')
    return <PersonEdit one={one} onChanged={onChanged} onClose={back} />;
  const isOwn = one.id === person.value?.person.id;
  const edit = () => {
    action.clear();
    setShown({ state: 'editing' });
  };
  return (
    <div class="form">
      {shown.state === 'password' && (
        <OneTime password={shown.password} onClose={back}>
          {w.newOneTime(one.name)}
        </OneTime>
      )}
      <AccountFailure failure={action.failure} />
      <div class="buttons">
        {one.standing === 'open' && (
          <Button icon={Pencil} onPress={edit}>
            {words.value.common.edit}
          </Button>
        )}
        {!isOwn && (
          <>
            {one.standing === 'open' && (
              <ResetPassword
                one={one}
                action={action}
                onMade={(password) => {
                  setShown({ state: 'password', password });
                  onChanged();
                }}
              />
            )}
            <Standing one={one} action={action} onChanged={onChanged} />
          </>
        )}
      </div>
      <p class="field-hint">
        {isOwn ? w.ownAccount : one.standing === 'open' ? w.manageHint : w.closedHint}
      </p>
    </div>
  );
}

/** [AU6] */
function ResetPassword(props: {
  readonly one: PersonView;
  readonly action: Action;
  readonly onMade: (password: string) => void;
}) {
  const { one, action, onMade } = props;
  const w = words.value.settings;
  const reset = async () => {
    const answer = await action.run('resetPassword', { id: one.id });
    if (answer.ok) onMade(answer.value.password);
  };
  return (
    <TwoTouch
      icon={KeyRound}
      first={one.locked ? w.unlock : w.resetPassword}
      second={one.locked ? w.unlockConfirm : w.resetPasswordConfirm}
      busy={action.busy}
      onConfirm={() => void reset()}
    />
  );
}

/** [AU10] */
function Standing({ one, action, onChanged }: PanelProps & { readonly action: Action }) {
  const w = words.value.settings;
  const put = async (name: 'closePerson' | 'reopenPerson') => {
    const answer = await action.run(name, { id: one.id, revision: one.revision });
    if (answer.ok || answer.refusal === 'conflict') onChanged();
  };
  if (one.standing === 'closed')
    return (
      <Button icon={UserCheck} busy={action.busy} onPress={() => void put('reopenPerson')}>
        {w.reopenPerson}
      </Button>
    );
  return (
    <TwoTouch
      icon={UserX}
      first={w.closePerson}
      second={w.closePersonConfirm}
      busy={action.busy}
      onConfirm={() => void put('closePerson')}
    />
  );
}
