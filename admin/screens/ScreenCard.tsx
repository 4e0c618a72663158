import type { ScreenView } from '../../shared/protocol/routes.ts';
import { Button } from '../parts/Button.tsx';
import { boardName } from '../preview/devices.ts';
import { may } from '../session/session.ts';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { LaunchAddress } from './LaunchAddress.tsx';
import { Pairing } from './Pairing.tsx';
import { ScreenBadge, adviceOf } from './ScreenBadge.tsx';
import { ScreenPicture } from './ScreenPicture.tsx';
import { screenState } from './screen-state.ts';

export function ScreenCard(props: {
  readonly screen: ScreenView;
  /** Fingerprint of the key that everything on screens descends from. */
  readonly root: string;
  readonly onChanged: () => void;
  readonly onEdit: () => void;
}) {
  const { screen, root, onChanged, onEdit } = props;
  const state = screenState(screen, now());
  const advice = adviceOf(state);
  const w = words.value.screens;
  return (
    <li class="screen card">
      <ScreenPicture screen={screen} />
      <div class="screen-head">
        <h2>{screen.name}</h2>
        <ScreenBadge state={state} />
      </div>
      <p class="screen-facts">
        <span>{deviceName(screen)}</span>
        {screen.lastSeenAt !== null && <span>{w.seen(say.when(screen.lastSeenAt))}</span>}
      </p>
      {advice !== null && <p class="screen-advice">{advice}</p>}
      {state.state !== 'never' && <Pairing screen={screen} onChanged={onChanged} />}
      <details class="screen-more" open={state.state === 'never'}>
        <summary>{w.details}</summary>
        <div>
          <LaunchAddress screen={screen} root={root} />
          <dl class="screen-details">
            <dt>{w.id}</dt>
            <dd>{screen.id}</dd>
            {screen.shell !== null && (
              <>
                <dt>{w.version}</dt>
                <dd>{screen.shell}</dd>
              </>
            )}
          </dl>
          {may('screen.edit') && <Button onPress={onEdit}>{w.edit}</Button>}
        </div>
      </details>
    </li>
  );
}

function deviceName({ device }: ScreenView): string {
  if (device.kind === 'board') return boardName(device.profile);
  return `${words.value.screens.touch} ${device.widthPx}×${device.heightPx}`;
}
