import { describe, expect, it } from 'vitest';
import { routes } from '../../shared/protocol/routes.ts';
import { ROUTE_NAMES } from '../../board-server/routes/mount.ts';
import { secureOrigin } from '../../board-server/routes/insecure.ts';
import { visitOf } from '../../board-server/routes/visit.ts';
import type { Asking } from './hall.ts';
import { cookieFrom, createHall, PASSWORD, refusalOf } from './hall.ts';

const PLAIN = 'http://192.168.1.10:4680';
const TLS = {
  names: [
    { kind: 'dns', text: 'hall.lan' },
    { kind: 'ip', text: '192.168.1.10' },
  ],
  authority: { certificate: '-----BEGIN CERTIFICATE-----\n', fingerprint: 'AB:CD:EF' },
} as const;
const page = { headers: { accept: 'text/html' } };

const hallWith = (tls: typeof TLS | undefined, publicUrl?: string) =>
  createHall({
    tls,
    surroundings: { publicUrl, trustedProxies: [] },
    shells: new Map(
      (['/touch/', '/admin/'] as const).map((path) => [
        path,
        {
          bytes: Buffer.from(`the shell of ${path}`),
          type: 'text/html; charset=utf-8',
          audience: path === '/admin/' ? ('admin' as const) : ('kiosk' as const),
          cacheControl: 'no-cache',
          etag: '"e"',
          brotli: async () => undefined,
        },
      ]),
    ),
  });

describe('plain http from another machine', () => {
  it('[TL5] reaches no route that is for a person, whatever cookie it brings', async () => {
    const hall = await hallWith(TLS);
    const cookie = await hall.cookieOf('administrator');
    const refusals = [];
    for (const name of ROUTE_NAMES) {
      const { method, path, action } = routes[name];
      if (action === null && name !== 'signIn') continue;
      const address = path.replace(/:\w+/g, 'sample-1');
      const response = await hall.request(address, { method, base: PLAIN, cookie });
      refusals.push([response.status, await response.json()]);
    }
    expect(refusals.length).toBeGreaterThan(20);
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toEqual(
      new Set(['[403,{"refusal":"forbidden","detail":"https"}]']),
    );
    expect(hall.reached).toEqual([]);
    // The same cookie is good where nobody reads along.
    expect((await hall.request('/api/session', { cookie })).status).toBe(200);
    expect(
      (
        await hall.request('/api/session', {
          base: 'http://127.0.0.1:4680',
          peer: '127.0.0.1',
          cookie,
        })
      ).status,
    ).toBe(200);
  });

  it('[TL5] does not sign in with the right password, and over https it does', async () => {
    const hall = await hallWith(TLS);
    await hall.add({});
    const refused = await hall.signIn('zhang.min', PASSWORD, { base: PLAIN });
    expect([await refusalOf(refused), cookieFrom(refused)]).toEqual(['forbidden', '']);
    expect((await hall.signIn('zhang.min')).status).toBe(200);
  });

  it('[TL5] gets a page in place of the console, and what is public as ever', async () => {
    const hall = await hallWith(TLS);
    const over = (path: string, asking: Asking = page) =>
      hall.request(path, { base: PLAIN, ...asking });
    const console = await over('/admin/');
    expect(console.status).toBe(403);
    const text = await console.text();
    expect(text).toContain('管理台要用安全网址打开');
    expect(text).not.toContain('the shell of');
    expect((await over('/admin/assets/main.js', {})).status).toBe(403);
    expect(await (await over('/touch/')).text()).toBe('the shell of /touch/');
    expect((await over('/healthz')).status).toBe(200);
    await over('/api/door');
    await over('/api/screens/touch-01/state');
    expect(hall.reached).toEqual(['door', 'screenState']);
    expect(await (await hall.request('/admin/', page)).text()).toBe('the shell of /admin/');
  });

  it('[TL5] the front page says what is wrong, the https address and the authority to install', async () => {
    const hall = await hallWith(TLS);
    const plain = await (await hall.request('/', { base: PLAIN, ...page })).text();
    expect(plain).toContain('这个网址不是安全连接');
    expect(plain).toContain('<code>http://192.168.1.10:4680</code');
    expect(plain).toContain('href="https://192.168.1.10:4680/"');
    expect(plain).toContain('href="/hall-authority.crt"');
    expect(plain).toContain('<code>AB:CD:EF</code>');
    expect(plain).not.toContain('href="/admin/"');
    const secure = await (await hall.request('/', page)).text();
    expect(secure).toContain('href="/admin/"');
    expect(secure).not.toContain('这个网址不是安全连接');
  });

  it('[TL5] without a certificate it says how to make one', async () => {
    const hall = await hallWith(undefined);
    const plain = await (await hall.request('/', { base: PLAIN, ...page })).text();
    expect(plain).toContain('npm run hall -- tls');
    expect(plain).not.toContain('hall-authority.crt');
    const behind = await hallWith(undefined, 'https://hall.example');
    const named = await (await behind.request('/', { base: PLAIN, ...page })).text();
    expect(named).toContain('href="https://hall.example/"');
  });

  it('the authority is public, and says by which address to come back', async () => {
    const fetched = await (await hallWith(TLS)).request('/hall-authority.crt', { base: PLAIN });
    expect([fetched.status, fetched.headers.get('content-type'), await fetched.text()]).toEqual([
      200,
      'application/x-x509-ca-cert',
      TLS.authority.certificate,
    ]);
    expect(fetched.headers.get('link')).toBe('<https://192.168.1.10:4680/>; rel="canonical"');
    const none = await (await hallWith(undefined)).request('/hall-authority.crt', { base: PLAIN });
    expect([none.status, none.headers.get('link')]).toEqual([404, null]);
    const behind = await hallWith(undefined, 'https://hall.example');
    const proxied = await behind.request('/hall-authority.crt', { base: PLAIN });
    expect([proxied.status, proxied.headers.get('link')]).toEqual([
      404,
      '<https://hall.example/>; rel="canonical"',
    ]);
  });
});

