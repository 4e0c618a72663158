import type { ScreenView } from '../../shared/protocol/routes.ts';
import { readShellText } from '../../shared/protocol/shell.ts';
import { Button } from '../parts/Button.tsx';
import { boardName } from '../preview/devices.ts';
import { may } from '../session/session.ts';
import { say } from '../time/say.ts';
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
            <dd>{shellSaid(screen.shell)}</dd>
          </>
        )}
      </dl>
      {may('screen.edit') && <Button onPress={onEdit}>{w.edit}</Button>}
    </>
  );
}

/** [SH5] The build, and what it was rolled back from. */
function shellSaid(text: string): string {
  const shell = readShellText(text);
  if (shell === undefined) return text;
  const { build, rolledBackFrom: failed } = shell;
  if (failed === null) return build;
  return `${build} · ${words.value.screens.rolledBack(failed.build, failed.why === 'threw')}`;
}

export function deviceName({ device }: ScreenView): string {
  if (device.kind === 'board') return boardName(device.profile);
  return `${words.value.screens.touch} ${device.widthPx}×${device.heightPx}`;
}

/** When it was last heard, or what its receipt says when it has no line; nothing of a new screen. */
export function heardOf({ connected, receiptAt, lastSeenAt, channels }: ScreenView): string | null {
  const w = words.value.screens;
  if (!connected && receiptAt !== null)
    return w.receipt(channels[0]?.painted?.version ?? null, say.when(receiptAt));
  return lastSeenAt === null ? null : w.seen(say.when(lastSeenAt));
}
