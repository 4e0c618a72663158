import type { Screen } from '../../shared/sync/generation.ts';

/** Framed by the wall, `#at=INSTANT` in the address moves the board to another time. */
export function playAtTime(screen: Screen, play: (screen: Screen) => { close(): void }): void {
  let playing: { close(): void } | undefined;
  const begin = (): void => {
    const at = Number(new URLSearchParams(location.hash.slice(1)).get('at') ?? 'NaN');
    playing?.close();
    playing = play(Number.isFinite(at) ? atAnotherTime(screen, at) : screen);
  };
  begin();
  addEventListener('hashchange', begin);
}

/**
 * A screen as it would be at another time: the same content, `now` moved, nothing reported. Proof
 * is taken as fresh, for the question is what is scheduled, not what the network will do.
 */
function atAnotherTime(screen: Screen, at: number): Screen {
  const openedAt = screen.now();
  const now = () => at + (screen.now() - openedAt);
  return {
    ...screen,
    now,
    condition: () => {
      const condition = screen.condition();
      const freshAt = Object.fromEntries(Object.keys(condition.freshAt).map((key) => [key, now()]));
      return { ...condition, freshAt };
    },
    painted: () => undefined,
  };
}
