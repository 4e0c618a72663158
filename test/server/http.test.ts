import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectReader } from '../../board-server/routes/object-answer.ts';
import type { StoredObject } from '../../board-server/objects/object-store.ts';
import { readShellFiles } from '../../board-server/routes/shell-files.ts';
import { answerOf, CARD, createHall, ORIGIN, refusalOf } from './hall.ts';
import type { Asking, Hall } from './hall.ts';

const create = async (asking: Asking) => {
  const hall = await createHall();
  const cookie = await hall.cookieOf('administrator');
  const response = await hall.request('/api/people', { method: 'POST', cookie, ...asking });
  return [response.status, await response.json(), hall.failures];
};
const malformed = (detail: string) => [
  400,
  { refusal: 'malformed', detail: expect.stringContaining(detail) },
  [],
];

describe('bodies', () => {
  it.each([
    ['nothing', undefined, 'account'],
    ['null', 'null', 'an object is expected'],
    ['a list', '[]', 'an object is expected'],
    ['a number', '1', 'an object is expected'],
    ['broken JSON', '{"account":', 'an object is expected'],
    ['two values', '{}{}', 'an object is expected'],
    ['a byte order mark', '\ufeff{}', 'an object is expected'],
    [
      'bytes that are not UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      'an object is expected',
    ],
    ['half a surrogate pair', '{"account":"\\ud800"}', 'text is not well-formed'],
    ['__proto__', '{"__proto__":{"roles":["administrator"]}}', 'a member has no proper name'],
    ['__proto__ further in', '{"account":{"a":[{"__proto__":1}]}}', 'a member has no proper name'],
    ['constructor', '{"constructor":{"prototype":{}}}', ''],
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 'an object is expected'],
    ['an object of 100 levels', '{"a":'.repeat(100) + '1' + '}'.repeat(100), 'nested too deeply'],
    [
      'an unknown member',
      JSON.stringify({
        account: 'abc',
        name: '甲',
        post: '乙',
        department: '丙',
        roles: ['editor'],
        admin: true,
      }),
      '',
    ],
    [
      'a role nobody has',
      JSON.stringify({ account: 'abc', name: '甲', post: '乙', department: '丙', roles: ['root'] }),
      'roles.0',
    ],
  ])('[PR1] %s is malformed, and says where', async (_name, body, detail) => {
    expect(await create(body === undefined ? {} : { body })).toEqual(malformed(detail));
  });

  it('[PR1] a polluted prototype is left behind by none of them', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { roles?: unknown }).roles).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json, text/plain',
    undefined,
  ])(
    '[AU3] a body of type %s is refused: a foreign page could send it without asking',
    async (type) => {
      expect(await create({ body: '{}', headers: { 'content-type': type } })).toEqual(
        malformed('content-type'),
      );
    },
  );

  it.each([
    ['one byte more than', 1024 * 1024 + 1, 413],
    ['exactly', 1024 * 1024, 400],
  ])('%s 1 MiB from someone signed in is %3$i', async (_name, bytes, status) => {
    const [answered] = await create({ body: ' '.repeat(bytes) });
    expect(answered).toBe(status);
  });

  it('64 KiB is the most that a stranger may send', async () => {
    const hall = await createHall();
    const json = { account: 'a', password: 'x'.repeat(65_536) };
    expect(await refusalOf(await hall.request('/api/session', { method: 'POST', json }))).toBe(
      'too-large',
    );
  });

  it('a stream that never ends is cut off at the limit', async () => {
    const hall = await createHall();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(32));
      },
    });
    const response = await hall.request('/api/session', { method: 'POST', body });
    expect(await refusalOf(response)).toBe('too-large');
    expect(sent).toBeLessThan(65_536 + 4 * 16_384);
  });

  it('a declared length beyond the limit is refused before a byte is read', async () => {
    const hall = await createHall();
    const body = new ReadableStream<Uint8Array>(
      { pull: () => Promise.reject(new Error('it was read')) },
      { highWaterMark: 0 },
    );
    const response = await hall.request('/api/session', {
      method: 'POST',
      body,
      headers: { 'content-length': '9999999' },
    });
    expect(response.status).toBe(413);
    expect(hall.failures).toEqual([]);
  });

  it('a body is not read at all for someone who may not send it', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    const response = await hall.request('/api/people', {
      method: 'POST',
      cookie,
      body: '{"account":',
    });
    expect(response.status).toBe(403);
  });
});

