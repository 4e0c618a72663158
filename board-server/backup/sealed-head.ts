import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { derivation } from './passphrase-key.ts';
import type { Derivation } from './passphrase-key.ts';

/** The first two lines of a sealed file: what it is, and how its key is made from the passphrase. */
export interface SealedHead {
  readonly derivation: Derivation;
  readonly check: string;
}

const MAGIC = 'OPENHALL-SEALED 1\n';
/** Any version of this format begins so. */
const FAMILY = 'OPENHALL-SEALED ';
/** Longer than any head of this version. */
export const HEAD_BYTES_MAX = 1024;

export function writeHead({ derivation: made, check }: SealedHead): Buffer {
  const text = JSON.stringify({ ...made, check });
  return Buffer.from(`${MAGIC}${sumOf(text)} ${text}\n`);
}

export type HeadReading =
  | { readonly state: 'read'; readonly head: SealedHead; readonly bytes: number }
  | { readonly state: 'foreign' | 'newer' | 'damaged' };

/** Reads the head in the first bytes of a file. */
export function readHead(bytes: Buffer): HeadReading {
  const text = bytes.toString('latin1');
  if (!text.startsWith(MAGIC)) return { state: text.startsWith(FAMILY) ? 'newer' : 'foreign' };
  const end = text.indexOf('\n', MAGIC.length);
  const line = text.slice(MAGIC.length, Math.max(end, MAGIC.length));
  const json = line.slice(SUM_LENGTH + 1);
  const parsed = schema.safeParse(parseJson(json));
  if (line !== `${sumOf(json)} ${json}` || !parsed.success) return { state: 'damaged' };
  const { check, ...made } = parsed.data;
  return { state: 'read', head: { derivation: made, check }, bytes: end + 1 };
}

const schema = z.strictObject({ ...derivation.shape, check: z.string() });

/** Against accidents: a damaged head must not pass for a wrong passphrase. */
function sumOf(text: string): string {
  return hash('sha256', text).slice(0, SUM_LENGTH);
}

const SUM_LENGTH = 16;
