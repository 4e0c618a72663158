import { useMemo, useState } from 'preact/hooks';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import { useResource } from '../client/resource.ts';
import { Button } from '../parts/Button.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { touchDeviceOf, USUAL_TOUCH } from './devices.ts';
import { Frame } from './Frame.tsx';
import type { Preview } from './Previews.tsx';

/** The touch page in the size of the hall's own touch screen, also in large type. */
export function TouchPreview({ preview }: { readonly preview: Preview }) {
  const [largeType, setLargeType] = useState(false);
  const screens = useResource('screens', { kind: 'touch' }, []);
  const { loaded } = screens;
  const device = useMemo(
    () => (loaded.state === 'ready' ? touchDeviceOf(loaded.value.screens) : USUAL_TOUCH),
    [loaded],
  );
  const known = hall.value;
  const message = useMemo<PreviewMessage | null>(
    () =>
      known === null
        ? null
        : {
            v: 1,
            kind: 'touch',
            hall: known.card,
            zone: known.zone,
            device,
            listing: preview.listing,
            view: preview.view,
            largeType,
          },
    [known, device, preview, largeType],
  );
  const w = words.value.preview;
  return (
    <figure class="preview preview-touch">
      <figcaption class="preview-head">
        <span class="preview-name">{w.touch}</span>
        <Button look="quiet" pressed={largeType} onPress={() => setLargeType(!largeType)}>
          {w.large}
        </Button>
      </figcaption>
      <div class="glass">
        {message !== null && (
          <Frame
            name={w.frame(w.touch)}
            size={{ width: device.widthPx, height: device.heightPx }}
            message={message}
          />
        )}
      </div>
    </figure>
  );
}
