import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import type { Change } from '../../board-server/store/store.ts';
import { canonicalJson } from '../../shared/kit/json.ts';
import type { Json } from '../../shared/kit/json.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { EMPTY_MODEL, modelAfter, modelOf, textOf } from './model.ts';
import type { Model } from './model.ts';
import { openJournal } from './open-journal.ts';

const COLLECTIONS = ['records', 'people'];
const LOGS = ['audit', 'visits'];

const key = fc.record({
  collection: fc.constantFrom(...COLLECTIONS),
  id: fc.oneof(
    fc.constantFrom('a', 'A', '记录', '..', '__proto__'),
    fc.string({ minLength: 1, maxLength: 4, unit: 'grapheme' }),
  ),
});
const value = fc
  .jsonValue({ maxDepth: 2 })
  .map((json) => JSON.parse(canonicalJson(json as Json)) as Json);
const change: fc.Arbitrary<Change> = fc
  .record({
    puts: fc.array(
      fc.tuple(key, value).map(([at, json]) => ({ ...at, value: json })),
      { maxLength: 3 },
    ),
    removes: fc.array(key, { maxLength: 2 }),
    appends: fc.array(fc.record({ log: fc.constantFrom(...LOGS), value }), { maxLength: 2 }),
    ifVersions: fc.array(
      fc.tuple(key, fc.nat(2)).map(([at, version]) => ({ ...at, version })),
      { maxLength: 1 },
    ),
  })
  .filter(({ puts, removes }) => {
    const keys = [...puts, ...removes].map(({ collection, id }) => `${collection}/${id}`);
    return new Set(keys).size === keys.length;
  });

/** Changes made at once, a checkpoint, a clean end, or a kill that leaves the disk as it is. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('checkpoint' as const, 'close' as const, 'kill' as const),
  },
);

test(
  '[ST1] [ST2] [ST4] whatever is done, a store and its plain model agree, also after every start',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.constantFrom(1, 500, 1e6),
        async (steps, checkpointBytes) => {
          let disk = createMemoryDisk();
          let store = await openJournal({ fileSystem: disk, checkpointBytes });
          let model = EMPTY_MODEL;
          for (const each of steps) {
            if (Array.isArray(each)) model = await commitAll(store, model, each);
            else ({ disk, store } = await interrupt(each, disk, store, checkpointBytes));
            await expectAgreement(store, model);
          }
          ({ store } = await interrupt('kill', disk, store, checkpointBytes));
          await expectAgreement(store, model);
        },
      ),
      { seed: 20_260_302, numRuns: 400 },
    );
  },
);

async function commitAll(
  store: JournalStore,
  before: Model,
  changes: readonly Change[],
): Promise<Model> {
  const results = await Promise.all(changes.map((each) => store.commit(each)));
  let model = before;
  for (const [index, each] of changes.entries()) {
    const after = modelAfter(model, each);
    expect(results[index]?.ok).toBe(after !== undefined);
    model = after ?? model;
  }
  return model;
}

async function interrupt(
  how: 'checkpoint' | 'close' | 'kill',
  disk: MemoryDisk,
  store: JournalStore,
  checkpointBytes: number,
): Promise<{ disk: MemoryDisk; store: JournalStore }> {
  if (how === 'checkpoint') {
    await store.checkpoint();
    return { disk, store };
  }
  if (how === 'close') await store.close();
  // The old process may still be writing behind: it goes on with a disk nobody looks at again.
  const left = createMemoryDisk(disk.nodes);
  return { disk: left, store: await openJournal({ fileSystem: left, checkpointBytes }) };
}

async function expectAgreement(store: JournalStore, model: Model): Promise<void> {
  expect(textOf(await modelOf(store, { collections: COLLECTIONS, logs: LOGS }))).toBe(
    textOf(model),
  );
  expect(store.status()).toMatchObject({
    state: 'ok',
    documents: model.documents.size,
    damage: [],
  });
  for (const log of LOGS) {
    expect(verifyChain(await store.read(log), EMPTY_LOG)).toEqual({
      ok: true,
      head: store.head(log),
    });
  }
}
