import {
  appendWhole,
  durableNames,
  ensureFolder,
  placeFile,
  sweepTemporaries,
} from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { logFilePath, NO_FILES, readLogEnd, readLogPart } from './log-end.ts';
import type { LogEnd } from './log-end.ts';
import { encodeEntries } from './log-lines.ts';
import { isFolderName } from './names.ts';
import type { Damage, LogEntry, LogHead } from './store.ts';

/** Logs on disk: a folder each, files of lines named by the `seq` they begin with. */
export interface LogFiles {
  readonly damage: readonly Damage[];
  /** The last entry that the files hold durably. */
  head(log: string): LogHead;
  /** Appends entries that follow the head; they are held once this resolves `durable`. */
  append(log: string, entries: readonly LogEntry[]): Promise<'durable' | 'full'>;
  /** Entries from `from` up to the head of this moment, at most `limit`. */
  read(log: string, range: { readonly from: number; readonly limit: number }): Promise<LogEntry[]>;
  /** Before the first append: clears up after a kill or damage. `keep` gets a copy of damaged files. */
  settle(keep: Keep): Promise<void>;
}

/** Keeps a copy of a file; its path is inside the folder of logs. */
type Keep = (file: string, bytes: Uint8Array) => Promise<void>;

/** `journalBegins`: see `readLogEnd`. */
export async function openLogFiles(
  fs: FileSystem,
  folder: string,
  journalBegins: ReadonlyMap<string, number>,
): Promise<LogFiles> {
  const ends = new Map<string, LogEnd>();
  for (const log of (await durableNames(fs, folder)).filter(isFolderName)) {
    ends.set(log, await readLogEnd(fs, folder, log, journalBegins.get(log)));
  }
  const endOf = (log: string): LogEnd => ends.get(log) ?? NO_FILES;
  return {
    damage: [...ends].flatMap(([log, { damaged, begins }]) =>
      damaged === undefined
        ? []
        : [{ file: logFilePath(log, begins.at(-1) ?? 1), reason: damaged.reason }],
    ),
    head: (log) => endOf(log).head,
    async append(log, entries) {
      const next = await append(fs, folder, { log, end: endOf(log), entries });
      if (next === 'full') return 'full';
      ends.set(log, next);
      return 'durable';
    },
    read: (log, range) => read(fs, folder, { log, end: endOf(log), ...range }),
    async settle(keep) {
      await ensureFolder(fs, folder);
      for (const [log, end] of ends) await settle(fs, folder, { log, end, keep });
    },
  };
}

/** A file grows to about this before the next begins: what reading one page costs at most. */
const FILE_BYTES = 1 << 20;

async function append(
  fs: FileSystem,
  folder: string,
  { log, end, entries }: { log: string; end: LogEnd; entries: readonly LogEntry[] },
): Promise<LogEnd | 'full'> {
  const head = entries.at(-1);
  if (head === undefined) return end;
  const isRoom = end.bytes < FILE_BYTES;
  const begins = isRoom ? end.begins : [...end.begins, end.head.seq + 1];
  const length = isRoom ? end.bytes : 0;
  const text = encodeEntries(entries);

  await ensureFolder(fs, `${folder}/${log}`);
  const path = `${folder}/${logFilePath(log, begins.at(-1) ?? 1)}`;
  const file = await fs.open(path, length === 0 ? 'new' : 'existing');
  try {
    await file.truncate(length);
    if ((await appendWhole(file, length, text)) === 'full') return 'full';
  } finally {
    await file.close();
  }
  await fs.syncFolder(`${folder}/${log}`);
  return { begins, head, bytes: length + text.length };
}

async function read(
  fs: FileSystem,
  folder: string,
  { log, end, from, limit }: { log: string; end: LogEnd; from: number; limit: number },
): Promise<LogEntry[]> {
  const first = Math.max(
    0,
    end.begins.findLastIndex((begin) => begin <= from),
  );
  const found: LogEntry[] = [];
  for (const begin of end.begins.slice(first)) {
    if (found.length >= limit) break;
    const part = { begin, from, limit: limit - found.length };
    const entries = await readLogPart(fs, folder, log, part);
    found.push(...entries.filter(({ seq }) => seq <= end.head.seq));
  }
  return found;
}

/** A damaged file is replaced by what can be read of it. Doing so twice does no harm. */
async function settle(
  fs: FileSystem,
  folder: string,
  { log, end, keep }: { log: string; end: LogEnd; keep: Keep },
): Promise<void> {
  await sweepTemporaries(fs, `${folder}/${log}`);
  if (end.damaged === undefined) return;
  const path = logFilePath(log, end.begins.at(-1) ?? 1);
  await keep(path, end.damaged.bytes);
  await placeFile(fs, `${folder}/${path}`, end.damaged.readable);
  await fs.syncFolder(`${folder}/${log}`);
}
