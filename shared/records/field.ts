import * as z from 'zod/mini';
import { parseDate } from '../domain/civil.ts';
import { CARRIERS } from '../domain/release.ts';

/** The scalars that records are made of, accepted only as they can be drawn, sorted and signed. */

/** Text in one line. */
export const line = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => !BARRED.test(text) && !text.includes('\n')),
  );

/** Text in which a line feed ends a paragraph. */
export const lines = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => !BARRED.test(text)),
  );

/**
 * Half of a surrogate pair has no UTF-8; controls other than tab and line feed have no glyph; marks
 * that turn the direction of writing can make text read otherwise than it was approved.
 */
const BARRED = /[\p{Surrogate}\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/u;

/** [BN4] `YYYY-MM-DD`, a day that exists. */
export const day = z.string().check(z.refine((text) => parseDate(text) !== undefined));

/** [BN4] Epoch milliseconds from 1970 to the year 9999. */
export const moment = z.int().check(z.gte(0), z.lt(253_402_300_800_000));

export const carriers = z.array(z.enum(CARRIERS)).check(
  z.minLength(1),
  z.refine((list) => new Set(list).size === list.length),
);
