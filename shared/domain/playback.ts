import { assert, present } from '../kit/assert.ts';
import type { Layer, PlayableSlot, Scene } from './programme.ts';
import { CLASSES, itemKey, rankOf } from './programme.ts';
import type { Span } from './span.ts';
import { clip } from './span.ts';
import { openAt } from './window.ts';

/**
 * What a board shows at `t`, over the longest span for which that stays true. Total: with nothing
 * due it names the card. Nothing else decides what is on a screen.
 *
 * @param layers top first; pass the same array again to have earlier work reused
 * @param t epoch milliseconds by the screen's trusted clock
 */
export function playback(layers: readonly Layer[], t: number): Span<Scene> {
  assert(Number.isFinite(t), 'a time that is a number');
  const turns = turnsAt(layers, t);
  const { value, since, until } = sceneAt(turns, t);
  // [PB8] An edge that changes nothing on the glass does not end the span.
  return {
    value,
    since: since === turns.since ? earliest(layers, value, since) : since,
    until: until === turns.until ? latest(layers, value, until) : until,
  };
}

/** How many edges that change nothing are crossed before a span is ended all the same. */
const MERGE_LIMIT = 64;

function latest(layers: readonly Layer[], scene: Scene, until: number): number {
  let end = until;
  for (let i = 0; i < MERGE_LIMIT && end < Infinity; i++) {
    const turns = turnsAt(layers, end);
    const next = sceneAt(turns, end);
    if (!sameScene(next.value, scene)) break;
    end = next.until;
    if (end < turns.until) break;
  }
  return end;
}

function earliest(layers: readonly Layer[], scene: Scene, since: number): number {
  let start = since;
  for (let i = 0; i < MERGE_LIMIT && start > -Infinity; i++) {
    const turns = turnsAt(layers, start - 1);
    const before = sceneAt(turns, start - 1);
    if (!sameScene(before.value, scene)) break;
    start = before.since;
    if (start > turns.since) break;
  }
  return start;
}

const CARD: Scene = { kind: 'card' };

/** Slots that take turns, in order, from `anchorAt` on; undefined when none is active. */
interface Rotation {
  readonly layer: Layer;
  readonly turns: readonly Turn[];
  readonly anchorAt: number;
  readonly cycleMs: number;
}

interface Turn {
  readonly slot: PlayableSlot;
  /** Milliseconds from the start of the cycle. */
  readonly from: number;
  readonly until: number;
  /** Pages shown at the slot's successive turns. */
  readonly batches: readonly (readonly number[])[];
}

type Turns = Span<Rotation | undefined>;

/** Slots of one class in one layer, in the order of their turns. */
interface Rank {
  readonly layer: Layer;
  readonly slots: readonly Watched[];
}

/** A slot with the last answer to whether it is active: edges are few, questions many. */
interface Watched {
  readonly slot: PlayableSlot;
  readonly batches: Turn['batches'];
  active: Span<boolean>;
}

interface Memory {
  /** Strongest first. */
  readonly ranks: readonly Rank[];
  /** The stretches decided last, newest first. A board asks in order of time. */
  recent: readonly Turns[];
}

const memories = new WeakMap<readonly Layer[], Memory>();

/** The rotation at `t`. What is remembered only saves work: the layers and `t` decide. */
function turnsAt(layers: readonly Layer[], t: number): Turns {
  const memory = memories.get(layers) ?? { ranks: ranksOf(layers), recent: [] };
  memories.set(layers, memory);
  const known = memory.recent.find(({ since, until }) => since <= t && t < until);
  if (known !== undefined) return known;
  const turns = decideTurns(memory.ranks, t);
  memory.recent = [turns, ...memory.recent.slice(0, 2)];
  return turns;
}

/** [PB2] Class first, then layer. [PB5] Within both, a stable order. */
function ranksOf(layers: readonly Layer[]): Rank[] {
  return [...CLASSES].reverse().flatMap((slotClass) =>
    layers.flatMap((layer) => {
      if (rankOf(slotClass) > rankOf(layer.cap)) return [];
      const slots = layer.slots.filter((slot) => slot.class === slotClass).sort(byOrder);
      return slots.length === 0 ? [] : [{ layer, slots: slots.map(watch) }];
    }),
  );
}

function watch(slot: PlayableSlot): Watched {
  const unasked = { value: false, since: Infinity, until: -Infinity };
  return { slot, batches: batchesOf(slot), active: unasked };
}

function decideTurns(ranks: readonly Rank[], t: number): Turns {
  let [since, until] = [-Infinity, Infinity];
  for (const { layer, slots } of ranks) {
    const active: Watched[] = [];
    for (const watched of slots) {
      if (t < watched.active.since || t >= watched.active.until) {
        watched.active = activeAt(layer, watched.slot, t);
      }
      const span = watched.active;
      if (span.since > since) since = span.since;
      if (span.until < until) until = span.until;
      if (span.value) active.push(watched);
    }
    if (active.length > 0) return { value: rotationOf(layer, active), since, until };
  }
  return { value: undefined, since, until };
}

