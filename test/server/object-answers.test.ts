import { brotliCompressSync } from 'node:zlib';
import { request as ask } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answered } from '../../board-server/app.ts';
import { byteRange } from '../../board-server/routes/byte-range.ts';
import type { ObjectReader } from '../../board-server/routes/object-answer.ts';
import { objectListener } from '../../board-server/routes/object-listener.ts';
import type { Hall } from './hall.ts';
import { createHall } from './hall.ts';
import { servePlainly } from './plain-server.ts';

const DIGEST = 'ab'.repeat(32);
const LOST = 'cd'.repeat(32);
const BROKEN = 'ef'.repeat(32);
const bytes = Buffer.from('0123456789'.repeat(70));
const brotli = Buffer.from(brotliCompressSync(bytes));
const objects: ObjectReader = {
  async read(name) {
    if (name === BROKEN) throw new Error('a disk that fails');
    return name === DIGEST ? { bytes, brotli } : undefined;
  },
  async bytes(name) {
    return (await objects.read(name))?.bytes;
  },
  held: () => undefined,
};

describe('[PR7] one part of an object', () => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await createHall({ objects });
  });
  const get = async (headers: Record<string, string>) => {
    const response = await hall.request(`/objects/${DIGEST}`, { headers });
    return {
      status: response.status,
      body: Buffer.from(await response.arrayBuffer()).toString(),
      range: response.headers.get('content-range'),
      etag: response.headers.get('etag'),
      encoding: response.headers.get('content-encoding'),
    };
  };

  test.each([
    ['bytes=0-9', '0123456789', 'bytes 0-9/700'],
    ['bytes=695-', '56789', 'bytes 695-699/700'],
    ['bytes=-3', '789', 'bytes 697-699/700'],
    ['bytes=698-5000', '89', 'bytes 698-699/700'],
    ['bytes=-5000', bytes.toString(), 'bytes 0-699/700'],
  ])(
    '%s is answered with those bytes, plain, whatever encoding would be taken',
    async (range, body, said) => {
      const etag = `"${DIGEST}"`;
      expect(await get({ range, 'accept-encoding': 'br' })).toEqual({
        status: 206,
        body,
        range: said,
        etag,
        encoding: null,
      });
    },
  );

  test.each(['bytes=700-', 'bytes=900-999', 'bytes=-0'])(
    '%s lies outside: 416 with the size',
    async (range) => {
      expect(await get({ range })).toMatchObject({ status: 416, body: '', range: 'bytes */700' });
    },
  );

  test.each(['bytes=0-1,5-6', 'bytes=9-1', 'bytes=-', 'lines=0-1', 'bytes=a-b', ''])(
    '%j is no single range: the whole',
    async (range) => {
      expect(await get({ range })).toMatchObject({ status: 200, body: bytes.toString() });
    },
  );

  test('a download goes on only with the bytes it began with', async () => {
    const range = 'bytes=600-';
    const packed = (await get({ 'accept-encoding': 'br' })).etag ?? '';
    expect(packed).not.toBe(`"${DIGEST}"`);
    expect((await get({ range, 'if-range': `"${DIGEST}"` })).status).toBe(206);
    expect((await get({ range, 'if-range': packed })).status).toBe(200);
    expect((await get({ range, 'if-range': 'Mon, 23 Nov 2026 02:00:00 GMT' })).status).toBe(200);
    expect((await get({ 'if-none-match': packed })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('every range names bytes that are there, and all that were asked for of them', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 15 }), (from, to, size) => {
        const range = byteRange(`bytes=${from}-${to}`, size);
        if (to < from) expect(range.kind).toBe('whole');
        else if (from >= size) expect(range.kind).toBe('unsatisfiable');
        else expect(range).toEqual({ kind: 'part', first: from, last: Math.min(to, size - 1) });
      }),
    );
  });
});

describe('[PR7] the short way and the app', () => {
  interface Got {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  async function open() {
    const answered: Answered[] = [];
    const hall = await createHall({ objects });
    const surroundings = { publicUrl: undefined, trustedProxies: [] };
    const url = await servePlainly({
      fetch: hall.app.fetch,
      before: (next) =>
        objectListener(
          {
            objects,
            surroundings,
            newRequestId: () => 'short',
            monotonic: () => 0,
            log: { answered: (line) => answered.push(line), failed: () => undefined },
          },
          next,
        ),
    });
    const get = (path: string, headers: Record<string, string>, method = 'GET') =>
      new Promise<Got>((resolve, reject) => {
        const sent = ask(`${url}${path}`, { method, headers, agent: false }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const { date: _date, ...rest } = response.headers;
            const body = Buffer.concat(parts).toString('latin1');
            resolve({ status: response.statusCode, headers: rest, body });
          });
        });
        sent.on('error', reject);
        sent.end();
      });
    return { get, answered, hall };
  }

  test.each([
    {},
    { 'accept-encoding': 'gzip, br' }, // Bytes that are no text.
    { 'accept-encoding': 'br;q=0' },
    { range: 'bytes=5-9' },
    { range: 'bytes=5-9', 'if-range': '"other"' },
    { range: 'bytes=9000-' },
    { 'if-none-match': `"${DIGEST}"` },
    { 'if-none-match': `"${DIGEST}.br"`, 'accept-encoding': 'br' },
    { 'x-forwarded-proto': 'https' },
  ])('answer %j alike, header for header', async (headers: Record<string, string>) => {
    const { get, answered, hall } = await open();
    const short = await get(`/objects/${DIGEST}`, headers);
    expect(answered).toHaveLength(1);
    // A query changes nothing about an object, and is left to the app.
    const long = await get(`/objects/${DIGEST}?long`, headers);
    expect(answered).toHaveLength(1);
    expect(short).toEqual(long);
    expect(answered[0]?.status).toBe(hall.answered.at(-1)?.status);
  });

  test('[PR3] what is not plainly one object is left to the app', async () => {
    const { get, answered } = await open();
    const statuses: (number | undefined)[] = [];
    for (const path of [
      `/objects/${LOST}`,
      `/objects/${DIGEST.toUpperCase()}`,
      `/objects/${DIGEST}/`,
      `/objects/%61${DIGEST.slice(1)}`,
      `//objects/${DIGEST}`,
    ])
      statuses.push((await get(path, {})).status);
    statuses.push((await get(`/objects/${DIGEST}`, {}, 'POST')).status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(statuses.length);
    expect((await get(`/objects/${BROKEN}`, {})).status).toBe(500);
    const head = await get(`/objects/${DIGEST}`, { range: 'bytes=0-1' }, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '700', '']);
    expect(answered).toEqual([]);
  });
});
