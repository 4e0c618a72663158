import type { Screen } from '../../shared/sync/generation.ts';

/**
 * A screen as it would be at another time: the same content, `now` moved, nothing reported. Proof
 * is taken as fresh, for the question is what is scheduled, not what the network will do.
 */
export function atAnotherTime(screen: Screen, at: number): Screen {
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
