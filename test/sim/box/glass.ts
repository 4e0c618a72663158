import { playBoard } from '../../../kiosk/board/play-board.ts';
import { visibleItems } from '../../../kiosk/touch/model/visible-items.ts';
import { findBoardProfile } from '../../../shared/domain/profile.ts';
import { itemKey } from '../../../shared/domain/programme.ts';
import { present } from '../../../shared/kit/assert.ts';
import type { Condition, Generation, Screen } from '../../../shared/sync/generation.ts';
import type { Life } from './life.ts';

/** A board's glass: the real player, on a stage that only remembers which scene it was given. */
export function lightBoard(
  screen: Screen,
  life: Life,
  profile: string,
  drawn: (scene: string) => void,
): void {
  const stage = {
    // Nothing here has an element: the player hands frames over and never looks at it.
    element: undefined as unknown as HTMLElement,
    profile: present(findBoardProfile(profile), 'board profile'),
    prepare: async () => undefined,
    draw: ({ scene }: { readonly scene: string }) => drawn(scene),
  };
  // As the page does: until there is a generation it says that it is reading.
  let isPlaying = false;
  const look = (): void => {
    if (isPlaying || screen.generation() === undefined) return;
    isPlaying = true;
    stop();
    playBoard(screen, stage, (delayMs, run) => life.timer(life.monotonic() + delayMs, run));
  };
  const stop = screen.listen(look);
  look();
}

/**
 * The same screen, calling its page only when there is something that a glass depends on. An engine
 * speaks up several times a minute to say nothing new; looking again each time is most of a run.
 */
export function withNewsOnly(screen: Screen): Screen {
  return {
    ...screen,
    listen(listener) {
      let generation = screen.generation();
      let condition = screen.condition();
      return screen.listen(() => {
        const now = screen.condition();
        if (generation === screen.generation() && isSame(condition, now)) return;
        generation = screen.generation();
        condition = now;
        listener();
      });
    },
  };
}

function isSame(a: Condition, b: Condition): boolean {
  if (a === b) return true;
  // While something is wrong the page is spared nothing: what it does then is what is looked for.
  if (Object.values(b.problems).some((problem) => problem !== null)) return false;
  if (a.clock !== b.clock) return false;
  const channels = Object.keys({ ...a.freshAt, ...b.freshAt }) as (keyof Condition['freshAt'])[];
  return channels.every((channel) => {
    const [before, now] = [a.revoked[channel], b.revoked[channel]];
    if (a.freshAt[channel] !== b.freshAt[channel] || before?.size !== now?.size) return false;
    return before === undefined || [...before].every((key) => now?.has(key) === true);
  });
}

const nothingToCancel = (): void => undefined;

/** A touch screen's glass: the list of what citizens may see, put up anew when that changes. */
export function lightTouch(
  screen: Screen,
  life: Life,
  listed: (keys: readonly string[]) => void,
): void {
  let cancel = nothingToCancel;
  let painted: Generation | undefined;

  function show(): void {
    cancel();
    const generation = screen.generation();
    if (generation === undefined) return;
    const t = screen.now();
    const { value, until } = visibleItems(generation, screen.condition(), t);
    listed(value.map(({ item }) => itemKey(item.record, item.version)));
    if (until < Infinity) cancel = life.timer(life.monotonic() + Math.max(1, until - t), show);
    if (generation === painted) return;
    painted = generation;
    screen.painted(generation, null);
  }

  screen.listen(show);
  show();
}
