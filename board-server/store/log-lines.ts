import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { isUnaltered } from './chain.ts';
import { frozen } from './frozen.ts';
import type { LogEntry } from './store.ts';
import { logEntrySchema } from './stored-schemas.ts';

export interface LogText {
  /** Every entry that can still be read, those after damage included. */
  readonly entries: readonly LogEntry[];
  /** How many of them stand before the first byte that is no entry. */
  readonly unbroken: number;
  /** Bytes that those take. */
  readonly unbrokenBytes: number;
}

/** One JSON line each. An entry carries its own hash, so a line needs no other checksum. */
export function encodeEntries(entries: readonly LogEntry[]): Buffer {
  return Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

/** The lines of one log, with rising `seq`. A gap is no fault of the file: see `verifyChain`. */
export function decodeEntries(bytes: Buffer, log: string): LogText {
  const entries: LogEntry[] = [];
  let unbroken = 0;
  let unbrokenBytes = 0;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf('\n', start);
    const end = newline < 0 ? bytes.length : newline + 1;
    const entry = newline < 0 ? undefined : decodeEntry(bytes.subarray(start, newline), log);
    if (entry !== undefined && entry.seq > (entries.at(-1)?.seq ?? 0)) {
      entries.push(entry);
      if (unbrokenBytes === start) {
        unbroken += 1;
        unbrokenBytes = end;
      }
    }
    start = end;
  }
  return { entries, unbroken, unbrokenBytes };
}

/**
 * At most `limit` entries from `from` on, where line `n` holds entry `begin + n`: the other lines are
 * only counted, since hashing a whole file to show one entry of it would cost thirty times as much.
 * Undefined where damage has left other lines than that, so that each must be read.
 */
export function decodePart(
  bytes: Buffer,
  log: string,
  { begin, from, limit }: { readonly begin: number; readonly from: number; readonly limit: number },
): readonly LogEntry[] | undefined {
  const entries: LogEntry[] = [];
  let line = bytes.subarray(0, 0);
  let seq = begin;
  for (let start = 0; entries.length < limit; seq += 1) {
    const newline = bytes.indexOf('\n', start);
    if (newline < 0) break;
    line = bytes.subarray(start, newline);
    if (seq >= from) {
      const entry = decodeEntry(line, log);
      if (entry?.seq !== seq) return undefined;
      entries.push(entry);
    }
    start = newline + 1;
  }
  // None is that far: only the last line says whether the lines before it stand where they should.
  const isShort = seq > begin && seq <= from;
  return isShort && decodeEntry(line, log)?.seq !== seq - 1 ? undefined : entries;
}

function decodeEntry(line: Buffer, log: string): LogEntry | undefined {
  const parsed = logEntrySchema.safeParse(parseJson(fromUtf8(line) ?? ''));
  if (!parsed.success || parsed.data.log !== log || !isUnaltered(parsed.data)) return undefined;
  return Object.freeze({ ...parsed.data, value: frozen(parsed.data.value) });
}
