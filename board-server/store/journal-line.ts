import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import type { Operation } from './decide.ts';
import { countSchema, jsonSchema, keyShape, logEntrySchema } from './stored-schemas.ts';

/**
 * One line is one commit point: everything that one fdatasync made durable, whole or not at all.
 * `number` is dense over all segments of a journal, so a missing line cannot go unseen.
 */
export interface JournalLine {
  readonly number: number;
  readonly operations: readonly JournalOperation[];
}

/** A put also says which shape its value has: see `Migrations`. */
export type JournalOperation =
  | Exclude<Operation, { put: unknown }>
  | { readonly put: Extract<Operation, { put: unknown }>['put'] & { readonly v: number } };

export interface JournalText {
  readonly lines: readonly JournalLine[];
  /** Bytes at the end that are no line: a write the power cut short, or damage. */
  readonly tail: 'none' | 'torn' | 'damaged';
  /** Bytes before a good line that are no line. A power cut cannot do that. */
  readonly damagedLines: number;
}

export function encodeLine(line: JournalLine): Buffer {
  const text = JSON.stringify(line);
  return Buffer.from(`${checksum(text)} ${text}\n`);
}

export function decodeLines(bytes: Buffer): JournalText {
  const chunks = bytes.toString('utf8').split('\n');
  if (chunks.at(-1) === '') chunks.pop();
  const lines = chunks.map(
    // A line is whole by its checksum, also when the byte behind it is no newline any more.
    (chunk) => decodeLine(chunk) ?? decodeLine(chunk.slice(0, -1)),
  );
  const lastGood = lines.findLastIndex((line) => line !== undefined);
  return {
    lines: lines.filter((line) => line !== undefined),
    tail: lastGood === lines.length - 1 ? 'none' : isTorn(bytes) ? 'torn' : 'damaged',
    damagedLines: lines.slice(0, lastGood + 1).filter((line) => line === undefined).length,
  };
}

/**
 * A line is written at once behind the end of the file. When the power goes, sectors of it are
 * missing: the file ends early, or they read as zeros. A whole line with wrong text is no tear.
 */
function isTorn(bytes: Buffer): boolean {
  return bytes.at(-1) !== NEWLINE || bytes.includes(0);
}

const NEWLINE = 0x0a;

/** Against accidents, not attackers: 64 bits of SHA-256. */
function checksum(text: string): string {
  return hash('sha256', text).slice(0, CHECKSUM_LENGTH);
}

const CHECKSUM_LENGTH = 16;

function decodeLine(chunk: string): JournalLine | undefined {
  const text = chunk.slice(CHECKSUM_LENGTH + 1);
  if (chunk !== `${checksum(text)} ${text}`) return undefined;
  const parsed = lineSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

const lineSchema = z.object({
  number: countSchema,
  operations: z.array(
    z.union([
      z.object({
        put: z.object({ ...keyShape, version: countSchema, v: countSchema, value: jsonSchema }),
      }),
      z.object({ remove: z.object(keyShape) }),
      z.object({ append: logEntrySchema }),
    ]),
  ),
});