describe('addresses', () => {
  let hall: Hall;
  let cookie: string;
  beforeAll(async () => {
    hall = await createHall();
    cookie = await hall.cookieOf('manager');
  });

  it.each([
    '/api/screens/..%2f..%2fetc/state',
    '/api/screens/%2e%2e/state',
    '/api/screens/%252e%252e%252fstate/state',
    '/api/screens/touch%31/state',
    '/api/screens/Touch-1/state',
    '/api/screens/touch-1-/state',
    '/api/screens/a_b/state',
    `/api/screens/${'a'.repeat(65)}/state`,
    '/api/screens//state',
    '/api/screens/touch-1/state/',
  ])('[PR3] %s names no screen', async (path) => {
    const response = await hall.request(path);
    expect([response.status, await refusalOf(response)]).toEqual([404, 'not-found']);
    expect(hall.reached).not.toContain('screenState');
  });

  it('[PR3] the exact form of an id reaches its handler', async () => {
    await hall.request('/api/screens/touch-1/state');
    expect(hall.reached).toContain('screenState');
  });

  it('a query that names a thing twice, or names what the path names, is malformed', async () => {
    for (const path of [
      '/api/records?search=a&search=b',
      '/api/records/r-1?id=r-2',
      '/api/records?__proto__=1',
      '/api/records?sort=1',
    ]) {
      const response = await hall.request(path, { cookie });
      expect([path, response.status]).toEqual([path, 400]);
    }
  });

  it('a body cannot name another thing than its address', async () => {
    const response = await hall.request('/api/records/r-1/return', {
      method: 'POST',
      cookie,
      json: { id: 'r-2', reason: 'x' },
    });
    expect(await response.json()).toEqual({ refusal: 'malformed', detail: 'id' });
  });

  it('an address of the API that does not exist is refused in JSON, a page in words', async () => {
    const api = await hall.request('/api/nothing', { cookie, headers: { accept: 'text/html' } });
    expect([api.status, await api.json()]).toEqual([404, { refusal: 'not-found' }]);
    const page = await hall.request('/nothing', { headers: { accept: 'text/html,*/*' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=UTF-8',
    ]);
    expect(await page.text()).toContain('没有这个页面');
  });

  it('a method that an address does not have is refused', async () => {
    expect((await hall.request('/api/hall', { method: 'PATCH', cookie })).status).toBe(404);
  });
});

const signOut = async (
  headers: Asking['headers'],
  changes: Parameters<typeof createHall>[0] = {},
  base = ORIGIN,
) => {
  const hall = await createHall(changes);
  const response = await hall.request('/api/session', {
    method: 'DELETE',
    base,
    headers: { 'content-type': undefined, ...headers },
  });
  return refusalOf(response);
};

describe('origin', () => {
  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['a neighbour port', { origin: 'https://hall.test:4681' }],
    ['another scheme', { origin: 'http://hall.test:4680' }],
    ['a name that begins alike', { origin: 'https://hall.test:4680.evil.example' }],
    ['nobody', { origin: undefined }],
    ['a sibling site, whatever it claims', { 'sec-fetch-site': 'same-site' }],
    ['another site behind a claimed origin', { 'sec-fetch-site': 'cross-site' }],
    ['nobody in particular', { 'sec-fetch-site': 'none' }],
  ])('[AU3] an unsafe request from %s is refused', async (_name, headers) => {
    expect(await signOut(headers)).toBe('wrong-origin');
  });

  it.each([
    ['a browser', {}],
    ['a browser too old for Sec-Fetch-Site', { 'sec-fetch-site': undefined }],
  ])(
    '[AU3] an unsafe request of %s from the own origin gets as far as the session',
    async (_name, headers) => {
      expect(await signOut(headers)).toBe('signed-out');
    },
  );

  it('[AU3] with a configured address only that one and loopback count', async () => {
    // The proxy that speaks https for the hall is the peer of every request.
    const surroundings = { publicUrl: 'https://hall.example', trustedProxies: ['192.0.2.10'] };
    const from = (origin: string, base: string) => signOut({ origin }, { surroundings }, base);
    expect(await from('https://hall.example', 'http://10.0.0.5:4680')).toBe('signed-out');
    expect(await from('http://localhost:4680', 'http://localhost:4680')).toBe('signed-out');
    expect(await from('http://rebound.example:4680', 'http://rebound.example:4680')).toBe(
      'wrong-origin',
    );
  });

  it('[AU3] a wrong origin is refused before signing in, so nobody is signed in as someone else', async () => {
    const hall = await createHall();
    await hall.add({});
    const response = await hall.signIn('zhang.min', undefined, {
      headers: { origin: 'https://evil.example' },
    });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });

  it('[AU2] forwarded addresses are believed from a trusted proxy only, and only its own entry', async () => {
    const surroundings = { publicUrl: undefined, trustedProxies: ['192.0.2.10'] };
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    const hall = await createHall({ surroundings });
    await hall.request('/healthz', { headers });
    await hall.request('/healthz', { headers, peer: '::ffff:192.0.2.10' });
    await hall.request('/healthz', { headers, peer: '192.0.2.66' });
    expect(hall.answered.map(({ address }) => address)).toEqual([
      '198.51.100.7',
      '198.51.100.7',
      '192.0.2.66',
    ]);
  });
});

