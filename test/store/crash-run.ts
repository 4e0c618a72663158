import { dirname } from 'node:path';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import type { ObjectStore } from '../../board-server/objects/object-store.ts';
import type { Change } from '../../board-server/store/store.ts';
import { AUDIT, openBoth } from './crash-check.ts';
import type { Promised } from './crash-check.ts';
import type { Node } from './memory-disk.ts';
import { FOREVER } from './mortal-disk.ts';
import type { Lifetime } from './mortal-disk.ts';
import { EMPTY_MODEL, modelAfter, textOf } from './model.ts';
import type { Model } from './model.ts';
import { below, createRandom } from './random.ts';
import type { Random } from './random.ts';
import { createRecorder } from './recorded-disk.ts';
import type { Omission, Recorder, Recording } from './recorded-disk.ts';

/**
 * Records processes that commit, close, are killed and start again, on `disk` below the folder
 * `root`, which is there and empty. Every change appends its number to the audit log, so that
 * whatever is found later says how far it has come.
 */
export async function recordRun(options: {
  readonly disk: FileSystem;
  readonly root: string;
  readonly seed: number;
  readonly processes: number;
  /** How often each process commits, at most. */
  readonly steps: number;
  readonly omission?: Omission;
}): Promise<Recording<Promised>> {
  const random = createRandom(options.seed);
  const recorder = createRecorder<Promised>(
    options.disk,
    foldersTo(options.root),
    options.omission,
  );
  let models: readonly Model[] = [EMPTY_MODEL];
  for (let process = 0; process < options.processes; process += 1) {
    const lifetime = process === 0 ? FOREVER : lifetimeOf(random);
    models = await runProcess(recorder, { ...options, random, models, lifetime });
  }
  return recorder.recording;
}

/** Most are killed: some while they start, many at the worst moment, between a write and its sync. */
function lifetimeOf(random: Random): Lifetime {
  const chance = random();
  if (chance < 0.2) return FOREVER;
  return chance < 0.6 ? { calls: below(random, 400) } : { syncs: below(random, 60) };
}

function foldersTo(root: string): ReadonlyMap<string, Node> {
  const folders = new Map<string, Node>([[root, 'folder']]);
  for (let path = root; path !== dirname(path); path = dirname(path))
    folders.set(dirname(path), 'folder');
  return folders;
}

interface Life {
  readonly root: string;
  readonly steps: number;
  readonly random: Random;
  /** The state after each number of changes, as far as the last process went. */
  readonly models: readonly Model[];
  readonly lifetime: Lifetime;
}

/** Returns the states this process may have left, of which the next finds one. */
async function runProcess(recorder: Recorder<Promised>, life: Life): Promise<readonly Model[]> {
  const { disk, death } = recorder.process(life.lifetime);
  let models = life.models;
  const live = async (): Promise<void> => {
    const { store, objects } = await openBoth(disk, life.root);
    const found = life.models.slice(0, store.head(AUDIT).seq + 1);
    models = found;
    await work({ ...life, recorder, store, objects, models: found });
    await store.close();
  };
  await Promise.race([live(), death]);
  return models;
}

interface Work {
  readonly steps: number;
  readonly recorder: Recorder<Promised>;
  readonly store: JournalStore;
  readonly objects: ObjectStore;
  readonly random: Random;
  /** Grows with each change. */
  readonly models: Model[];
}

async function work({ recorder, store, objects, random, models, steps }: Work): Promise<void> {
  const states = models.map(textOf);
  let acknowledged = models.length - 1;
  const note = (): void => recorder.note({ states, acknowledged, submitted: states.length - 1 });
  note();

  const submit = async (change: Change): Promise<void> => {
    const number = models.length;
    const numbered = {
      ...change,
      appends: [...(change.appends ?? []), { log: AUDIT, value: number }],
    };
    const model = modelAfter(models.at(-1) ?? EMPTY_MODEL, numbered);
    if (model === undefined) throw new Error('broken assumption: a conflict in the run');
    models.push(model);
    states.push(textOf(model));
    note();
    const result = await store.commit(numbered);
    if (!result.ok) throw new Error(`the store refused: ${result.refusal}`);
    acknowledged = Math.max(acknowledged, number);
    note();
  };

  const publish = async (): Promise<void> => {
    const bytes = Array.from({ length: 3 }, () => ({ bytes: Buffer.from(text(random)) }));
    const names = await objects.put(bytes);
    if (!names.ok) throw new Error(`the objects were refused: ${names.refusal}`);
    await submit({ puts: [{ collection: 'heads', id: 'hall', value: names.value }] });
  };

  for (let step = 0; step < steps; step += 1) {
    const together = Array.from({ length: 1 + below(random, 4) }, () =>
      random() < 0.1 ? publish() : submit(changeOf(random)),
    );
    await Promise.all(together);
    if (random() < 0.1) await store.checkpoint();
  }
}

/** One to three documents are put or removed, sometimes with an entry in a second log. */
function changeOf(random: Random): Change {
  const ids = new Set(
    Array.from({ length: 1 + below(random, 3) }, () => `记录-${below(random, 8)}`),
  );
  const keys = [...ids].map((id) => ({ collection: 'records', id, isRemoved: random() < 0.15 }));
  return {
    puts: keys
      .filter(({ isRemoved }) => !isRemoved)
      .map(({ collection, id }) => ({ collection, id, value: { text: text(random) } })),
    removes: keys
      .filter(({ isRemoved }) => isRemoved)
      .map(({ collection, id }) => ({ collection, id })),
    appends: random() < 0.2 ? [{ log: 'visits', value: text(random).slice(0, 40) }] : [],
  };
}

/** From a few bytes to several sectors, never the same twice. */
function text(random: Random): string {
  return `${random()} ${'关于城北大街停水的公告。'.repeat(below(random, 70))}`;
}
