import type { Random } from './ports.ts';

/**
 * [FL5] How a screen that lost its server comes back: each wait twice the one before, up to a limit,
 * and drawn from half of it to one and a half, so that a fleet that was lost at one moment returns
 * over many seconds. A refused connection says nothing that a browser could read; this is all it needs.
 */
export const RECONNECTING = {
  firstMs: 1000,
  longestMs: 10_000,
  /** Share of a wait by which it is made longer or shorter. */
  jitter: 0.5,
} as const;

/** Milliseconds to wait after `tries` connections that came to nothing. */
export function waitBeforeTry(tries: number, random: Random): number {
  const { firstMs, longestMs, jitter } = RECONNECTING;
  const wait = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 30));
  return wait * (1 + jitter * (2 * random() - 1));
}
