import type { ScreenView } from '../../shared/protocol/routes.ts';
import { shownBy } from '../../shared/protocol/screen-state.ts';
import { boardSize } from '../preview/devices.ts';
import { words } from '../words/words.ts';

const WALL = { width: 320, height: 150 };

/** The screen as it hangs there: its own proportions, lit when it is connected, with what it shows. */
export function ScreenPicture({ screen }: { readonly screen: ScreenView }) {
  const { device, connected } = screen;
  const size =
    device.kind === 'board'
      ? boardSize(device.profile)
      : { width: device.widthPx, height: device.heightPx };
  const scale = Math.min((WALL.width - 40) / size.width, (WALL.height - 24) / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const [x, y] = [(WALL.width - width) / 2, (WALL.height - height) / 2];
  return (
    <div
      class="picture"
      data-lit={connected}
      data-device={device.kind === 'board' ? device.profile : 'touch'}
    >
      <svg viewBox={`0 0 ${WALL.width} ${WALL.height}`} aria-hidden="true">
        <rect
          class="picture-case"
          x={x - 4}
          y={y - 4}
          width={width + 8}
          height={height + 8}
          rx="3"
        />
        <rect class="picture-glass" x={x} y={y} width={width} height={height} />
      </svg>
      <p class="picture-text">
        <span class="unseen">
          {words.value.screens.shows}
          {words.value.colon}
        </span>
        {shownOn(screen)}
      </p>
    </div>
  );
}

function shownOn(screen: ScreenView): string {
  const w = words.value.screens;
  const shown = shownBy(screen);
  switch (shown.state) {
    case 'unknown':
      return w.unknown;
    case 'item':
      return shown.title;
    case 'standing':
      return screen.device.kind === 'board' ? w.showsCard : w.showsTouch;
  }
}
