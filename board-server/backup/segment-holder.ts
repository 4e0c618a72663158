import type { FileSystem } from '../store/file-system.ts';
import { isSegment, segmentGeneration } from '../store/journal.ts';

/** Journal files of a store in use, kept from when they were first seen, however soon they go. */
export interface SegmentHolder {
  /** Reads what came since the last look, and what grew until then. */
  look(): Promise<void>;
  /** Looks, and also reads what has grown in the file that is still in use. */
  finish(): Promise<void>;
  /** Whether a file went before all of it was read, or came and went between two looks. */
  hasLost(): boolean;
  /** Names and bytes, oldest first. */
  held(): readonly (readonly [name: string, bytes: Buffer<ArrayBuffer>])[];
}

export function createSegmentHolder(fs: FileSystem, folder: string): SegmentHolder {
  const held = new Map<string, Buffer<ArrayBuffer>>();
  /** The newest file of the last look: it may have grown since. */
  let growing: string | undefined;
  let lost = false;

  async function read(isLast: boolean): Promise<void> {
    const names = (await fs.list(folder)).filter(isSegment).sort();
    lost ||= growing !== undefined && !names.includes(growing);
    if (!isLast && growing !== undefined && growing === names.at(-1)) return;
    for (const name of names) {
      const bytes = await fs.read(`${folder}/${name}`);
      if (bytes !== undefined) held.set(name, bytes);
      // One that was read when it had grown to its end may go.
      else lost ||= name === growing || !held.has(name);
    }
    growing = names.at(-1);
    lost ||= hasGap([...held.keys()]);
  }

  return {
    look: () => read(false),
    finish: () => read(true),
    hasLost: () => lost,
    held: () => [...held].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

function hasGap(names: readonly string[]): boolean {
  const generations = names.map(segmentGeneration).sort((a, b) => a - b);
  return generations.some((each, index) => each !== (generations[0] ?? 0) + index);
}