/** [PB3] A slot shows within its window, its item's limits and freshness, unless withdrawn. */
function activeAt(layer: Layer, slot: PlayableSlot, t: number): Span<boolean> {
  const from = slot.earliestAt;
  // Standing matters need no lease; -Infinity + Infinity would be no number and hide `latestAt`.
  const staleAt =
    slot.maxStaleSeconds === Infinity ? Infinity : layer.freshAt + slot.maxStaleSeconds * 1000;
  const until = Math.min(slot.latestAt, staleAt);
  const withdrawn = layer.revoked.has(itemKey(slot.record, slot.version));
  if (withdrawn || from >= until) return { value: false, since: -Infinity, until: Infinity };
  if (t < from) return { value: false, since: -Infinity, until: from };
  if (t >= until) return { value: false, since: until, until: Infinity };
  return clip(openAt(slot.window, layer.zone, layer.calendar, t), { since: from, until });
}

/**
 * [PB5] Active slots take turns in a stable order, anchored at the newest `phaseAt` among them:
 * the phase depends on who takes turns and how long, never on what they show.
 */
function rotationOf(layer: Layer, active: readonly Watched[]): Rotation {
  let [at, anchorAt] = [0, -Infinity];
  const turns = active.map(({ slot, batches }) => {
    const from = at;
    at += slot.turnSeconds * 1000;
    anchorAt = Math.max(anchorAt, slot.phaseAt);
    return { slot, from, until: at, batches };
  });
  return { layer, turns, anchorAt, cycleMs: at };
}

function byOrder(a: PlayableSlot, b: PlayableSlot): number {
  return a.order - b.order || a.phaseAt - b.phaseAt || (a.id < b.id ? -1 : 1);
}

/** [PB7] Pages that do not fit a turn come at the slot's next turns; a long one gets its own. */
function batchesOf(slot: PlayableSlot): number[][] {
  const batches: number[][] = [];
  let room = 0;
  for (const [page, seconds] of slot.dwellSeconds.entries()) {
    const batch = batches.at(-1);
    if (batch !== undefined && seconds <= room) batch.push(page);
    else batches.push([page]);
    room = (batch !== undefined && seconds <= room ? room : slot.turnSeconds) - seconds;
  }
  return batches;
}

function sceneAt(turns: Turns, t: number): Span<Scene> {
  const rotation = turns.value;
  if (rotation === undefined) return { value: CARD, since: turns.since, until: turns.until };
  const only = rotation.turns.length === 1 ? rotation.turns[0] : undefined;
  if (only !== undefined && only.slot.dwellSeconds.length === 1) {
    return { value: pageOf(rotation, only, 0), since: turns.since, until: turns.until };
  }
  const cycle = Math.floor((t - rotation.anchorAt) / rotation.cycleMs);
  const startAt = rotation.anchorAt + cycle * rotation.cycleMs;
  const turn = turnAt(rotation, t - startAt);
  const batch = present(turn.batches[modulo(cycle, turn.batches.length)], 'batch of pages');
  return clip(pageAt(rotation, turn, batch, startAt, t), turns);
}

/** The page of a turn on the glass at `t`; the last page of a batch stays to the turn's end. */
function pageAt(
  rotation: Rotation,
  turn: Turn,
  batch: readonly number[],
  startAt: number,
  t: number,
): Span<Scene> {
  let since = startAt + turn.from;
  for (const page of batch.slice(0, -1)) {
    const until = since + present(turn.slot.dwellSeconds[page], 'dwell') * 1000;
    if (t < until) return { value: pageOf(rotation, turn, page), since, until };
    since = until;
  }
  const last = present(batch.at(-1), 'page');
  return { value: pageOf(rotation, turn, last), since, until: startAt + turn.until };
}

function turnAt(rotation: Rotation, offset: number): Turn {
  let [low, high] = [0, rotation.turns.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < present(rotation.turns[middle], 'turn').until) high = middle;
    else low = middle + 1;
  }
  return present(rotation.turns[low], 'turn');
}

function pageOf(rotation: Rotation, turn: Turn, page: number): Scene {
  const { slot } = turn;
  return {
    kind: 'page',
    channel: rotation.layer.channel,
    slot: slot.id,
    record: slot.record,
    version: slot.version,
    class: slot.class,
    page,
    pages: slot.dwellSeconds.length,
  };
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}

/** Whether two scenes look the same on the glass and are the same in the record. */
export function sameScene(a: Scene, b: Scene): boolean {
  if (a.kind === 'card' || b.kind === 'card') return a.kind === b.kind;
  return (
    a.page === b.page &&
    a.slot === b.slot &&
    a.version === b.version &&
    a.record === b.record &&
    a.channel === b.channel &&
    a.class === b.class
  );
}
