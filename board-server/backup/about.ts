import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { count, instant, text } from '../../shared/protocol/scalars.ts';

/** The first file of a backup: what it is of. */
const about = z.strictObject({
  v: z.literal(1),
  madeAt: instant,
  /** The epoch under which the hall signed then. */
  epoch: count,
  /** Fingerprint that its screens pin. */
  root: text(64),
});
export type About = z.infer<typeof about>;

export const ABOUT = 'about.json';

export function writeAbout(value: About): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

export function readAbout(bytes: Buffer): About | undefined {
  return about.safeParse(parseJson(bytes.toString('utf8'))).data;
}