it.each([
  ['192.168.1.10:4680', 'https://192.168.1.10:4680'],
  ['hall.lan', 'https://hall.lan'],
  ['another.lan:4680', 'https://hall.lan:4680'],
])('who came to %s is sent to %s', (host, origin) => {
  expect(secureOrigin(host, { publicUrl: undefined, tls: TLS })).toBe(origin);
  expect(secureOrigin(host, { publicUrl: 'https://h.example', tls: TLS })).toBe(
    'https://h.example',
  );
  expect(secureOrigin(host, { publicUrl: undefined, tls: undefined })).toBeUndefined();
});

describe('how a request travelled', () => {
  const https = 'https://hall.example';
  it.each([
    ['decrypted here', { encrypted: true }, undefined, [], 'https'],
    ['from another machine', {}, undefined, [], 'plain'],
    ['from another machine that claims a proxy', { proto: 'https' }, https, [], 'plain'],
    ['by a trusted proxy over https', { proto: 'https' }, undefined, ['192.0.2.1'], 'https'],
    ['by a trusted proxy over http', { proto: 'http' }, https, ['192.0.2.1'], 'plain'],
    ['by a trusted proxy that does not say', {}, https, ['192.0.2.1'], 'https'],
    ['by such a proxy without a public address', {}, undefined, ['192.0.2.1'], 'plain'],
    ['inside this machine', { peer: '127.0.0.1' }, undefined, [], 'local'],
    ['inside this machine over IPv6', { peer: '::1' }, undefined, [], 'local'],
    ['by a proxy on this machine', { peer: '::ffff:127.0.0.1' }, https, [], 'https'],
    [
      'by a proxy on this machine over http',
      { peer: '127.0.0.1', proto: 'http' },
      https,
      ['127.0.0.1'],
      'plain',
    ],
  ] as const)('%s', (_name, given, publicUrl, trustedProxies, way) => {
    const { peer, encrypted, proto } = {
      peer: '192.0.2.1',
      encrypted: false,
      proto: undefined,
      ...given,
    };
    const header = (name: string) => (name === 'x-forwarded-proto' ? proto : undefined);
    const entrance = { peer, encrypted, host: 'hall.example', header };
    expect(visitOf(entrance, { publicUrl, trustedProxies }).way).toBe(way);
  });
});