describe('answers', () => {
  it('a broken handler is one plain refusal with the number of its log entry', async () => {
    const hall = await createHall();
    await hall.store.close();
    const response = await hall.request('/api/session', {
      method: 'POST',
      json: { account: 'zhang.min', password: 'x' },
    });
    expect([response.status, await response.json()]).toEqual([
      500,
      { refusal: 'internal', detail: 'request-1' },
    ]);
    expect(hall.failures).toHaveLength(1);
  });

  it('the server’s own data is for nobody’s cache, frame or guess', async () => {
    const hall = await createHall();
    const response = await hall.request('/api/session');
    expect(headersOf(response)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-type': 'application/json',
      ...COMMON,
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('the log has who, what and how it went, and neither query nor cookie', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    await hall.request('/api/records?search=secret', { cookie });
    expect(hall.answered.at(-1)).toEqual({
      requestId: 'request-2',
      method: 'GET',
      path: '/api/records',
      status: 404,
      milliseconds: 0,
      address: '192.0.2.10',
      person: hall.people.findByAccount('person-editor')?.id,
      route: 'records',
      refusal: 'not-found',
    });
  });

  it('healthz says that it lives, readyz what it lacks', async () => {
    const hall = await createHall({ obstacles: () => ['store: read-only'] });
    expect((await hall.request('/healthz')).status).toBe(200);
    const response = await hall.request('/readyz');
    expect([response.status, await response.json()]).toEqual([
      503,
      { ok: false, obstacles: ['store: read-only'] },
    ]);
    expect((await (await createHall()).request('/readyz')).status).toBe(200);
  });

  it('HSTS is promised over https only', async () => {
    const hall = await createHall({
      surroundings: { publicUrl: undefined, trustedProxies: ['192.0.2.10'] },
    });
    const over = async (headers: Asking['headers']) =>
      (await hall.request('/', { base: 'http://hall.test', headers: headers ?? {} })).headers.get(
        'strict-transport-security',
      );
    expect(await over({})).toBeNull();
    expect(await over({ 'x-forwarded-proto': 'https' })).toBe('max-age=31536000');
  });

  it('the front page leads to every screen, marks the demonstration and runs no script', async () => {
    const screens = [
      { name: '<b>一楼</b>', kind: 'touch' as const, address: '/touch/?screen=touch-01&root=ab' },
      { name: '门楣', kind: 'board' as const, address: '/board/?screen=led-door&root=ab' },
    ];
    const hall = await createHall({ front: () => ({ hall: CARD, screens }) });
    const response = await hall.request('/');
    const text = await response.text();
    expect([...text.matchAll(/href="([^"]+)"/g)].map(([, address]) => address)).toEqual([
      '/plain.css',
      '/touch/?screen=touch-01&amp;root=ab',
      '/board/?screen=led-door&amp;root=ab',
      '/wall/',
      '/admin/',
      '/api/',
      '/licences',
    ]);
    expect(text).toContain('演示数据');
    expect(text).toContain('&lt;b&gt;一楼&lt;/b&gt;');
    expect(text).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const style = await hall.request('/plain.css');
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  const screens = [
    { name: '门楣屏', kind: 'board', address: '/board/?screen=led-door&root=ab' },
    { name: '一楼触摸屏', kind: 'touch', address: '/touch/?screen=touch-01&root=ab' },
    { name: '二楼触摸屏', kind: 'touch', address: '/touch/?screen=touch-02&root=ab' },
  ] as const;

  it.each(['/touch/', '/board/'])(
    'in a demonstration %s as it stands leads to the first such screen of the hall',
    async (path) => {
      const hall = await createHall({ front: () => ({ hall: CARD, screens }) });
      const response = await hall.request(path);
      expect([
        response.status,
        response.headers.get('location'),
        response.headers.get('cache-control'),
      ]).toEqual([302, path === '/touch/' ? screens[1].address : screens[0].address, 'no-store']);
      const named = await hall.request(`${path}?screen=other`);
      expect([named.status, named.headers.get('location')]).toEqual([404, null]);
    },
  );

  it('in a real hall, and where there is no such screen, the page explains itself', async () => {
    const real = { ...CARD, demo: false };
    for (const front of [
      { hall: real, screens },
      { hall: CARD, screens: [] },
    ]) {
      const hall = await createHall({ front: () => front });
      for (const path of ['/touch/', '/board/'])
        expect((await hall.request(path)).headers.get('location')).toBeNull();
    }
  });

  it('[WA1] only a demonstration hall has a wall', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openhall-wall-'));
    mkdirSync(join(folder, 'kiosk', 'wall'), { recursive: true });
    writeFileSync(join(folder, 'kiosk', 'wall', 'index.html'), '<title>wall</title>');
    const shells = readShellFiles(folder);
    rmSync(folder, { recursive: true });
    for (const [demo, status] of [
      [true, 200],
      [false, 404],
    ] as const) {
      const hall = await createHall({
        shells,
        front: () => ({ hall: { ...CARD, demo }, screens }),
      });
      for (const path of ['/wall/', '/wall/index.html'])
        expect((await hall.request(path)).status).toBe(status);
    }
  });

  it('the front page of a real hall has no mark and no wall, and says when no screen is known', async () => {
    const card = { ...CARD, demo: false };
    const hall = await createHall({ front: () => ({ hall: card, screens: [] }) });
    const text = await (await hall.request('/')).text();
    expect(text).not.toContain('演示');
    expect(text).toContain('还没有登记屏幕');
  });
});

describe('objects', () => {
  const digest = 'ab'.repeat(32);
  const bytes = Buffer.from('{"v":1}'.repeat(100));
  const brotli = Buffer.from(brotliCompressSync(bytes));
  const asked: string[] = [];
  const objects: ObjectReader = {
    async read(name: string): Promise<StoredObject | undefined> {
      asked.push(name);
      return name === digest ? { bytes, brotli } : undefined;
    },
    async bytes(name: string) {
      return (await objects.read(name))?.bytes;
    },
    held: () => undefined,
  };
  let hall: Hall;
  beforeAll(async () => {
    hall = await createHall({ objects });
  });

  it('[BN1] an object is served whole, immutable and without being run or guessed at', async () => {
    const response = await hall.request(`/objects/${digest}`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(headersOf(response)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': '700',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-type': 'application/octet-stream',
      etag: `"${digest}"`,
      vary: 'accept-encoding',
      ...COMMON,
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it.each([
    ['gzip, br', 'br'],
    ['br;q=0.5', 'br'],
    ['gzip, br;q=0', null],
    ['brx', null],
    ['', null],
  ])('to a client that accepts %j it is encoded as %s', async (accept, encoding) => {
    const response = await hall.request(`/objects/${digest}`, {
      headers: { 'accept-encoding': accept },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(encoding === 'br' ? brotliDecompressSync(body) : body).toEqual(bytes);
  });

  it('a client that holds it is told so', async () => {
    const response = await hall.request(`/objects/${digest}`, {
      headers: { 'if-none-match': `"${digest}"` },
    });
    expect([response.status, await response.text()]).toEqual([304, '']);
  });

  it('an object that is not there is 404', async () => {
    expect((await hall.request(`/objects/${'cd'.repeat(32)}`)).status).toBe(404);
  });

  it.each([
    `/objects/${digest.toUpperCase()}`,
    `/objects/${digest.slice(1)}`,
    `/objects/${digest}0`,
    `/objects/${digest}.br`,
    `/objects/${digest}/`,
    `/objects/%61b${digest.slice(2)}`,
    `/objects/%2561b${digest.slice(2)}`,
    '/objects/..%2f..%2fkeys%2froot.json',
    '/objects/..%252f..%252fkeys%252froot.json',
    '/objects/%2e%2e/%2e%2e/keys',
    '/objects/..\\..\\keys',
    '/objects/',
    '/objects/%00',
    `/objects//${digest}`,
  ])('[PR3] %s is 404 before anything is read', async (path) => {
    const before = asked.length;
    expect((await hall.request(path)).status).toBe(404);
    expect(asked.length).toBe(before);
  });
});

describe('shells', () => {
  const dist = mkdtempSync(join(tmpdir(), 'openhall-dist-'));
  const script = `console.log(${JSON.stringify('x'.repeat(5000))});`;
  let hall: Hall;
  beforeAll(async () => {
    const write = (name: string, text: string) => {
      mkdirSync(join(dist, name, '..'), { recursive: true });
      writeFileSync(join(dist, name), text);
    };
    write('kiosk/touch/index.html', '<!doctype html><title>触摸屏</title>');
    write('kiosk/preview.html', '<!doctype html>');
    write('kiosk/sw.js', script);
    write('kiosk/assets/main-abc.js', script);
    write('kiosk/.vite/manifest.json', '{}');
    write('kiosk/notes.secret', 'not for browsers');
    write('admin/index.html', '<!doctype html><title>管理台</title>');
    write('inputs.sha256', 'x');
    hall = await createHall({ shells: readShellFiles(dist) });
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  const SHELL =
    "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; " +
    "object-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

  it.each([
    ['/touch/', `${SHELL}; frame-ancestors 'self'; trusted-types openhall`, 'SAMEORIGIN'],
    ['/touch/index.html', `${SHELL}; frame-ancestors 'self'; trusted-types openhall`, 'SAMEORIGIN'],
    ['/preview.html', `${SHELL}; frame-ancestors 'self'; trusted-types openhall`, 'SAMEORIGIN'],
    [
      '/admin/',
      `${SHELL}; frame-ancestors 'none'; trusted-types openhall ProseMirrorClipboard`,
      'DENY',
    ],
  ])('%s has exactly its content security policy', async (path, policy, frames) => {
    const { headers, status } = await hall.request(path);
    expect([
      status,
      headers.get('content-security-policy'),
      headers.get('x-frame-options'),
    ]).toEqual([200, policy, frames]);
    expect(headers.get('cache-control')).toBe('no-cache');
    for (const word of ['unsafe-inline', 'unsafe-eval', '*', 'data:', 'http'])
      expect(policy).not.toContain(word);
  });

  it('hashed assets are immutable and readable by the sandboxed preview', async () => {
    const response = await hall.request('/assets/main-abc.js', {
      headers: { 'accept-encoding': 'br' },
    });
    expect(headersOf(response)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const body = new Uint8Array(await response.arrayBuffer());
    expect(brotliDecompressSync(body).toString()).toBe(script);
    expect(response.headers.get('content-length')).toBe(String(body.length));
  });

  it('the service worker is asked for anew each time, and not sent twice', async () => {
    const response = await hall.request('/sw.js');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const again = await hall.request('/sw.js', {
      headers: { 'if-none-match': `W/${response.headers.get('etag')}` },
    });
    expect(again.status).toBe(304);
  });

  it('a folder without its slash is sent to the right address', async () => {
    const response = await hall.request('/admin');
    expect([response.status, response.headers.get('location')]).toEqual([308, '/admin/']);
  });

  it.each([
    '/.vite/manifest.json',
    '/notes.secret',
    '/inputs.sha256',
    '/admin/../inputs.sha256',
    '/touch/..%2f..%2finputs.sha256',
    '/touch/..%252f..%252finputs.sha256',
    '/touch/%2e%2e/%2e%2e/inputs.sha256',
    '/assets/main-abc.js%00.html',
    '/%61dmin/',
    '//touch/',
    '/touch/index.html/',
    '/constructor',
    '/__proto__',
  ])('[PR3] %s is 404', async (path) => {
    expect((await hall.request(path)).status).toBe(404);
  });
});

const COMMON = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(response.headers);
}

it('[PR1] nothing that the contract does not name leaves the server', async () => {
  const hall = await createHall();
  const cookie = await hall.cookieOf('administrator');
  const { people } = await answerOf('people', await hall.request('/api/people', { cookie }));
  expect(Object.keys(people[0] ?? {}).sort()).toEqual([
    'account',
    'department',
    'id',
    'locked',
    'name',
    'post',
    'revision',
    'roles',
    'standing',
  ]);
});
