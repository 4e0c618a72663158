import * as z from 'zod/mini';
import type { Json } from '../../shared/kit/json.ts';

/** Any JSON. The text around it has passed `JSON.parse`, which yields nothing else. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined);

export const countSchema = z.int().check(z.nonnegative());

export const keyShape = { collection: z.string(), id: z.string() };

export const logEntrySchema = z.object({
  log: z.string(),
  seq: countSchema,
  at: z.number(),
  value: jsonSchema,
  prev: z.string(),
  hash: z.string(),
});
