import { createHash, randomBytes } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { createFailingDisk } from '../store/failing-disk.ts';
import { createMemoryDisk } from '../store/memory-disk.ts';
import type { MemoryDisk } from '../store/memory-disk.ts';
import { temporaryFolder } from '../store/open-journal.ts';
import { at, filesIn } from '../store/store-words.ts';

const FOLDER = '/data/objects';

function open(fileSystem: FileSystem = createMemoryDisk(), cacheBytes?: number) {
  const options = { folder: FOLDER, fileSystem, clock: () => 1000 };
  return openObjectStore(cacheBytes === undefined ? options : { ...options, cacheBytes });
}

const bytesOf = (text: string) => ({ bytes: Buffer.from(text) });
const nameOf = (text: string) => createHash('sha256').update(text).digest('hex');
const pathOf = (text: string) => `${FOLDER}/${nameOf(text).slice(0, 2)}/${nameOf(text)}`;
const NOTICE = '关于城北大街停水的公告。'.repeat(50);

test('[BN1] an object is named by the SHA-256 of its bytes, in the order they were given', async () => {
  const objects = await open();
  const put = await objects.put([bytesOf('b'), bytesOf('a'), bytesOf('b')]);
  expect(put).toEqual({ ok: true, value: [nameOf('b'), nameOf('a'), nameOf('b')] });
  expect((await objects.read(nameOf('a')))?.bytes.toString()).toBe('a');
  expect([...objects.names()].sort()).toEqual([nameOf('a'), nameOf('b')].sort());
  expect([objects.has(nameOf('a')), objects.has(nameOf('c'))]).toEqual([true, false]);
  expect(await objects.read(nameOf('c'))).toBeUndefined();
});

test('objects are found again by the next process', async () => {
  const disk = createMemoryDisk();
  await (await open(disk)).put([bytesOf('a'), bytesOf(NOTICE)]);
  const objects = await open(disk);
  expect(objects.has(nameOf('a'))).toBe(true);
  expect((await objects.read(nameOf(NOTICE)))?.bytes.toString()).toBe(NOTICE);
});

test('an object is there in brotli where that saves something', async () => {
  const objects = await open();
  const noise = randomBytes(4096);
  await objects.put([bytesOf(NOTICE), bytesOf('short'), { bytes: noise }]);
  const notice = await objects.read(nameOf(NOTICE));
  expect(brotliDecompressSync(notice?.brotli ?? Buffer.alloc(0)).toString()).toBe(NOTICE);
  expect(notice?.brotli?.length).toBeLessThan(NOTICE.length / 4);
  // Nothing beside it is held in memory for its sake.
  expect(notice?.brotli?.buffer.byteLength).toBe(notice?.brotli?.length);
  expect((await objects.read(nameOf('short')))?.brotli).toBeUndefined();
  const name = createHash('sha256').update(noise).digest('hex');
  expect(await objects.read(name)).toEqual({ bytes: noise, brotli: undefined });
});

test('what was put may be changed afterwards by who put it', async () => {
  const objects = await open();
  const bytes = Buffer.from('a');
  const put = objects.put([{ bytes }]);
  bytes.fill('x');
  await put;
  expect((await objects.read(nameOf('a')))?.bytes.toString()).toBe('a');
});

test('[BN1] only a digest names an object: nothing outside the folder can be asked for', async () => {
  const disk = createMemoryDisk(
    new Map<string, 'folder' | Buffer<ArrayBuffer>>([
      ['/data', 'folder'],
      ['/data/secret', Buffer.from('s')],
    ]),
  );
  const objects = await open(disk);
  await objects.put([bytesOf('a')]);
  const wrong = [
    '',
    '..',
    '../secret',
    '../../data/secret',
    '%2e%2e%2fsecret',
    '..%2fsecret',
    '%252e%252e',
    nameOf('a').toUpperCase(),
    `${nameOf('a')}\n`,
    `${nameOf('a')}.tmp`,
    ` ${nameOf('a')}`,
    `${nameOf('a')}/`,
  ];
  for (const name of wrong) {
    expect([name, await objects.read(name), objects.has(name)]).toEqual([name, undefined, false]);
    await objects.remove(name);
  }
  expect(String(await disk.read('/data/secret'))).toBe('s');
  expect(objects.has(nameOf('a'))).toBe(true);
});

