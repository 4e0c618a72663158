import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isDense } from '../../board-server/objects/dense.ts';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { memoryForObjects } from '../../board-server/objects/memory.ts';
import { createObjectCache } from '../../board-server/objects/object-cache.ts';
import type { ReadObjects } from '../../board-server/objects/read-ahead.ts';
import { createReadAhead } from '../../board-server/objects/read-ahead.ts';
import { releaseFirst } from '../../board-server/objects/release-first.ts';
import { createMemoryDisk } from '../store/memory-disk.ts';
import type { MemoryDisk } from '../store/memory-disk.ts';
import { at, filesIn } from '../store/store-words.ts';

const FOLDER = '/data/objects';
const texts = Array.from({ length: 12 }, (_, index) => `第 ${index} 号公告。`.repeat(100));
const nameOf = (text: string) => createHash('sha256').update(text).digest('hex');
const pathOf = (text: string) => `${FOLDER}/${nameOf(text).slice(0, 2)}/${nameOf(text)}`;

/** A disk that a process before put the texts on. */
async function filledDisk(): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  const before = await openObjectStore({ folder: FOLDER, fileSystem: disk, clock: () => 1000 });
  await before.put(texts.map((text) => ({ bytes: Buffer.from(text) })));
  return disk;
}

const openOn = (fileSystem: MemoryDisk, cacheBytes?: number) =>
  openObjectStore({
    folder: FOLDER,
    fileSystem,
    clock: () => 1000,
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
  });

/** Reads ahead on a clock of its own, on which each object takes `workMs`. */
function readingAhead(objects: ReadObjects, workMs = 1) {
  let now = 0;
  let due: { readonly ms: number; readonly run: () => void } | undefined;
  let working: Promise<unknown> = Promise.resolve();
  const rests: number[] = [];
  const faults: unknown[] = [];
  const ahead = createReadAhead({
    objects: {
      names: () => objects.names(),
      isFull: () => objects.isFull(),
      read: (name) => (working = objects.read(name).finally(() => (now += workMs))),
    },
    monotonic: () => now,
    later(ms, run) {
      due = { ms, run };
      return () => (due = undefined);
    },
    log: (_message, error) => faults.push(error),
  });
  /** Until nothing is waited for any more, or so many rests are over. */
  const run = async (most = Infinity): Promise<void> => {
    while (due !== undefined && rests.length < most) {
      const { ms, run: go } = due;
      due = undefined;
      rests.push(ms);
      go();
      await working.catch(() => undefined);
      await new Promise((resolve) => void setImmediate(resolve));
    }
  };
  return { ahead, run, rests, faults, isWaiting: () => due !== undefined };
}

test('[PR7] after a start every object comes into memory, packed, before anyone asks for it', async () => {
  const disk = await filledDisk();
  const objects = await openOn(disk);
  const { ahead, run, rests } = readingAhead(objects, 2);
  ahead.start();
  expect(objects.inMemory()).toBe(0);
  await run();
  expect(objects.inMemory()).toBe(texts.length);
  for (const text of texts) expect(objects.held(nameOf(text))?.brotli).toBeInstanceOf(Buffer);
  // Two milliseconds of work, eighteen of rest: a tenth of a core.
  expect(rests).toEqual([4, ...texts.map(() => 18)]);
  // Nothing is read again: the files may be gone.
  for (const text of texts) await disk.remove(pathOf(text));
  expect((await objects.bytes(nameOf(at(texts, 5))))?.toString()).toBe(at(texts, 5));
});

test('[PR7] what was damaged before the start is set aside on the way, and never comes into memory', async () => {
  const disk = await filledDisk();
  const [flipped, cut, whole] = [at(texts, 1), at(texts, 2), at(texts, 3)];
  disk.edit(pathOf(flipped), (bytes) => bytes.fill(bytes.readUInt8(40) ^ 4, 40, 41));
  disk.edit(pathOf(cut), (bytes) => bytes.subarray(0, -1));
  const objects = await openOn(disk);
  const { ahead, run } = readingAhead(objects);
  ahead.start();
  await run();
  for (const damaged of [flipped, cut]) {
    expect(objects.held(nameOf(damaged))).toBeUndefined();
    expect(await objects.read(nameOf(damaged))).toBeUndefined();
    expect(objects.has(nameOf(damaged))).toBe(false);
  }
  expect(filesIn(disk, `${FOLDER}/quarantine`)).toHaveLength(2);
  expect(objects.held(nameOf(whole))?.bytes.toString()).toBe(whole);
  expect(objects.inMemory()).toBe(texts.length - 2);
});

test('[PR7] what is damaged after it came into memory is sent as it was, and hashed when it is read anew', async () => {
  const disk = await filledDisk();
  const objects = await openOn(disk);
  const { ahead, run } = readingAhead(objects);
  ahead.start();
  await run();
  const text = at(texts, 4);
  disk.edit(pathOf(text), () => Buffer.from('something else'));
  expect((await objects.bytes(nameOf(text)))?.toString()).toBe(text);
  expect(await (await openOn(disk)).bytes(nameOf(text))).toBeUndefined();
});

