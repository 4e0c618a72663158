import * as z from 'zod/mini';
import { CLOCK_STATES, PROBLEMS } from './report.ts';

/**
 * What the demonstration wall and the screens in its frames say to each other. Both are windows of
 * one origin; a frame takes it from its parent only.
 */

/** How a device's clock is wrong: three hours ahead or behind, or begun anew in 1970. */
export const WRONG_CLOCKS = ['ahead', 'behind', 'reset'] as const;

/** What is to go wrong with the simulated device of a frame. */
const faults = z.strictObject({
  offline: z.boolean(),
  slow: z.boolean(),
  corrupt: z.boolean(),
  clock: z.nullable(z.enum(WRONG_CLOCKS)),
});
export type Faults = z.infer<typeof faults>;

export const NO_FAULTS: Faults = { offline: false, slow: false, corrupt: false, clock: null };

const count = z.int().check(z.gte(0));
const milliseconds = z.number();

/** What a screen knows of itself, read off its engine. */
const facts = z.strictObject({
  /** Version of the head on the glass, and of the newest accepted; null before the first. */
  shown: z.nullable(count),
  wanted: z.nullable(count),
  /** This page has not been connected yet: what is on the glass is from the screen's own store. */
  isFromStore: z.boolean(),
  connected: z.boolean(),
  /** How long that has been so. */
  lineForMs: milliseconds,
  /** How long the newest question took to be answered; null before the first. */
  answerMs: z.nullable(milliseconds),
  clock: z.enum(CLOCK_STATES),
  /** Device time less trusted time. */
  deviceAheadMs: milliseconds,
  problem: z.nullable(z.enum(PROBLEMS)),
  /** Items taken off the glass because their end may be over. */
  withheld: count,
  /** Objects that the engine found damaged in its store, and how many of them are not back yet. */
  damaged: z.strictObject({ found: count, open: count }),
  /** Answers that were spoilt on the line, and bytes other than their name says that were stored. */
  received: z.strictObject({ spoilt: count, stored: count }),
  /** How long ago one of these changed; null when none ever did. */
  harmForMs: z.nullable(milliseconds),
});
export type Facts = z.infer<typeof facts>;

export const wallToFrame = z.strictObject({ v: z.literal(1), kind: z.literal('faults'), faults });
export type WallToFrame = z.infer<typeof wallToFrame>;

export const frameToWall = z.discriminatedUnion('kind', [
  /** It listens, and waits to be told what goes wrong before it opens anything. */
  z.strictObject({ v: z.literal(1), kind: z.literal('ready') }),
  z.strictObject({ v: z.literal(1), kind: z.literal('facts'), facts }),
]);
export type FrameToWall = z.infer<typeof frameToWall>;