describe('[BN1] bytes that are not those of the name are never given out', () => {
  const damages: Record<string, (disk: MemoryDisk) => void> = {
    'a flipped bit': (disk) =>
      disk.edit(pathOf(NOTICE), (bytes) => bytes.fill(bytes.readUInt8(9) ^ 1, 9, 10)),
    'a missing end': (disk) => disk.edit(pathOf(NOTICE), (bytes) => bytes.subarray(0, -1)),
    'other bytes': (disk) => disk.edit(pathOf(NOTICE), () => Buffer.from('other')),
    nothing: (disk) => disk.edit(pathOf(NOTICE), () => Buffer.alloc(0)),
  };
  for (const [what, damage] of Object.entries(damages)) {
    test(`${what}: quarantined, and whole again after the next put`, async () => {
      const disk = createMemoryDisk();
      await (await open(disk)).put([bytesOf(NOTICE)]);
      const objects = await open(disk);
      damage(disk);
      expect(await objects.read(nameOf(NOTICE))).toBeUndefined();
      expect(objects.has(nameOf(NOTICE))).toBe(false);
      expect(filesIn(disk, `${FOLDER}/quarantine`)).toHaveLength(1);
      await objects.put([bytesOf(NOTICE)]);
      expect((await objects.read(nameOf(NOTICE)))?.bytes.toString()).toBe(NOTICE);
      expect([...(await open(disk)).names()]).toEqual([nameOf(NOTICE)]);
    });
  }

  test('a bad sector', async () => {
    const { disk, faults } = createFailingDisk(createMemoryDisk());
    const objects = await open(disk);
    await objects.put([bytesOf(NOTICE)]);
    faults.failingReads = new RegExp(nameOf(NOTICE));
    expect(await objects.read(nameOf(NOTICE))).toBeUndefined();
    expect(objects.has(nameOf(NOTICE))).toBe(false);
  });

  test('a file that vanished', async () => {
    const disk = createMemoryDisk();
    const objects = await open(disk);
    await objects.put([bytesOf(NOTICE)]);
    await disk.remove(pathOf(NOTICE));
    expect(await objects.read(nameOf(NOTICE))).toBeUndefined();
    await objects.put([bytesOf(NOTICE)]);
    expect(await objects.read(nameOf(NOTICE))).toBeDefined();
  });
});

test('an object read from memory is still there when its file is not; one pushed out is read again', async () => {
  const disk = createMemoryDisk();
  const objects = await open(disk, 10_000);
  const texts = Array.from({ length: 20 }, (_, index) => `${index} `.repeat(300));
  await objects.put(texts.map(bytesOf));
  for (const text of texts) await objects.read(nameOf(text));
  for (const text of texts) await disk.remove(pathOf(text));
  expect(await objects.read(nameOf(at(texts, 19)))).toBeDefined();
  expect(await objects.read(nameOf(at(texts, 0)))).toBeUndefined();
});

test('[PR7] bytes that are not those of the name are not handed out plain either', async () => {
  const disk = createMemoryDisk();
  const objects = await open(disk);
  await objects.put([bytesOf(NOTICE)]);
  await disk.remove(pathOf(NOTICE));
  const file = await disk.open(pathOf(NOTICE), 'new');
  await file.write(Buffer.from('something else'));
  await file.close();
  expect(await objects.bytes(nameOf(NOTICE))).toBeUndefined();
  expect(objects.has(nameOf(NOTICE))).toBe(false);
});

