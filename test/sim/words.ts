import type { Bug } from './bugs/bugs.ts';
import { INVARIANTS } from './referee/invariants.ts';
import type { Ended, Outcome } from './simulation.ts';
import type { Tally } from './tally.ts';
import { stamp } from './trace.ts';

/** What the terminal reads. */

export const bugLine = (name: string, { what, caughtBy }: Bug): string =>
  `${name.padEnd(28)}${what} (${caughtBy.join(' or ')})`;

export function dayLine(day: number, { events, publishes, faults, checks }: Outcome): string {
  return (
    `day ${day}: ${number(events)} events, ${publishes} versions out, ` +
    `${number(sum(faults))} faults, ${number(sum(checks))} checks`
  );
}

export interface Asked {
  readonly seed: number;
  readonly screens: number;
  readonly days: number;
  readonly bug: string | undefined;
}

/** How long it took: by the clock on the wall, and of one processor. */
export interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export function summary(asked: Asked, ended: Ended, took: Took): string {
  return [
    '',
    `seed ${asked.seed}, ${asked.screens} screens, ${asked.days} days` +
      (asked.bug === undefined ? '' : `, with the seeded bug ${asked.bug}`),
    `${number(ended.events)} events, ${ended.publishes} versions out`,
    `${took.seconds.toFixed(1)} s, ${took.cpuSeconds.toFixed(1)} s of one processor`,
    '',
    'what people did',
    ...lines(ended.deeds),
    'faults injected',
    ...lines(ended.faults),
    'checks, all held' + (ended.broken === undefined ? '' : ' but one'),
    ...Object.entries(INVARIANTS).map(
      ([name, says]) => `  ${number(ended.checks.of(name)).padStart(14)}  ${name}: ${says}`,
    ),
    '',
    `trace ${ended.hash}`,
    ...(ended.broken === undefined ? [] : brokenLines(asked, ended)),
  ].join('\n');
}

function brokenLines({ seed }: Asked, { broken, lastOf }: Ended): readonly string[] {
  if (broken === undefined) return [];
  const { invariant, at, who, detail } = broken;
  return [
    '',
    `BROKEN ${invariant}: ${INVARIANTS[invariant]}`,
    `  seed ${seed}, ${stamp(at)} in the hall, ${who}`,
    `  ${detail}`,
    `  the last of ${who}`,
    ...lastOf(who).map((line) => `    ${line}`),
  ];
}

const number = (value: number): string => value.toLocaleString('en');
const sum = (tally: Tally): number => tally.all().reduce((total, [, count]) => total + count, 0);
const lines = (tally: Tally): string[] =>
  tally.all().map(([name, count]) => `  ${number(count).padStart(14)}  ${name}`);
