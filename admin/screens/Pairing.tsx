import { Check, X } from 'lucide';
import type { ScreenView } from '../../shared/protocol/routes.ts';
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
  const { id, key } = screen;
  const w = words.value.screens;
  const after = (answer: { readonly ok: boolean }) => {
    if (answer.ok) onChanged();
  };
  if (key.state === 'waiting' && key.expiresAt > now()) {
    return <Waiting id={id} waiting={key} action={action} after={after} />;
  }
  if (key.state !== 'paired') return <p class="field-hint">{w.unpaired}</p>;
  return (
    <div class="paired">
      <p class="field-hint">
        {w.paired(say.when(key.at))} · <span class="mono">{shortFingerprint(key.fingerprint)}</span>
      </p>
      <FailureMessage failure={action.failure} />
      {may('screen.pair') && (
        <TwoTouch
          quiet
          first={w.revoke}
          second={w.revokeConfirm}
          busy={action.busy}
          onConfirm={() => void action.run('refuseScreen', { id }).then(after)}
        />
      )}
    </div>
  );
}

function Waiting(props: {
  readonly id: ScreenView['id'];
  readonly waiting: Extract<ScreenView['key'], { state: 'waiting' }>;
  readonly action: Action;
  readonly after: (answer: { readonly ok: boolean }) => void;
}) {
  const { id, waiting, action, after } = props;
  const { code, fingerprint, expiresAt } = waiting;
  const w = words.value.screens;
  return (
    <div class="pairing">
      <p>{w.pairExplain}</p>
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
          <Button
            look="primary"
            icon={Check}
            busy={action.busy}
            onPress={() => void action.run('approveScreen', { id, fingerprint }).then(after)}
          >
            {w.approve}
          </Button>
          <Button
            icon={X}
            busy={action.busy}
            onPress={() => void action.run('refuseScreen', { id }).then(after)}
          >
            {w.refuse}
          </Button>
        </div>
      )}
    </div>
  );
}
