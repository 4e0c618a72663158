import { findBoardProfile } from '../../shared/domain/profile.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import { id, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { Screen } from '../../shared/sync/generation.ts';
import { beat } from '../device/beat.ts';
import { tellThrew } from '../device/boot-word.ts';
import { clocks, timer } from '../device/clocks.ts';
import type { Feature } from '../device/floor.ts';
import { openBrowserScreen } from '../device/screen.ts';

import type { Trouble } from '../words/floor.ts';
import { createStage } from './create-stage.ts';
import { fitToWindow } from './fit.ts';
import type { Later } from './play-board.ts';
import { playBoard } from './play-board.ts';
import { words } from './words.ts';
import './board.css';

/** A board's page: `/board/?screen=ID&root=FINGERPRINT`. */
async function start(place: HTMLElement, open: typeof openBrowserScreen): Promise<void> {
  beat(document);
  if (!window.isSecureContext) return (await import('../insecure/page.ts')).showInsecure(place);
  const address = new URLSearchParams(location.search);
  const screenId = address.get('screen') ?? '';
  const root = address.get('root');
  if (!isScreenId(screenId) || (root !== null && !isSha256(root))) return refuse(place, 'address');
  say(place, words.reading);
  let state: 'waiting' | 'opening' | 'playing' = 'waiting';
  let boundaryAt = -Infinity;
  const opened = await open({
    screen: id(isScreenId, screenId),
    base: location.origin,
    waits: () => void refuse(place, 'elsewhere', () => state === 'waiting'),
    isIdle: () => state !== 'playing' || clocks.monotonic() - boundaryAt < BOUNDARY_MS,
    ...(root === null ? {} : { root }),
  });
  state = 'opening';
  if (!opened.ok) return refuse(place, opened.missing);
  say(place, words.reading);
  const stage = await createStage(await profileOf(opened.screen, place));
  state = 'playing';
  place.replaceChildren(stage.element);
  fitToWindow(place, stage.profile);
  const { screen } = opened;
  // Between two items is a board's idle boundary: a next shell may take over here.
  const between = () => {
    boundaryAt = clocks.monotonic();
    void screen.shell.then((shell) => shell?.swapWhenIdle());
  };
  const play = (shown: Screen) => playBoard(shown, stage, later, between);
  if (window.parent === window) play(screen);
  else (await import('./time-machine.ts')).playAtTime(screen, play);
}

/** The profile in the lineup; until there is one, the board says that it is reading. */
function profileOf(screen: Screen, place: HTMLElement): Promise<BoardProfile> {
  return new Promise((resolve) => {
    const look = () => {
      const device = screen.generation()?.lineup.device;
      if (device === undefined) return;
      const profile = device.kind === 'board' ? findBoardProfile(device.profile) : undefined;
      if (profile === undefined) return void refuse(place, 'kind');
      stop();
      resolve(profile);
    };
    const stop = screen.listen(look);
    look();
  });
}

/** A page that has just come on may go once more without anybody having read of it. */
const BOUNDARY_MS = 3000;

const later: Later = (delayMs, callback) => timer(clocks.monotonic() + delayMs, callback);

function say(place: HTMLElement, text: string): void {
  const page = document.createElement('p');
  page.className = 'plain-page';
  page.textContent = text;
  place.replaceChildren(page);
}

/** Says what keeps the board from starting; the words are fetched only then. */
async function refuse(
  place: HTMLElement,
  why: Trouble | readonly Feature[],
  holds: () => boolean = () => true,
): Promise<void> {
  const { troubleText } = await import('./trouble.ts');
  if (holds()) say(place, troubleText(why));
}

/** `open` is another way to open its screen, as the demonstration wall's frames have. */
export function showBoard(place: HTMLElement, open = openBrowserScreen): void {
  start(place, open).catch((error: unknown) => {
    reportError(error);
    tellThrew();
    return refuse(place, 'failed');
  });
}

const place = document.getElementById('board');
if (place !== null) showBoard(place);
