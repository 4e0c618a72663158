import type { Box } from './box/box.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';
import { DAY, MINUTE } from './seconds.ts';
import { timeOfDay } from './world.ts';

/** When a box is switched on at the wall, by milliseconds after midnight in the hall. */
export interface Hours {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Every seventh box is never switched off; touch screens keep office hours, boards longer ones. */
export function hoursOf(box: Box, index: number, chance: Chance): Hours {
  if (index % 7 === 3) return { fromMs: 0, untilMs: DAY };
  const [from, until] = box.device.kind === 'board' ? [390, 1230] : [480, 1050];
  return {
    fromMs: Math.floor((from + chance.between(0, 10)) * MINUTE),
    untilMs: Math.floor((until + chance.between(0, 10)) * MINUTE),
  };
}

export function isWithin(world: World, { fromMs, untilMs }: Hours): boolean {
  const ms = timeOfDay(world, world.timeline.now());
  return fromMs <= ms && ms < untilMs;
}

/** Switches it on in the morning and off at night, at the wall: that is a power cut like any other. */
export function keepHours(world: World, box: Box, { fromMs, untilMs }: Hours, days: number): void {
  const { timeline, startAt } = world;
  for (let day = 0; day < days; day += 1) {
    timeline.at(startAt + day * DAY + fromMs, box.switchOn);
    if (untilMs < DAY) timeline.at(startAt + day * DAY + untilMs, box.cutPower);
  }
}
