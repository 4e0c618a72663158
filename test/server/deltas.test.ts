import { brotliDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { mountDeltas } from '../../board-server/routes/deltas.ts';
import type { HallEnv } from '../../board-server/routes/env.ts';
import { createDeltas } from '../../board-server/services/deltas.ts';
import { sha256Of } from '../../board-server/trust/digest.ts';
import { utf8 } from '../../shared/kit/bytes.ts';
import { present } from '../../shared/kit/assert.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Delta } from '../../shared/protocol/delta.ts';
import { deltaPath, packObjects, unpackObjects } from '../../shared/protocol/delta.ts';
import { release as releaseSchema } from '../../shared/protocol/objects.ts';
import { paragraphOf } from '../../shared/records/rich-text.ts';
import { payloadJson } from '../../shared/trust/envelope.ts';
import type { ServiceHall } from './service-hall.ts';
import { headOf, openServiceHall, published } from './service-hall.ts';

const compress = async () => undefined;

async function twoReleases() {
  const hall = await openServiceHall(onTestFinished);
  await published(hall);
  const from = headOf(hall).release.digest;
  await published(hall, { title: '西街停电公告' });
  const app = new Hono<HallEnv>();
  mountDeltas(app, hall.deltas);
  const touch: Delta = { from, to: headOf(hall).release.digest, sections: ['touch', 'search'] };
  return { hall, app, touch };
}

async function releaseOf({ objects }: ServiceHall, name: Sha256) {
  const object = await objects.read(name);
  return releaseSchema.parse(object && payloadJson(object.bytes));
}

test('[PR6] a delta answers at its address, compressed for whoever takes that', async () => {
  const { app, touch } = await twoReleases();
  const plain = await app.request(deltaPath(touch));
  const short = await app.request(deltaPath(touch), { headers: { 'accept-encoding': 'br' } });
  expect([plain.status, short.status]).toEqual([200, 200]);
  expect([plain.headers.get('content-encoding'), short.headers.get('content-encoding')]).toEqual([
    null,
    'br',
  ]);
  const bytes = new Uint8Array(await plain.arrayBuffer());
  expect(brotliDecompressSync(await short.arrayBuffer())).toEqual(Buffer.from(bytes));
  const names = present(unpackObjects(bytes), 'objects').map(sha256Of);
  expect(names[0]).toBe(touch.to);
  expect(new Set(names).size).toBe(names.length);
});

test('[PR6] only from a release that is kept, to the one that is out, for public sections', async () => {
  const { hall, app, touch } = await twoReleases();
  const { from, to } = touch;
  const [chunk] = (await releaseOf(hall, to)).sections['touch'] ?? [];
  const never = sha256Of(Buffer.from('no such release'));
  const path = deltaPath(touch);
  const refusedPaths = [
    deltaPath({ ...touch, from: to }),
    deltaPath({ ...touch, from: never }),
    deltaPath({ ...touch, from: present(chunk, 'chunk').digest }),
    deltaPath({ ...touch, from: to, to: from }),
    deltaPath({ ...touch, sections: [] }),
    deltaPath({ ...touch, sections: ['staff'] }),
    deltaPath({ ...touch, sections: ['board/../touch'] }),
    deltaPath({ ...touch, sections: Array.from({ length: 9 }, () => 'touch') }),
    path.replace(from, from.toUpperCase()),
    path.replace(from, `${from}0`),
    path.replace(from, '..%2f..'),
  ];
  for (const refusedPath of refusedPaths)
    expect((await app.request(refusedPath)).status, refusedPath).toBe(404);
  expect((await app.request(path)).status).toBe(200);
  await hall.objects.remove(to);
  await published(hall, { title: '南街通知' });
  expect((await app.request(path)).status).toBe(404);
});

test('[SY9] what is too much for one answer has no delta', async () => {
  const { hall, touch } = await twoReleases();
  const read = async (name: string) => {
    const object = await hall.objects.read(name);
    if (object === undefined || name !== touch.to) return object;
    const manifest = object.bytes.toString().replaceAll(/"bytes":\d+/g, '"bytes":4194304');
    return { bytes: Buffer.from(manifest), brotli: undefined };
  };
  const deltas = createDeltas({ objects: { read }, current: () => touch.to, compress });
  expect(await deltas.read(touch)).toBeUndefined();
});

test('[SY9] a hint carries what a socket can; the same is found at its address', async () => {
  const { hall, touch } = await twoReleases();
  const boards = { ...touch, sections: ['board/led-384x64'] };
  const added = present(await hall.deltas.pushed(boards), 'a delta');
  const packed = present(await hall.deltas.read(boards), 'a delta');
  expect(added.from).toBe(touch.from);
  expect(packObjects(added.objects.map(utf8))).toEqual(new Uint8Array(packed.bytes));
  expect(await hall.deltas.pushed({ ...boards, to: touch.from })).toBeNull();
  const from = headOf(hall).release.digest;
  const long = [paragraphOf('长'.repeat(9000))];
  for (let count = 0; count < 3; count++)
    await published(hall, { body: { type: 'doc', content: long } });
  const longer = { ...touch, from, to: headOf(hall).release.digest };
  expect(await hall.deltas.pushed(longer)).toBeNull();
  expect(await hall.deltas.read(longer)).toBeDefined();
});

test('[PR6] screens that ask at one time share one packing', async () => {
  const { hall, touch } = await twoReleases();
  const asked: Sha256[] = [];
  const read = (name: string) => {
    if (name === touch.to) asked.push(touch.to);
    return hall.objects.read(name);
  };
  const deltas = createDeltas({ objects: { read }, current: () => touch.to, compress });
  const [first, second] = await Promise.all([deltas.read(touch), deltas.read(touch)]);
  expect(present(second, 'a delta').bytes).toBe(first?.bytes);
  expect(asked).toHaveLength(2); // Once as a release, once as an object to pack.
});
