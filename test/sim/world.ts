import { DAY } from './seconds.ts';
import type { Chance } from './chance.ts';
import { createChance } from './chance.ts';
import type { Tally } from './tally.ts';
import { createTally } from './tally.ts';
import type { Timeline } from './timeline.ts';
import { createTimeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import { createTrace } from './trace.ts';

/** What every part of a run shares. */
export interface World {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly trace: Trace;
  /** Faults injected, by kind. */
  readonly faults: Tally;
  readonly startAt: number;
  readonly endAt: number;
  chance(name: string): Chance;
  /** Notes what happens to someone now. */
  note(who: string, what: string): void;
  /** A fault is injected. */
  fault(who: string, kind: string): void;
}

/** Monday 23 November 2026, 00:00 in the hall. */
const START_AT = Date.UTC(2026, 10, 22, 16);

export function createWorld({ seed, days }: { seed: number; days: number }): World {
  const timeline = createTimeline(START_AT);
  const trace = createTrace();
  const faults = createTally();
  const note: World['note'] = (who, what) => trace.note(timeline.now(), who, what);
  return {
    seed,
    timeline,
    trace,
    faults,
    startAt: START_AT,
    endAt: START_AT + days * DAY,
    chance: (name) => createChance(seed, name),
    note,
    fault(who, kind) {
      faults.add(kind);
      note(who, `fault: ${kind}`);
    },
  };
}

/** Milliseconds after midnight in the hall. */
export const timeOfDay = (world: World, at: number): number => (at - world.startAt) % DAY;
