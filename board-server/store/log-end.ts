import { EMPTY_LOG } from './chain.ts';
import { durableNames } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { decodeEntries, decodePart, encodeEntries } from './log-lines.ts';
import type { LogEntry, LogHead } from './store.ts';

/** How one log stands on the disk. */
export interface LogEnd {
  /** `seq` that each of its files begins with, oldest first. */
  readonly begins: readonly number[];
  readonly head: LogHead;
  /** Good bytes of the last file. What lies beyond is cut off by the next append. */
  readonly bytes: number;
  readonly damaged?: { readonly reason: string; readonly bytes: Buffer; readonly readable: Buffer };
}

/** Where a log begins that has no file yet: past the end of any file, so that one is begun. */
export const NO_FILES: LogEnd = { begins: [], head: EMPTY_LOG, bytes: Infinity };

/**
 * Looks at the last file of a log. `journalBegin` is the first `seq` the journal still holds: what
 * the file lacks from there on was being written when the power went; what it lacks before is damage.
 */
export async function readLogEnd(
  fs: FileSystem,
  folder: string,
  log: string,
  journalBegin: number | undefined,
): Promise<LogEnd> {
  const names = await durableNames(fs, `${folder}/${log}`);
  const begins = names.flatMap(beginOf).sort((a, b) => a - b);
  const begin = begins.at(-1);
  if (begin === undefined) return NO_FILES;
  await fs.syncFile(`${folder}/${logFilePath(log, begin)}`);
  const bytes = await readLogFile(fs, folder, log, begin);
  const text = decodeEntries(bytes, log);
  const unbroken = text.entries.slice(0, text.unbroken);
  const next = (unbroken.at(-1)?.seq ?? begin - 1) + 1;
  const before = (): Promise<LogHead> => lastOf(fs, folder, log, begins.slice(0, -1));

  if (text.unbrokenBytes === bytes.length || (journalBegin !== undefined && journalBegin <= next)) {
    return { begins, head: unbroken.at(-1) ?? (await before()), bytes: text.unbrokenBytes };
  }
  const readable = encodeEntries(text.entries);
  return {
    begins,
    head: text.entries.at(-1) ?? (await before()),
    bytes: readable.length,
    damaged: { reason: `not every entry from ${next} on is readable`, bytes, readable },
  };
}

/** Entries of the file that begins with `begin`, from `from` on, at most `limit`. */
export async function readLogPart(
  fs: FileSystem,
  folder: string,
  log: string,
  part: { readonly begin: number; readonly from: number; readonly limit: number },
): Promise<readonly LogEntry[]> {
  const bytes = await readLogFile(fs, folder, log, part.begin);
  const whole = () => decodeEntries(bytes, log).entries.filter(({ seq }) => seq >= part.from);
  return decodePart(bytes, log, part) ?? whole().slice(0, part.limit);
}

/** The file that begins with `begin`, as a path inside the folder of logs. */
export function logFilePath(log: string, begin: number): string {
  return `${log}/${String(begin).padStart(DIGITS, '0')}.jsonl`;
}

const DIGITS = 12;
const FILE = /^(?<begin>\d{12})\.jsonl$/;

function beginOf(name: string): number[] {
  const begin = FILE.exec(name)?.groups?.['begin'];
  return begin === undefined ? [] : [Number(begin)];
}

async function readLogFile(
  fs: FileSystem,
  folder: string,
  log: string,
  begin: number,
): Promise<Buffer> {
  return (await fs.read(`${folder}/${logFilePath(log, begin)}`)) ?? Buffer.alloc(0);
}

/** The last readable entry in files before the one in question. */
async function lastOf(
  fs: FileSystem,
  folder: string,
  log: string,
  begins: readonly number[],
): Promise<LogHead> {
  for (const begin of begins.toReversed()) {
    const last = decodeEntries(await readLogFile(fs, folder, log, begin), log).entries.at(-1);
    if (last !== undefined) return last;
  }
  return EMPTY_LOG;
}
