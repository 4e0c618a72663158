import { render } from 'preact';
import { isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import { beat } from '../device/beat.ts';
import { tellThrew } from '../device/boot-word.ts';
import { clocks, timer } from '../device/clocks.ts';
import { scriptAddress } from '../device/script-address.ts';
import { openBrowserScreen } from '../device/screen.ts';
import type { Feature } from '../device/floor.ts';
import type { Touch } from './context.ts';
import type { Invitation } from './invitation.ts';
import { keepKeys } from './keys.ts';
import { mountTouch } from './mount.tsx';
import type { Trouble } from '../words/floor.ts';
// oxlint-disable-next-line import/default -- Vite makes this module.
import searchWorkerPath from './search/worker.ts?worker&url';
import { browserSpeech } from './speech.ts';

/** The touch screen's page: `/touch/?screen=ID&root=FINGERPRINT`. */
async function start(
  place: HTMLElement,
  open: typeof openBrowserScreen,
  wanted: Invitation['wanted'],
): Promise<void> {
  beat(document);
  keepKeys(window);
  if (!window.isSecureContext) return (await import('../insecure/page.ts')).showInsecure(place);
  const address = new URLSearchParams(location.search);
  const screenId = address.get('screen') ?? '';
  const root = address.get('root');
  if (!isScreenId(screenId) || (root !== null && !isSha256(root))) return refuse(place, 'address');
  const mounted: { touch?: Touch } = {};
  let isWaiting = true;
  const opened = await open({
    screen: screenId,
    base: location.origin,
    waits: () => void refuse(place, 'elsewhere', () => isWaiting),
    isIdle: () => mounted.touch?.visit.phase.peek().state === 'attract',
    ...(root === null ? {} : { root }),
  });
  isWaiting = false;
  if (!opened.ok) return refuse(place, opened.missing);
  const { screen } = opened;
  render(null, place);
  mounted.touch = mountTouch(
    screen,
    {
      monotonic: clocks.monotonic,
      timer,
      speech: browserSpeech(),
      searchWorker: () => new Worker(scriptAddress(searchWorkerPath), { type: 'module' }),
      idled: () => void screen.shell.then((shell) => shell?.swapWhenIdle()),
    },
    place,
    wanted(),
  );
}

/** Says what keeps the screen from starting; page and words are fetched only then. */
async function refuse(
  place: HTMLElement,
  why: Trouble | readonly Feature[],
  holds: () => boolean = () => true,
): Promise<void> {
  const { showBelowFloor } = await import('./pages/BelowFloor.tsx');
  if (holds()) showBelowFloor(place, why);
}

/**
 * `open` is another way to open its screen, as the demonstration wall's frames have. `wanted` tells
 * what somebody wants who has touched the invitation that stood here meanwhile.
 */
export function showTouch(
  place: HTMLElement,
  open = openBrowserScreen,
  wanted: Invitation['wanted'] = () => undefined,
): void {
  start(place, open, wanted).catch((error: unknown) => {
    tellThrew();
    reportError(error);
    return refuse(place, 'failed');
  });
}
