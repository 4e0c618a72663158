import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../board-server/store/file-system.ts';
import type { Node } from './memory-disk.ts';
import { createMortalDisk, FOREVER } from './mortal-disk.ts';
import type { Lifetime } from './mortal-disk.ts';

/** What a folder's entry points to. Files are numbered, so that a rename is seen as what it is. */
export type Target = 'folder' | { readonly file: number } | { readonly link: string };

/** One change that lies in memory until a sync makes it durable. */
export type Effect =
  | {
      readonly kind: 'write';
      readonly file: number;
      readonly offset: number;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'truncate'; readonly file: number; readonly length: number }
  /** Entries that change in one step: a rename takes one away and sets the other. */
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Target | undefined> };

/**
 * What happened, in order. An effect may reach the disk from `begun` on; it has from `synced` on.
 * A note is what the program under test has promised by then.
 */
export type Event<Note> =
  | { readonly type: 'begun'; readonly effect: number }
  | { readonly type: 'synced'; readonly effects: readonly number[] }
  | { readonly type: 'note'; readonly note: Note };

export interface Recording<Note> {
  /** What was there, and durable, before the first event. */
  readonly initial: Image;
  readonly effects: readonly Effect[];
  readonly events: readonly Event<Note>[];
}

/** Folders and names on one side, bytes on the other: they become durable separately. */
export interface Image {
  readonly entries: ReadonlyMap<string, Target>;
  readonly files: ReadonlyMap<number, Buffer<ArrayBuffer>>;
}

export function imageOf(nodes: ReadonlyMap<string, Node>): Image {
  const entries = new Map<string, Target>();
  const files = new Map<number, Buffer<ArrayBuffer>>();
  for (const [path, node] of nodes) {
    if (Buffer.isBuffer(node)) {
      entries.set(path, { file: files.size });
      files.set(files.size, node);
    } else entries.set(path, node);
  }
  return { entries, files };
}

/** Which syncs to leave out, to see whether the power cuts find out. */
export type Omission =
  | 'nothing'
  | 'every sync'
  | 'folder syncs'
  | 'file syncs'
  | 'syncs of old files';

export interface Recorder<Note> {
  readonly recording: Recording<Note>;
  note(note: Note): void;
  /** The disk as one process sees it. */
  process(lifetime?: Lifetime): { readonly disk: FileSystem; readonly death: Promise<void> };
}

/** Records every change that goes to `inner`, which holds `nodes` so far. */
export function createRecorder<Note>(
  inner: FileSystem,
  nodes: ReadonlyMap<string, Node>,
  omission: Omission = 'nothing',
): Recorder<Note> {
  const initial = imageOf(nodes);
  const effects: Effect[] = [];
  const events: Event<Note>[] = [];
  const entries = new Map(initial.entries);
  const lengths = new Map([...initial.files].map(([file, bytes]) => [file, bytes.length]));
  /** Effects that have ended and wait for a sync, and for which syncs they wait. */
  const waiting = new Map<number, Set<string>>();

  async function perform(effect: Effect, action: () => Promise<unknown>): Promise<void> {
    const index = effects.push(effect) - 1;
    events.push({ type: 'begun', effect: index });
    await action();
    waiting.set(index, new Set(syncsFor(effect)));
  }

  async function sync(what: string, action: () => Promise<void>): Promise<void> {
    const covered = [...waiting].filter(([, syncs]) => syncs.has(what));
    await action();
    for (const [, syncs] of covered) syncs.delete(what);
    const durable = covered.filter(([, syncs]) => syncs.size === 0).map(([index]) => index);
    for (const index of durable) waiting.delete(index);
    events.push({ type: 'synced', effects: durable });
  }

  async function enter(
    changes: readonly (readonly [string, Target | undefined])[],
    action: () => Promise<unknown>,
  ): Promise<void> {
    for (const [path, target] of changes) {
      if (target === undefined) entries.delete(path);
      else entries.set(path, target);
    }
    await perform({ kind: 'entries', entries: new Map(changes) }, action);
  }

  function recordedFile(file: number, handle: OpenFile): OpenFile {
    return {
      write(bytes) {
        const offset = lengths.get(file) ?? 0;
        lengths.set(file, offset + bytes.length);
        const effect = { kind: 'write', file, offset, bytes: Buffer.from(bytes) } as const;
        return perform(effect, () => handle.write(bytes));
      },
      truncate(length) {
        lengths.set(file, length);
        return perform({ kind: 'truncate', file, length }, () => handle.truncate(length));
      },
      sync: async () => {
        if (omission === 'every sync' || omission === 'file syncs') return;
        await sync(`file ${file}`, () => handle.sync());
      },
      close: () => handle.close(),
    };
  }

  const disk: FileSystem = {
    async makeFolder(path) {
      if (entries.has(path)) return inner.makeFolder(path);
      await enter([[path, 'folder']], () => inner.makeFolder(path));
      return true;
    },
    list: (folder) => inner.list(folder),
    read: (path) => inner.read(path),
    async open(path, how) {
      const target = entries.get(path);
      const known = typeof target === 'object' && 'file' in target ? target.file : undefined;
      let handle: OpenFile | undefined;
      const open = async (): Promise<void> => {
        handle = await inner.open(path, how);
      };
      const file = known ?? lengths.size;
      if (how === 'new') lengths.set(file, 0);
      if (known === undefined) await enter([[path, { file }]], open);
      else if (how === 'new') await perform({ kind: 'truncate', file, length: 0 }, open);
      else await open();
      if (handle === undefined) throw new Error('broken assumption: no handle');
      return recordedFile(file, handle);
    },
    rename(from, to) {
      const moved: Target | undefined = entries.get(from);
      return enter(
        [
          [from, undefined],
          [to, moved],
        ],
        () => inner.rename(from, to),
      );
    },
    async remove(path) {
      if (entries.has(path)) await enter([[path, undefined]], () => inner.remove(path));
    },
    async syncFolder(folder) {
      if (omission === 'every sync' || omission === 'folder syncs') return;
      await sync(folder, () => inner.syncFolder(folder));
    },
    async syncFile(path) {
      if (omission !== 'nothing' && omission !== 'folder syncs') return;
      const target = entries.get(path);
      if (typeof target === 'object' && 'file' in target) {
        await sync(`file ${target.file}`, () => inner.syncFile(path));
      }
    },
    async claim(path, link) {
      if (entries.has(path)) return false;
      await enter([[path, { link }]], () => inner.claim(path, link));
      return true;
    },
    claimText: (path) => inner.claimText(path),
    isVolatile: (folder) => inner.isVolatile(folder),
  };

  return {
    recording: { initial, effects, events },
    note: (note) => void events.push({ type: 'note', note }),
    process: (lifetime = FOREVER) => createMortalDisk(disk, lifetime),
  };
}

/** Which syncs make it durable: that of its file, or those of the folders it changes. */
function syncsFor(effect: Effect): readonly string[] {
  return effect.kind === 'entries'
    ? [...effect.entries.keys()].map((path) => dirname(path))
    : [`file ${effect.file}`];
}
