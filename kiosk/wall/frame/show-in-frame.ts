import type { FrameToWall } from '../../../shared/protocol/wall.ts';
import { NO_FAULTS, wallToFrame } from '../../../shared/protocol/wall.ts';
import type { openBrowserScreen } from '../../device/screen.ts';
import { openFramedScreen } from './open-framed-screen.ts';
import { createTrouble } from './trouble.ts';

type Show = (place: HTMLElement, open: typeof openBrowserScreen) => void;

/**
 * A screen in a frame of the wall: the page that hangs in a hall, on a simulated device. It begins
 * once the wall has said what goes wrong, so that a screen that starts without a line never had one.
 */
export function showInFrame(element: 'main' | 'div', show: Show): void {
  const { parent, location } = window;
  // [WA2] By itself it would be a public page that obeys strangers.
  if (parent === window) return location.replace('/wall/');
  const trouble = createTrouble(NO_FAULTS);
  const say = (message: FrameToWall): void => parent.postMessage(message, location.origin);
  let begun = false;
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== parent || origin !== location.origin) return;
    const message = wallToFrame.safeParse(data);
    if (!message.success) return;
    trouble.become(message.data.faults);
    if (begun) return;
    begun = true;
    const place = document.createElement(element);
    place.id = 'root';
    document.body.append(place);
    show(place, (options) => openFramedScreen(options, trouble, say));
  });
  say({ v: 1, kind: 'ready' });
}
