import { findBoardProfile } from '../../shared/domain/profile.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import { id, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { Screen } from '../../shared/sync/generation.ts';
import { beat } from '../device/beat.ts';
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
async function start(place: HTMLElement): Promise<void> {
  beat(document);
  if (!window.isSecureContext) return (await import('../insecure/page.ts')).showInsecure(place);
  const address = new URLSearchParams(location.search);
  const screenId = address.get('screen') ?? '';
  const root = address.get('root');
  if (!isScreenId(screenId) || (root !== null && !isSha256(root))) return refuse(place, 'address');
  say(place, words.reading);
  const opened = await openBrowserScreen({
    screen: id(isScreenId, screenId),
    base: location.origin,
    ...(root === null ? {} : { root }),
  });
  if (!opened.ok) return refuse(place, opened.missing);
  const stage = await createStage(await profileOf(opened.screen, place));
  place.replaceChildren(stage.element);
  fitToWindow(place, stage.profile);
  const { screen } = opened;
  // Between two items is a board's idle boundary: a new program may take over here.
  const between = () => void screen.shell.then((shell) => shell?.swapWhenIdle());
  playAtTime(screen, (shown) => playBoard(shown, stage, later, between));
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

/** Framed by the wall, `#at=INSTANT` in the address moves the board to another time. */
function playAtTime(screen: Screen, play: (screen: Screen) => { close(): void }): void {
  let playing: { close(): void } | undefined;
  let turn = 0;
  const begin = async () => {
    turn += 1;
    const mine = turn;
    const at = Number(new URLSearchParams(location.hash.slice(1)).get('at') ?? 'NaN');
    const framed = window.parent !== window;
    const shown =
      framed && Number.isFinite(at)
        ? (await import('./time-machine.ts')).atAnotherTime(screen, at)
        : screen;
    if (mine !== turn) return;
    playing?.close();
    playing = play(shown);
  };
  void begin();
  addEventListener('hashchange', () => void begin());
}

const later: Later = (delayMs, callback) => timer(clocks.monotonic() + delayMs, callback);

function say(place: HTMLElement, text: string): void {
  const page = document.createElement('p');
  page.className = 'plain-page';
  page.textContent = text;
  place.replaceChildren(page);
}

/** Says what keeps the board from starting; the words are fetched only then. */
async function refuse(place: HTMLElement, why: Trouble | readonly Feature[]): Promise<void> {
  const { floorZh, troubleOf } = await import('../words/floor.ts');
  const trouble = typeof why === 'string' ? why : troubleOf(why);
  say(place, `${floorZh.title}。${floorZh[trouble]}`);
}

const place = document.getElementById('board');
if (place === null) throw new Error('broken assumption: index.html has no #board');
start(place).catch((error: unknown) => {
  reportError(error);
  return refuse(place, 'failed');
});
