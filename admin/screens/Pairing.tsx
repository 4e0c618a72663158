import { Check, X } from 'lucide';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import { isAskedFor } from '../../shared/protocol/screen-state.ts';
import type { Action } from '../client/action.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { may } from '../session/session.ts';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { shortFingerprint } from './fingerprint.ts';

/** [AU5] The code names the request; a person compares the fingerprint on both sides and decides. */
export function Pairing({
  screen,
  onChanged,
}: {
  readonly screen: ScreenView;
  readonly onChanged: () => void;
}) {
  const action = useAction();
  const { waiting } = screen;
  const after = (answer: { readonly ok: boolean }) => {
    if (answer.ok) onChanged();
  };
  const asked = isAskedFor(screen, now()) ? waiting : null;
  return (
    <>
      {asked === null && <FailureMessage failure={action.failure} />}
      <Paired screen={screen} asked={asked} action={action} after={after} />
      {asked !== null && <Waiting screen={screen} waiting={asked} action={action} after={after} />}
    </>
  );
}

type Asking = NonNullable<ScreenView['waiting']>;

interface Deciding {
  readonly screen: ScreenView;
  readonly action: Action;
  readonly after: (answer: { readonly ok: boolean }) => void;
}

function Paired(props: Deciding & { readonly asked: Asking | null }) {
  const { screen, asked, action, after } = props;
  const { id, key } = screen;
  const w = words.value.screens;
  if (key.state === 'none') return asked === null ? <p class="field-hint">{w.unpaired}</p> : null;
  const { fingerprint } = key;
  return (
    <div class="paired">
      <p class="field-hint">
        {w.paired(say.when(key.at))} · <span class="mono">{shortFingerprint(fingerprint)}</span>
      </p>
      {may('screen.pair') && (
        <TwoTouch
          quiet
          first={w.revoke}
          second={w.revokeConfirm}
          busy={action.busy}
          onConfirm={() => void action.run('refuseScreen', { id, fingerprint }).then(after)}
        />
      )}
    </div>
  );
}

function Waiting({ screen, waiting, action, after }: Deciding & { readonly waiting: Asking }) {
  const { id, key } = screen;
  const { code, fingerprint, expiresAt } = waiting;
  const w = words.value.screens;
  const approve = () => void action.run('approveScreen', { id, fingerprint }).then(after);
  return (
    <div class="pairing">
      <p>{key.state === 'paired' ? w.pairReplaces : w.pairExplain}</p>
      <dl class="pairing-facts">
        <dt>{w.code}</dt>
        <dd class="pairing-code">{code}</dd>
        <dt>{w.fingerprint}</dt>
        <dd class="pairing-print">{shortFingerprint(fingerprint)}</dd>
      </dl>
      <p class="field-hint">{w.expires(say.time(expiresAt))}</p>
      <FailureMessage failure={action.failure} />
      {may('screen.pair') && (
        <div class="buttons">
          {key.state === 'paired' ? (
            <TwoTouch
              first={w.replace}
              second={w.replaceConfirm}
              busy={action.busy}
              onConfirm={approve}
            />
          ) : (
            <Button look="primary" icon={Check} busy={action.busy} onPress={approve}>
              {w.approve}
            </Button>
          )}
          <Button
            icon={X}
            busy={action.busy}
            onPress={() => void action.run('refuseScreen', { id, fingerprint }).then(after)}
          >
            {key.state === 'paired' ? w.refuseOther : w.refuse}
          </Button>
        </div>
      )}
    </div>
  );
}
