import { useMemo } from 'preact/hooks';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { boardName, boardSize } from '../preview/devices.ts';
import { Frame } from '../preview/Frame.tsx';
import { words } from '../words/words.ts';

/** A whole board at an instant: what screens hold, played by what plays on screens. */
export function BoardAt(props: {
  readonly profile: string;
  readonly layers: OutputOf<'boardLayers'>;
  readonly t: number;
  readonly running: boolean;
}) {
  const { profile, layers, t, running } = props;
  const message = useMemo<PreviewMessage>(
    () => ({ v: 1, kind: 'board', profile: id(isProfileId, profile), ...layers, t, running }),
    [profile, layers, t, running],
  );
  return (
    <div class="glass">
      <Frame
        name={words.value.preview.frame(boardName(profile))}
        size={boardSize(profile)}
        message={message}
      />
    </div>
  );
}
