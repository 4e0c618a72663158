import { appendWhole, durableNames } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { decodeLines } from './journal-line.ts';
import type { JournalLine } from './journal-line.ts';
import type { Damage } from './store.ts';

/** One file of the journal, open for appending. */
export interface Segment {
  readonly name: string;
  bytes(): number;
  /** `full`: nothing was written, half lines included. Throws when the disk fails. */
  append(line: Uint8Array): Promise<'durable' | 'full'>;
  close(): Promise<void>;
}

export interface JournalContent {
  /** Names of the files, oldest first. */
  readonly segments: readonly string[];
  readonly lines: readonly JournalLine[];
  /** Number of the last commit; 0 when there was none. */
  readonly last: number;
  readonly bytes: number;
  readonly damage: readonly Damage[];
}

/**
 * Everything the journal holds, made durable before it is believed: a process killed between write
 * and fdatasync leaves lines that only memory holds. A torn last line is left out.
 */
export async function readJournal(fs: FileSystem, folder: string): Promise<JournalContent> {
  const segments = (await durableNames(fs, folder)).filter(isSegment).sort();
  const lines: JournalLine[] = [];
  const damage: Damage[] = [];
  let last = 0;
  let bytes = 0;
  for (const [index, name] of segments.entries()) {
    await fs.syncFile(`${folder}/${name}`);
    const content = (await fs.read(`${folder}/${name}`)) ?? Buffer.alloc(0);
    const { lines: found, tail, damagedLines } = decodeLines(content);
    const begin = lastBefore(name);
    // Each segment says which commit it follows, so the one before it cannot lose its end unseen.
    const before = segments[index - 1];
    if (before !== undefined && begin > last) damage.push(missing(before, last, begin));
    if (tail === 'damaged' || damagedLines > 0) damage.push({ file: name, reason: UNREADABLE });
    lines.push(...found);
    last = found.at(-1)?.number ?? begin;
    bytes += content.length;
  }
  return { segments, lines, last, bytes, damage };
}

/** Begins a segment after commit `last`. Nothing is written to it before its name is durable. */
export async function openSegment(
  fs: FileSystem,
  folder: string,
  { generation, last }: { readonly generation: number; readonly last: number },
): Promise<Segment> {
  const name = `${digits(generation)}-after-${digits(last)}.journal`;
  const file = await fs.open(`${folder}/${name}`, 'new');
  try {
    await fs.syncFolder(folder);
  } catch (error) {
    await file.close();
    throw error;
  }
  let bytes = 0;
  return {
    name,
    bytes: () => bytes,
    async append(line) {
      const written = await appendWhole(file, bytes, line);
      if (written === 'durable') bytes += line.length;
      return written;
    },
    close: () => file.close(),
  };
}

/** The number a segment opened after this one must bear. */
export function nextGeneration(segments: readonly string[]): number {
  return segmentGeneration(segments.at(-1) ?? '') + 1;
}

export function segmentGeneration(name: string): number {
  return Number(name.slice(0, DIGITS));
}

export function isSegment(name: string): boolean {
  return SEGMENT.test(name);
}

const DIGITS = 12;
const SEGMENT = /^\d{12}-after-\d{12}\.journal$/;
const UNREADABLE = 'a line of the journal is unreadable';

const digits = (count: number): string => String(count).padStart(DIGITS, '0');
const lastBefore = (name: string): number =>
  Number(name.slice(-'.journal'.length - DIGITS, -'.journal'.length));

function missing(file: string, last: number, begin: number): Damage {
  return { file, reason: `commits ${last + 1} to ${begin} are missing` };
}
