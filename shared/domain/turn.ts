import type { ProfileId } from '../kit/ids.ts';
import type { BoardRendering } from './release.ts';

/** Longest turn in seconds: a long text shares the board and comes back with its next pages [PB7]. */
const LONGEST_SECONDS = 60;

/** A slot made before its board profile existed has no turn for it; a constant moves no other slot. */
export const FALLBACK_TURN_SECONDS = 30;

/**
 * [PB6] The turn of a new slot on each board, in whole seconds: all pages of what it shows now, or
 * as many as fit; never less than the longest page. Fixed from then on.
 */
export function turnsFor(
  boards: Readonly<Record<ProfileId, Pick<BoardRendering, 'dwellSeconds'>>>,
): Record<ProfileId, number> {
  return Object.fromEntries(
    Object.entries(boards).map(([profile, { dwellSeconds }]) => [profile, turnOf(dwellSeconds)]),
  );
}

function turnOf(dwellSeconds: readonly number[]): number {
  const all = dwellSeconds.reduce((sum, seconds) => sum + seconds, 0);
  const longest = dwellSeconds.reduce((most, seconds) => Math.max(most, seconds), 1);
  return Math.max(longest, Math.min(all, LONGEST_SECONDS));
}
