import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { createObjectFiles } from '../../board-server/objects/object-files.ts';
import type { ObjectFiles } from '../../board-server/objects/object-files.ts';
import type { ObjectStore } from '../../board-server/objects/object-store.ts';
import { EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { EMPTY_MODEL, modelOf, textOf } from './model.ts';
import { powerCuts } from './power-cut.ts';
import type { PowerCut } from './power-cut.ts';
import { createRandom } from './random.ts';
import { createRecorder } from './recorded-disk.ts';
import type { Recording } from './recorded-disk.ts';

export const AUDIT = 'audit';
const LOGS = [AUDIT, 'visits'];
const COLLECTIONS = ['records', 'heads'];

/** The state must be that after at least `acknowledged` and at most `submitted` changes. */
export interface Promised {
  /** What the store holds after each number of changes, from 0 on. */
  readonly states: readonly string[];
  readonly acknowledged: number;
  readonly submitted: number;
}

const NOTHING: Promised = { states: [textOf(EMPTY_MODEL)], acknowledged: 0, submitted: 0 };

export interface Tally {
  /** Different disks that were opened, those of a second power cut included. */
  readonly disks: number;
  /** Disks on which an acknowledged change was missing. */
  readonly lost: number;
  /** Disks that held what no sequence of changes makes, or could not be opened, or seemed damaged. */
  readonly torn: number;
  /** What the first few bad disks had wrong. */
  readonly examples: readonly string[];
}

/**
 * Opens every disk a power cut may leave. Of each `secondCutEvery` disks one has its power cut
 * again while the store is opened.
 */
export async function checkPowerCuts(
  recording: Recording<Promised>,
  options: {
    readonly root: string;
    readonly seed: number;
    readonly samples: number;
    readonly secondCutEvery: number;
    /** Enough is known once this many disks were bad. */
    readonly stopAtBad?: number;
  },
): Promise<Tally> {
  const random = createRandom(options.seed);
  const tally = { disks: 0, lost: 0, torn: 0, examples: new Array<string>() };
  const seen = new Map<string, Promise<Found>>();
  const bad = new Set<string>();

  const check = async (cut: PowerCut<Promised>): Promise<void> => {
    const known = seen.get(cut.key);
    if (known === undefined) tally.disks += 1;
    const found = known ?? open(createMemoryDisk(cut.nodes), options.root);
    seen.set(cut.key, found);
    const fault = faultOf(await found, cut.note);
    if (fault === undefined || bad.has(cut.key)) return;
    bad.add(cut.key);
    tally[fault.kind] += 1;
    if (tally.examples.length < 5) tally.examples.push(fault.what);
  };

  for (const cut of powerCuts(recording, NOTHING, { random, samples: options.samples })) {
    if (bad.size >= (options.stopAtBad ?? Infinity)) break;
    const isNew = !seen.has(cut.key);
    await check(cut);
    if (isNew && tally.disks % options.secondCutEvery === 0) {
      const again = await recordOpening(cut, options.root);
      for (const second of powerCuts(again, cut.note, { random, samples: 0 })) await check(second);
    }
  }
  return tally;
}

/** Opening is also a run: once it has ended, what was found may not be lost any more. */
async function recordOpening(
  { nodes, note }: PowerCut<Promised>,
  root: string,
): Promise<Recording<Promised>> {
  const recorder = createRecorder<Promised>(createMemoryDisk(nodes), nodes);
  const found = await open(recorder.process().disk, root);
  if ('reached' in found) {
    recorder.note({ ...note, acknowledged: found.reached, submitted: found.reached });
  }
  return recorder.recording;
}

type Found = { readonly reached: number; readonly state: string } | { readonly broken: string };

function faultOf(
  found: Found,
  { states, acknowledged, submitted }: Promised,
): { readonly kind: 'lost' | 'torn'; readonly what: string } | undefined {
  if ('broken' in found) return { kind: 'torn', what: found.broken };
  const { reached, state } = found;
  if (state !== states[reached]) return { kind: 'torn', what: `not the state after ${reached}` };
  if (reached > submitted) return { kind: 'torn', what: `${reached} of ${submitted} submitted` };
  if (reached < acknowledged)
    return { kind: 'lost', what: `${reached} of ${acknowledged} acknowledged` };
  return undefined;
}

export interface Both {
  readonly store: JournalStore;
  readonly objects: ObjectStore;
}

/** Opens what a run left or goes on with; whoever held the lock is gone. */
export async function openBoth(disk: FileSystem, root: string): Promise<Both> {
  const objects = await openObjectStore({
    folder: `${root}/objects`,
    fileSystem: disk,
    clock: noTime,
  });
  const opened = await openJournalStore({
    folder: `${root}/store`,
    fileSystem: disk,
    processes: { self: 'a process', isAlive: async () => false },
    clock: noTime,
    checkpointBytes: 12_000,
    allowVolatile: true,
  });
  if (!opened.ok) throw new Error(`the store did not open: ${opened.refusal}`);
  return { store: opened.value, objects };
}

const noTime = (): number => 1;

async function open(disk: FileSystem, root: string): Promise<Found> {
  try {
    const both = await openBoth(disk, root);
    const broken = await brokenIn(both.store, createObjectFiles(disk, `${root}/objects`));
    if (broken !== undefined) return { broken };
    const model = await modelOf(both.store, { collections: COLLECTIONS, logs: LOGS });
    return { reached: both.store.head(AUDIT).seq, state: textOf(model) };
  } catch (error) {
    return { broken: String(error) };
  }
}

async function brokenIn(store: JournalStore, objects: ObjectFiles): Promise<string | undefined> {
  const { state, damage } = store.status();
  if (state !== 'ok') return `opened ${state}`;
  if (damage.length > 0) return `a power cut passed for damage: ${JSON.stringify(damage)}`;
  for (const log of LOGS) {
    const chain = verifyChain(await store.read(log), EMPTY_LOG);
    if (!chain.ok) return `${log}: ${chain.refusal} at ${chain.seq}`;
  }
  const named = store.get('heads', 'hall')?.value ?? [];
  for (const name of Array.isArray(named) ? named : []) {
    const bytes = await objects.read(id(isSha256, String(name)));
    if (typeof bytes === 'string') return `the head names an object that is ${bytes}`;
  }
  return undefined;
}