test('[PR7] reading ahead ends when memory is full, and pushes nothing out of it', async () => {
  const objects = await openOn(await filledDisk(), 20_000);
  const asked = nameOf(at(texts, 11));
  await objects.read(asked);
  const { ahead, run, isWaiting } = readingAhead(objects);
  ahead.start();
  await run();
  expect(objects.isFull()).toBe(true);
  expect(objects.inMemory()).toBeLessThan(texts.length);
  expect(objects.held(asked)).toBeDefined();
  expect(isWaiting()).toBe(false);
});

/** A release of two of the texts, one of them named by an object that it names. */
async function releaseOn(disk: MemoryDisk) {
  const inner = JSON.stringify({ item: nameOf(at(texts, 9)) });
  const outer = JSON.stringify({ chunks: [nameOf(inner)], picture: nameOf(at(texts, 3)) });
  const before = await openOn(disk);
  await before.put([inner, outer].map((text) => ({ bytes: Buffer.from(text) })));
  const objects = await openOn(disk);
  const head = { release: nameOf(outer), key: 'ab'.repeat(32) };
  const order = { ...objects, names: () => releaseFirst(() => ({ head }), objects) };
  return { objects, order, outer, released: [outer, inner, at(texts, 3), at(texts, 9)] };
}

test('[PR7] what the release that is out names is read ahead first, then each of the others once', async () => {
  const { objects, order, released } = await releaseOn(await filledDisk());
  const read: string[] = [];
  const { ahead, run } = readingAhead({
    ...order,
    read: (name) => (read.push(name), objects.read(name)),
  });
  ahead.start();
  await run(released.length);
  expect(new Set(read)).toEqual(new Set(released.map(nameOf)));
  await run();
  const others = [...objects.names()].filter((name) => !released.map(nameOf).includes(name));
  expect(read.slice(released.length)).toEqual(others);
  expect(objects.inMemory()).toBe(texts.length + 2);
});

test('[PR7] a release whose object is damaged, and a hall without one, keep nothing from being read', async () => {
  const disk = await filledDisk();
  const { objects, order, outer } = await releaseOn(disk);
  disk.edit(pathOf(outer), (bytes) => bytes.subarray(0, -1));
  const damaged = readingAhead(order);
  damaged.ahead.start();
  await damaged.run();
  expect(objects.held(nameOf(outer))).toBeUndefined();
  expect(objects.inMemory()).toBe(texts.length + 1);

  const bare = await openOn(await filledDisk());
  expect([...releaseFirst(() => undefined, bare)]).toEqual([...bare.names()]);
});

test('a disk that fails for one object is told, and the others are read', async () => {
  const objects = await openOn(await filledDisk());
  const failing = nameOf(at(texts, 7));
  const { ahead, run, faults } = readingAhead({
    ...objects,
    read: (name) => (name === failing ? Promise.reject(new Error('EMFILE')) : objects.read(name)),
  });
  ahead.start();
  await run();
  expect(faults).toEqual([new Error('EMFILE')]);
  expect(objects.inMemory()).toBe(texts.length - 1);
});

test('a server that stops reads no further', async () => {
  const objects = await openOn(await filledDisk());
  const { ahead, run, isWaiting } = readingAhead(objects);
  ahead.start();
  await run(4);
  await ahead.close();
  expect(isWaiting()).toBe(false);
  expect(objects.inMemory()).toBe(4);
});

test('memory for objects is an eighth of what the process may have, and bounded', () => {
  const GB = 2 ** 30;
  expect(memoryForObjects(0, 2 * GB)).toBe(GB / 4);
  expect(memoryForObjects(GB, 24 * GB)).toBe(GB / 8);
  expect(memoryForObjects(2 ** 64, 2 * GB)).toBe(GB / 4);
  expect(memoryForObjects(0, 64 * GB)).toBe(GB / 2);
});

test('memory makes room of what was not asked for since it last looked', () => {
  const cache = createObjectCache(800);
  const object = { bytes: Buffer.alloc(100), brotli: undefined };
  for (let number = 0; number < 8; number++) cache.set(`${number}`, object);
  cache.get('0');
  cache.get('2');
  cache.set('8', object);
  cache.set('9', object);
  const held = Array.from({ length: 10 }, (_, number) => cache.get(`${number}`) !== undefined);
  expect(held).toEqual([true, false, true, false, true, true, true, true, true, true]);
  expect([cache.count(), cache.isFull()]).toEqual([8, true]);
  // Too large a part of it all: media would flush out the rest.
  cache.set('media', { bytes: Buffer.alloc(101), brotli: undefined });
  expect(cache.get('media')).toBeUndefined();
  expect(cache.count()).toBe(8);
});

test('bytes that are compressed already are known by a sample of them', () => {
  const text = Buffer.from(JSON.stringify(texts));
  expect(isDense(randomBytes(64 * 1024))).toBe(true);
  expect(isDense(Buffer.concat([randomBytes(4096), randomBytes(100)]))).toBe(true);
  expect(isDense(text)).toBe(false);
  expect(isDense(Buffer.from(randomBytes(48 * 1024).toString('base64')))).toBe(false);
  expect(isDense(randomBytes(4095))).toBe(false);
  // Media in the middle of nothing much.
  expect(isDense(Buffer.concat([Buffer.alloc(9000), randomBytes(9000)]))).toBe(false);
});
