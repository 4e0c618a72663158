import { ensureFolder } from './durable-file.ts';
import { isFull } from './file-system.ts';
import type { FileSystem } from './file-system.ts';
import { nextGeneration, openSegment } from './journal.ts';
import type { JournalContent, Segment } from './journal.ts';
import { encodeLine } from './journal-line.ts';
import type { JournalOperation } from './journal-line.ts';

/** The growing end of the journal. Once a call has thrown, the disk is not to be trusted. */
export interface JournalWriter {
  /** Number of the last durable commit. */
  last(): number;
  /** Bytes in all segments: what a start would replay. */
  bytes(): number;
  append(operations: readonly JournalOperation[]): Promise<'durable' | 'full'>;
  /** Begins a new segment, unless an older one still waits to be dropped. Not during an append. */
  rotate(): Promise<'done' | 'full'>;
  /** Removes the older segments, once the files hold what they say. */
  dropOlder(): Promise<void>;
  close(): Promise<void>;
}

export function createJournalWriter(
  fs: FileSystem,
  folder: string,
  content: JournalContent,
  putAside: (segment: string) => Promise<void>,
): JournalWriter {
  const damaged = new Set(content.damage.map(({ file }) => file));
  let older = content.segments;
  let olderBytes = content.bytes;
  let generation = nextGeneration(content.segments);
  let last = content.last;
  let current: Segment | undefined;

  /** `full`: the segment in use, if any, stays in use. */
  async function begin(): Promise<'done' | 'full'> {
    try {
      await ensureFolder(fs, folder);
      const next = await openSegment(fs, folder, { generation, last });
      await retire();
      current = next;
      generation += 1;
      return 'done';
    } catch (error) {
      if (isFull(error)) return 'full';
      throw error;
    }
  }

  async function retire(): Promise<void> {
    if (current === undefined) return;
    older = [...older, current.name];
    olderBytes += current.bytes();
    await current.close();
  }

  return {
    last: () => last,
    bytes: () => olderBytes + (current?.bytes() ?? 0),
    async append(operations) {
      if (current === undefined && (await begin()) === 'full') return 'full';
      const outcome = await current?.append(encodeLine({ number: last + 1, operations }));
      if (outcome === 'durable') last += 1;
      return outcome ?? 'full';
    },
    async rotate() {
      const inUse = current?.bytes() ?? 0;
      const mustBegin = current === undefined || (older.length === 0 && inUse > 0);
      return mustBegin ? begin() : 'done';
    },
    async dropOlder() {
      // Oldest first, each gone for good before the next: a replay that finds an old line must also
      // find every later one.
      for (const name of older) {
        if (damaged.has(name)) await putAside(name);
        else await fs.remove(`${folder}/${name}`);
        await fs.syncFolder(folder);
        older = older.slice(1);
      }
      olderBytes = 0;
    },
    async close() {
      await current?.close();
    },
  };
}
