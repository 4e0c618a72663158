import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Compiled, CompileInput } from '../../shared/domain/compile.ts';
import { compileRelease, ENTER_AHEAD_MS } from '../../shared/domain/compile.ts';
import type { ChunkCache, NamedBytes } from '../../shared/domain/chunks.ts';
import type {
  BoardEntry,
  ObjectRef,
  SearchEntry,
  TouchEntry,
} from '../../shared/domain/release.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { present } from '../../shared/kit/assert.ts';
import * as schemas from '../../shared/protocol/objects.ts';
import { approved, digest, DOOR, draft, HALL, sha256, slotOf } from '../builders/items.ts';

async function compile(input: CompileInput, cache?: ChunkCache): Promise<Compiled> {
  const result = await compileRelease(input, digest, cache);
  if (!result.ok) throw new Error(`refused: ${result.refusal}`);
  return result.value;
}

const jsonOf = (bytes: Uint8Array): unknown => parseJson(present(fromUtf8(bytes), 'UTF-8'));

/** Entries of a section as a screen reads them: through indexes, each object by its schema. */
function read<Entry>({ release, objects }: Compiled, name: string): Entry[] {
  const byDigest = new Map(objects.map((object) => [object.digest, object]));
  const schema =
    name === 'touch'
      ? schemas.touchChunk
      : name === 'search'
        ? schemas.searchChunk
        : schemas.boardChunk;
  const open = (ref: ObjectRef): Entry[] => {
    const value = jsonOf(present(byDigest.get(ref.digest), ref.digest).bytes);
    const index = schemas.chunkIndex.safeParse(value);
    if (index.success) return index.data.chunks.flatMap(open);
    return (schema.parse(value) as unknown as { entries: Entry[] }).entries;
  };
  return present(release.sections[name], name).flatMap(open);
}

const recordsOn = (compiled: Compiled, name: string): string[] =>
  name.startsWith('board/')
    ? read<BoardEntry>(compiled, name).map((entry) => entry.record)
    : read<TouchEntry | SearchEntry>(compiled, name).map((entry) => entry.key);

