import * as z from 'zod/mini';
import { channelId, count, instant, screenId, text } from './scalars.ts';

export const CLOCK_STATES = ['confirmed', 'unconfirmed', 'lost'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Why a screen does not show a version yet. A closed list; the console has a sentence for each. */
export const PROBLEMS = [
  'fetching',
  'no-space',
  'bad-statement',
  'rollback',
  'conflict',
  'unsigned',
  'bad-object',
  'missing-object',
  'too-large',
  'not-public',
  'clock-lost',
  'not-painting',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** A screen's own word, signed with its own key. */
export const report = z.strictObject({
  v: z.literal(1),
  screen: screenId,
  /** Grows by one with each report of this key. */
  seq: count,
  at: instant,
  clock: z.enum(CLOCK_STATES),
  /** Build of the shell that runs. */
  shell: text(64),
  channels: z
    .array(
      z.strictObject({
        channel: channelId,
        /** The newest head accepted. */
        accepted: z.nullable(z.strictObject({ epoch: count, version: count })),
        /** The newest head whose picture has stood for two frames. */
        painted: z.nullable(z.strictObject({ epoch: count, version: count, at: instant })),
        problem: z.nullable(z.enum(PROBLEMS)),
      }),
    )
    .check(z.maxLength(8)),
  /** The item in the main zone, as `record/version`, when the screen is a board. */
  showing: z.nullable(text(96)),
});
export type Report = z.infer<typeof report>;
