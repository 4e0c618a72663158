import type { Tally } from '../tally.ts';
import { createTally } from '../tally.ts';
import type { World } from '../world.ts';
import type { Broken, Invariant } from './invariants.ts';

/** Counts what was looked at; the first thing that does not hold ends the run. */
export interface Checks {
  readonly checks: Tally;
  broken(): Broken | undefined;
  readonly check: Check;
}

export type Check = (
  invariant: Invariant,
  holds: boolean,
  who: string,
  detail: () => string,
) => void;

export function createChecks({ timeline, note }: World): Checks {
  const checks = createTally();
  let broken: Broken | undefined;
  return {
    checks,
    broken: () => broken,
    check(invariant, holds, who, detail) {
      checks.add(invariant);
      if (holds || broken !== undefined) return;
      broken = { invariant, at: timeline.now(), who, detail: detail() };
      note(who, `BROKEN ${invariant}: ${broken.detail}`);
      timeline.stop();
    },
  };
}
