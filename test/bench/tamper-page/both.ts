import { createStage } from '../../../kiosk/board/create-stage.ts';
import type { Stage } from '../../../kiosk/stage/stage.ts';
import type { Touch } from '../../../kiosk/touch/context.ts';
import { id, isScreenId, isSha256 } from '../../../shared/kit/ids.ts';
import type { BenchClock } from './bench-clock.ts';
import { createBenchClock } from './bench-clock.ts';
import { PROFILE } from './walks.ts';
import type { Line, Wearing, WornScreen } from './worn-screen.ts';
import { mountWorn, openWorn, playWorn } from './worn-screen.ts';

const root = id(isSha256, new URLSearchParams(location.search).get('root') ?? '');
export const TOUCH = id(isScreenId, 'touch-01');
export const BOARD = id(isScreenId, 'led-hall');

/** A touch screen and a board of this browser, started on what lies on its disk. */
export interface Both {
  readonly clock: BenchClock;
  readonly screens: readonly WornScreen[];
  readonly touch: WornScreen;
  readonly board: WornScreen;
  readonly page: Touch;
  close(): void;
}

let made: Promise<Stage> | undefined;

export async function openBoth(
  order: { readonly line: Line } & Pick<Wearing, 'trust' | 'drawn'>,
): Promise<Both> {
  const clock = createBenchClock();
  const stage = await (made ??= createStage(PROFILE));
  const wearing = (screen: typeof TOUCH): Wearing => ({ ...order, id: screen, root, clock });
  const touch = await openWorn(wearing(TOUCH));
  const board = await openWorn(wearing(BOARD));
  const page = mountWorn(touch.screen, wearing(TOUCH));
  const playing = playWorn(board.screen, stage, wearing(BOARD));
  return {
    clock,
    screens: [touch, board],
    touch,
    board,
    page,
    close() {
      page.close();
      playing.close();
      touch.close();
      board.close();
    },
  };
}

/** [SY5] A generation is read back, and swept, a minute after it came. */
const MINUTE_MS = 61_000;

/** Everything that a screen does by itself once it has a line, in one step of several minutes. */
export async function comeLevel({ clock, screens }: Both): Promise<void> {
  for (const { screen } of screens) await screen.ask();
  await clock.skip(MINUTE_MS);
  for (const { screen } of screens) await screen.inside.showing.work();
}