const names = (count: number, prefix = 'r') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index.toString(36).padStart(4, '0')}`);

const some = draft({
  items: names(300).map((name) => approved(name)),
  slots: names(60).map((name, index) => slotOf(`s-${name}`, name, { order: index })),
});

test('[RL1] the same draft has the same bytes in any order of its items and slots', async () => {
  const whole = await compile(some);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...some.items], { minLength: 300 }),
      fc.shuffledSubarray([...some.slots], { minLength: 60 }),
      async (items, slots) => {
        const again = await compile({ ...some, items, slots });
        expect(again.manifest).toEqual(whole.manifest);
      },
    ),
    { seed: 1, numRuns: 20 },
  );
});

test('[RL1] publishing an unchanged draft a day later makes the same release and no new chunk', async () => {
  const first = await compile(some);
  const second = await compile({ ...some, t: some.t + 86_400_000 }, first.cache);
  expect(second.manifest).toEqual(first.manifest);
  expect(second.objects.map((object) => object.digest)).toEqual([first.manifest.digest]);
  const third = await compile(some, second.cache);
  expect(third.objects).toEqual(second.objects);
});

const draftOf = (list: readonly { name: string; version: number }[]) =>
  draft({
    items: list.map(({ name, version }) => approved(name, { version })),
    slots: list
      .slice(0, 40)
      .map(({ name, version }) => slotOf(`s-${name}`, name, { order: version })),
  });

test('[RL1] with and without the cache of the release before, a release is the same', async () => {
  const pool = names(80);
  const version = fc.record({
    name: fc.constantFrom(...pool),
    version: fc.integer({ min: 1, max: 3 }),
  });
  const drafts = fc.uniqueArray(version, { selector: ({ name }) => name, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(fc.array(drafts, { minLength: 2, maxLength: 5 }), async (history) => {
      let cache: ChunkCache | undefined;
      const stored = new Map<string, NamedBytes>();
      for (const list of history) {
        const input = draftOf(list);
        const fresh = await compile(input);
        const cached = await compile(input, cache);
        expect(cached.release).toEqual(fresh.release);
        expect(cached.manifest).toEqual(fresh.manifest);
        for (const object of cached.objects) stored.set(object.digest, object);
        for (const object of fresh.objects) expect(stored.get(object.digest)).toEqual(object);
        cache = cached.cache;
      }
    }),
    { seed: 2, numRuns: 40 },
  );
});

test('[RL2] entries come in the order of their keys, each once, none missing', async () => {
  const compiled = await compile(some);
  const all = some.items.map(({ item }) => item.record).sort();
  expect(recordsOn(compiled, 'touch')).toEqual(all);
  expect(recordsOn(compiled, 'search')).toEqual(all);
  expect(read<BoardEntry>(compiled, `board/${DOOR}`)).toHaveLength(60);
});

test('[RL2] a changed record changes one chunk of each section it is in', async () => {
  const before = await compile(some);
  const items = some.items.map((one) =>
    one.item.record === 'r0007' ? approved('r0007', { version: 2 }, '改过的文字'.repeat(200)) : one,
  );
  const after = await compile({ ...some, items }, before.cache);
  const chunks = after.objects
    .slice(0, -1)
    .filter(({ bytes }) => !schemas.chunkIndex.safeParse(jsonOf(bytes)).success);
  expect(chunks).toHaveLength(4); // touch, search and the two boards
  const indexes = after.objects.length - 1 - chunks.length;
  expect(indexes).toBeLessThanOrEqual(4);
});

test(
  '[RL2] one changed record of 10,000 costs any screen at most 64 KB',
  { timeout: 60_000 },
  async () => {
    const body =
      '因供水管网检修，定于明日八时至二十时停水，请沿线居民和单位提前储水备用，不便之处敬请谅解。'.repeat(
        8,
      );
    const ids = names(10_000, 'notice-');
    const input = draft({
      items: ids.map((name) => approved(name, {}, body)),
      slots: ids.slice(0, 60).map((name) => slotOf(`slot-${name}`, name)),
    });
    const before = await compile(input);
    const held = new Set(before.objects.map((object) => object.digest));
    const cost = (after: Compiled, sections: readonly string[]): number => {
      const byDigest = new Map(after.objects.map((object) => [object.digest, object.bytes]));
      const fetched = (ref: ObjectRef): number => {
        if (held.has(ref.digest)) return 0;
        const listed = schemas.listedIn(jsonOf(present(byDigest.get(ref.digest), ref.digest)));
        return ref.bytes + (listed ?? []).reduce((sum, below) => sum + fetched(below), 0);
      };
      const refs = sections.flatMap((name) => present(after.release.sections[name], name));
      return after.manifest.bytes + refs.reduce((sum, ref) => sum + fetched(ref), 0);
    };
    const [touch, door]: [number[], number[]] = [[], []];
    for (const index of [0, 7, 13, 31, 59, 500, 1234, 2500, 4999, 6666, 7777, 9999]) {
      const items = input.items.with(
        index,
        approved(present(ids[index], 'id'), { version: 2 }, `${body}改`),
      );
      const after = await compile({ ...input, items }, before.cache);
      touch.push(cost(after, ['touch', 'search']));
      door.push(cost(after, [`board/${DOOR}`]));
    }
    // What is left of 64 KB is for the record itself: a view of 10 KB is some 3,000 characters.
    expect(Math.max(...touch)).toBeLessThanOrEqual(54 * 1024);
    expect(Math.max(...door)).toBeLessThanOrEqual(24 * 1024);
  },
);

test('[RL3] every reference gives the digest and the exact size of its bytes', async () => {
  const compiled = await compile(some);
  const byDigest = new Map(compiled.objects.map((object) => [object.digest, object.bytes]));
  const check = (ref: ObjectRef): number => {
    const bytes = present(byDigest.get(ref.digest), ref.digest);
    expect(sha256(bytes)).toBe(ref.digest);
    expect(bytes.length).toBe(ref.bytes);
    return (schemas.listedIn(jsonOf(bytes)) ?? []).reduce((sum, below) => sum + check(below), 1);
  };
  const refs = [compiled.manifest, ...Object.values(compiled.release.sections).flat()];
  expect(refs.map(check).reduce((a, b) => a + b)).toBe(compiled.objects.length);
  const manifest = present(byDigest.get(compiled.manifest.digest), 'manifest');
  expect(schemas.release.parse(jsonOf(manifest))).toEqual(compiled.release);
});

test('[RL4] search entries that are not those their items name are a broken assumption', async () => {
  const one = approved('water');
  const other = { ...one, search: present(approved('water', { version: 2 }).search, 'entry') };
  await expect(compile(draft({ items: [other] }))).rejects.toThrow('search entry');
  await expect(compile(draft({ items: [{ ...one, search: null }] }))).rejects.toThrow(
    'search entry',
  );
});

test('[RL5] a staff item is refused by name, wherever it stands', async () => {
  const secret = approved('minutes', { audience: 'staff' });
  const result = await compileRelease(draft({ items: [...some.items, secret] }), digest);
  expect(result).toEqual({ ok: false, refusal: 'not-public', detail: 'minutes' });
});

test('[RL5] a staff item that is over is refused all the same', async () => {
  const secret = approved('minutes', { audience: 'staff', latestAt: 0 });
  expect(await compileRelease(draft({ items: [secret] }), digest)).toMatchObject({ ok: false });
});

test('[RL6] an item is left out from the very millisecond at which it is over', async () => {
  const items = [approved('water', { latestAt: 1000 }), approved('rules')];
  const slots = [slotOf('a', 'water'), slotOf('b', 'rules')];
  const at = async (t: number) => compile(draft({ items, slots, t }));
  for (const name of ['touch', 'search', `board/${DOOR}`]) {
    expect(recordsOn(await at(999), name)).toEqual(
      name === `board/${DOOR}` ? ['water', 'rules'] : ['rules', 'water'],
    );
    expect(recordsOn(await at(1000), name)).toEqual(['rules']);
  }
});

test('[RL6] an item enters a day before its first moment, no earlier', async () => {
  const begins = 1_800_000_000_000;
  const items = [approved('fair', { earliestAt: begins })];
  const at = async (t: number) => recordsOn(await compile(draft({ items, t })), 'touch');
  expect(await at(begins - ENTER_AHEAD_MS - 1)).toEqual([]);
  expect(await at(begins - ENTER_AHEAD_MS)).toEqual(['fair']);
});

test('[RL7] a slot is played only with an approved item that is carried on boards', async () => {
  const items = [approved('both'), approved('touch-only', { carriers: ['touch'] })];
  const slots = [slotOf('a', 'both'), slotOf('b', 'touch-only'), slotOf('c', 'draft')];
  const compiled = await compile(draft({ items, slots }));
  expect(recordsOn(compiled, `board/${HALL}`)).toEqual(['both']);
  expect(recordsOn(compiled, 'touch')).toEqual(['both', 'touch-only']);
});

test('[RL7] an item carried on boards alone is neither read nor found on a touch screen', async () => {
  const items = [approved('strip', { carriers: ['board'] })];
  const compiled = await compile(draft({ items, slots: [slotOf('a', 'strip')] }));
  expect(recordsOn(compiled, 'touch')).toEqual([]);
  expect(recordsOn(compiled, 'search')).toEqual([]);
  expect(recordsOn(compiled, `board/${DOOR}`)).toEqual(['strip']);
});

test('[RL7] a board without pages of the item does not get its slot', async () => {
  const whole = approved('water').item.boards;
  const items = [approved('water', { boards: { [HALL]: present(whole[HALL], 'hall') } })];
  const compiled = await compile(draft({ items, slots: [slotOf('a', 'water')] }));
  expect(recordsOn(compiled, `board/${DOOR}`)).toEqual([]);
  expect(recordsOn(compiled, `board/${HALL}`)).toEqual(['water']);
});

test('a slot whose window is over leaves the board, one that is to come stays', async () => {
  const items = [approved('water')];
  const slots = [
    slotOf('over', 'water', { window: { kind: 'during', from: 0, until: 5000 } }),
    slotOf('soon', 'water', { window: { kind: 'during', from: 9000, until: 10_000 } }),
  ];
  const compiled = await compile(draft({ items, slots, t: 5000 }));
  expect(read<BoardEntry>(compiled, `board/${DOOR}`).map((entry) => entry.key)).toEqual(['soon']);
});

test('two versions of one record, or two slots of one id, are a broken assumption', async () => {
  const twice = [approved('water'), approved('water', { version: 2 })];
  await expect(compile(draft({ items: twice }))).rejects.toThrow('broken assumption');
  const items = [approved('water')];
  const slots = [slotOf('a', 'water'), slotOf('a', 'water')];
  await expect(compile(draft({ items, slots }))).rejects.toThrow('broken assumption');
});

test('an empty draft compiles to empty sections', async () => {
  const compiled = await compile(draft());
  expect(compiled.release.sections).toEqual({
    touch: [],
    search: [],
    [`board/${DOOR}`]: [],
    [`board/${HALL}`]: [],
  });
});
