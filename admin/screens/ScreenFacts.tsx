import type { ScreenView } from '../../shared/protocol/routes.ts';
import { Button } from '../parts/Button.tsx';
import { boardName } from '../preview/devices.ts';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { LaunchAddress } from './LaunchAddress.tsx';

/** What is needed of a screen now and then: its launch address, id and build. */
export function ScreenFacts(props: {
  readonly screen: ScreenView;
  /** Fingerprint of the key that everything on screens descends from. */
  readonly root: string;
  readonly onEdit: () => void;
}) {
  const { screen, root, onEdit } = props;
  const w = words.value.screens;
  return (
    <>
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
    </>
  );
}

export function deviceName({ device }: ScreenView): string {
  if (device.kind === 'board') return boardName(device.profile);
  return `${words.value.screens.touch} ${device.widthPx}×${device.heightPx}`;
}