test('readers at one time share one reading', async () => {
  const inner = createMemoryDisk();
  let reads = 0;
  const objects = await open({ ...inner, read: (path) => ((reads += 1), inner.read(path)) });
  await objects.put([bytesOf(NOTICE)]);
  const found = await Promise.all(Array.from({ length: 200 }, () => objects.read(nameOf(NOTICE))));
  expect(found.every((object) => object?.bytes.toString() === NOTICE)).toBe(true);
  expect(reads).toBe(1);
});

test('a removed object is gone, also for the next process, and can be put again', async () => {
  const disk = createMemoryDisk();
  const objects = await open(disk);
  await objects.put([bytesOf('a')]);
  await objects.read(nameOf('a'));
  await objects.remove(nameOf('a'));
  expect(await objects.read(nameOf('a'))).toBeUndefined();
  expect([...(await open(disk)).names()]).toEqual([]);
  await objects.put([bytesOf('a')]);
  expect(await objects.read(nameOf('a'))).toBeDefined();
});

test('[ST6] a full disk refuses the objects in a word, leaves no half file and recovers', async () => {
  for (const space of [0, 1, NOTICE.length, Buffer.byteLength(NOTICE) + 1]) {
    const inner = createMemoryDisk();
    const { disk, faults } = createFailingDisk(inner);
    const objects = await open(disk);
    faults.space = space;
    expect(await objects.put([bytesOf(NOTICE), bytesOf('second')])).toEqual({
      ok: false,
      refusal: 'full',
    });
    expect([...objects.names()]).toEqual([]);
    expect(filesIn(inner, FOLDER).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    faults.space = Infinity;
    expect(await objects.put([bytesOf(NOTICE), bytesOf('second')])).toMatchObject({ ok: true });
    expect((await objects.read(nameOf(NOTICE)))?.bytes.toString()).toBe(NOTICE);
  }
});

test('[ST5] after a failed sync no object is acknowledged any more, and those there are read', async () => {
  for (const failing of [/\.tmp$/, /objects\/[0-9a-f]{2}$/, /objects$/]) {
    const { disk, faults } = createFailingDisk(createMemoryDisk());
    const objects = await open(disk);
    await objects.put([bytesOf('a')]);
    faults.failingSyncs = failing;
    expect(await objects.put([bytesOf('b')])).toEqual({ ok: false, refusal: 'read-only' });
    faults.failingSyncs = undefined;
    expect(await objects.put([bytesOf('c')])).toEqual({ ok: false, refusal: 'read-only' });
    expect(await objects.put([bytesOf('a')])).toMatchObject({ ok: true });
    expect((await objects.read(nameOf('a')))?.bytes.toString()).toBe('a');
    expect(objects.has(nameOf('b'))).toBe(false);
  }
});

test('a half file of a killed process is swept, and no other name is taken for an object', async () => {
  const disk = createMemoryDisk();
  await (await open(disk)).put([bytesOf('a')]);
  const folder = pathOf('a').slice(0, -65);
  for (const name of [`${nameOf('a')}.tmp`, 'README', nameOf('b')]) {
    await (await disk.open(`${folder}/${name}`, 'new')).close();
  }
  expect([...(await open(disk)).names()]).toEqual([nameOf('a')]);
  expect(disk.nodes.has(`${pathOf('a')}.tmp`)).toBe(false);
});

test(
  'on the real disk an object is one file, and a batch of a thousand is kept',
  { timeout: 60_000 },
  async () => {
    const folder = await temporaryFolder();
    const options = { folder: `${folder}/objects`, fileSystem: nodeFileSystem, clock: () => 1 };
    const objects = await openObjectStore(options);
    const texts = Array.from({ length: 1000 }, (_, index) => `object ${index}`);
    expect(await objects.put(texts.map(bytesOf))).toEqual({ ok: true, value: texts.map(nameOf) });
    const again = await openObjectStore(options);
    for (const text of texts) expect((await again.read(nameOf(text)))?.bytes.toString()).toBe(text);
    const file = `${folder}/objects/${nameOf('object 7').slice(0, 2)}/${nameOf('object 7')}`;
    expect(String(await nodeFileSystem.read(file))).toBe('object 7');
  },
);
