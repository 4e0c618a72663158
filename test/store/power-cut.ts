import { hash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Node } from './memory-disk.ts';
import { below } from './random.ts';
import type { Random } from './random.ts';
import type { Effect, Image, Recording } from './recorded-disk.ts';

/** What the disk may hold when the power is cut, and what had been promised by then. */
export interface PowerCut<Note> {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Equal for equal contents. */
  readonly key: string;
  readonly note: Note;
}

/**
 * Disks that a power cut may leave at each moment of the recording. The model is that of ALICE
 * (Pillai et al., OSDI 2014), at its weakest: what has not been synced is lost, kept or (a write)
 * torn, each for itself and in any order; a rename is atomic; syncing a file does not keep its
 * name, and syncing a folder does not keep bytes. All combinations of few effects are given; of
 * many, the systematic ones and `samples` by chance.
 */
export function* powerCuts<Note>(
  { initial, effects, events }: Recording<Note>,
  first: Note,
  { random, samples }: { readonly random: Random; readonly samples: number },
): Generator<PowerCut<Note>> {
  const durable = mutable(initial);
  const pending = new Set<number>();
  let note = first;
  for (const event of events) {
    if (event.type === 'note') note = event.note;
    else if (event.type === 'begun') pending.add(event.effect);
    else {
      for (const index of event.effects) {
        applyFate(durable, effects[index], 'kept');
        pending.delete(index);
      }
    }
    const open = [...pending].sort((a, b) => a - b).flatMap((index) => effects[index] ?? []);
    for (const fates of fatesOf(open, random, samples)) {
      const image = mutable(durable);
      for (const [index, effect] of open.entries())
        applyFate(image, effect, fates[index] ?? 'lost');
      const nodes = reachable(image);
      yield { nodes, key: keyOf(nodes), note };
    }
  }
}

function mutable({ entries, files }: Image) {
  return { entries: new Map(entries), files: new Map(files) };
}

/** What becomes of an effect: `Tear` says which bytes of a write arrive. */
type Fate = 'lost' | 'kept' | Tear;
type Tear = (bytes: Buffer, offset: number) => Buffer;

const SECTOR = 512;

/** The file ends early; it has its length but not its bytes; or single sectors are missing. */
function tearsOf(random: Random): readonly Tear[] {
  const keptSectors = below(random, 2 ** 16);
  return [
    (bytes) => bytes.subarray(0, 1),
    upTo(0.5),
    upTo(random()),
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => Buffer.alloc(bytes.length),
    sectors((sector) => sector % 2 === 0),
    sectors((sector) => sector % 2 === 1),
    sectors((sector) => ((keptSectors >> (sector % 16)) & 1) === 1),
  ];
}

function upTo(share: number): Tear {
  return (bytes) => bytes.subarray(0, Math.max(1, Math.floor(bytes.length * share)));
}

function sectors(isKept: (sector: number) => boolean): Tear {
  return (bytes, offset) => {
    const torn = Buffer.from(bytes);
    for (let at = 0; at < torn.length; at += 1) {
      if (!isKept(Math.floor((offset + at) / SECTOR))) torn[at] = 0;
    }
    return torn;
  };
}

/** Effects looked at one by one; those that have waited longer share one fate with many. */
const RECENT = 12;

function* fatesOf(
  open: readonly Effect[],
  random: Random,
  samples: number,
): Generator<readonly Fate[]> {
  const count = open.length;
  const lost: readonly Fate[] = open.map(() => 'lost');
  const kept: readonly Fate[] = open.map(() => 'kept');
  const tears = tearsOf(random);
  yield lost;
  if (count <= 4) {
    for (let set = 1; set < 2 ** count; set += 1) {
      yield open.map((_, index) => ((set >> index) & 1 ? 'kept' : 'lost'));
    }
    for (const fates of torn(open, tears)) yield fates;
    return;
  }
  for (let index = Math.max(0, count - RECENT); index < count; index += 1) {
    yield kept.slice(0, index + 1);
    yield lost.with(index, 'kept');
    yield kept.with(index, 'lost');
  }
  for (const fates of torn(open, tears)) yield fates;
  for (let sample = 0; sample < samples; sample += 1) {
    yield open.map((effect) => {
      const chance = random();
      if (effect.kind === 'write' && chance < 0.25)
        return tears[below(random, tears.length)] ?? 'lost';
      return chance < 0.6 ? 'kept' : 'lost';
    });
  }
}

/** One recent write is torn in every way, and all else is lost or all else is kept. */
function* torn(open: readonly Effect[], tears: readonly Tear[]): Generator<readonly Fate[]> {
  const lost: readonly Fate[] = open.map(() => 'lost');
  const kept: readonly Fate[] = open.map(() => 'kept');
  for (let index = Math.max(0, open.length - RECENT); index < open.length; index += 1) {
    if (open[index]?.kind !== 'write') continue;
    for (const tear of tears) {
      yield lost.with(index, tear);
      if (open.length > 1) yield kept.with(index, tear);
    }
  }
}

function applyFate(
  { entries, files }: ReturnType<typeof mutable>,
  effect: Effect | undefined,
  fate: Fate,
): void {
  if (effect === undefined || fate === 'lost') return;
  if (effect.kind === 'entries') {
    for (const [path, target] of effect.entries) {
      if (target === undefined) entries.delete(path);
      else entries.set(path, target);
    }
    return;
  }
  const before = files.get(effect.file) ?? Buffer.alloc(0);
  if (effect.kind === 'truncate') {
    files.set(effect.file, resized(before, effect.length));
    return;
  }
  const bytes = fate === 'kept' ? effect.bytes : fate(effect.bytes, effect.offset);
  const after = resized(before, Math.max(before.length, effect.offset + bytes.length));
  bytes.copy(after, effect.offset);
  files.set(effect.file, after);
}

/** A copy of the given length; what was not there reads as zeros. */
function resized(bytes: Buffer, length: number): Buffer<ArrayBuffer> {
  const copy = Buffer.alloc(length);
  bytes.copy(copy, 0, 0, length);
  return copy;
}

/** Everything that can be reached from the root by names. */
function reachable({ entries, files }: Image): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const path of [...entries.keys()].sort()) {
    const parent = dirname(path);
    const target = entries.get(path);
    if (target === undefined || (parent !== '/' && nodes.get(parent) !== 'folder')) continue;
    if (target === 'folder' || 'link' in target) nodes.set(path, target);
    else nodes.set(path, files.get(target.file) ?? Buffer.alloc(0));
  }
  return nodes;
}

function keyOf(nodes: ReadonlyMap<string, Node>): string {
  const parts = [...nodes].map(([path, node]) => {
    const content = Buffer.isBuffer(node)
      ? digestOf(node)
      : typeof node === 'string'
        ? node
        : node.link;
    return `${path}\n${content}`;
  });
  return hash('sha1', parts.join('\n'));
}

/** The buffers of an image are never changed, and most are shared by many images. */
const digests = new WeakMap<Buffer, string>();

function digestOf(bytes: Buffer): string {
  const digest = digests.get(bytes) ?? hash('sha1', bytes);
  digests.set(bytes, digest);
  return digest;
}
