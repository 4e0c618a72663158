import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { refuseBroken } from '../../board-server/door.ts';
import { startServer } from '../../board-server/server.ts';
import type { RunningServer } from '../../board-server/server.ts';
import { createHall } from './hall.ts';
import type { Hall } from './hall.ts';

const attach = (server: Server) => ({ close: promisify(server.close.bind(server)) });

/** Sends bytes as they are, which no HTTP client would do, and resolves to all that comes back. */
const say = async (server: RunningServer, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (part) => (answer += part.toString('latin1')));
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
};
const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: hall.test', 'Connection: close', ...headers, '', ''].join('\r\n');

describe('the server on a real socket', () => {
  const running: RunningServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  const start = async (hall: Hall, port = 0) => {
    const host = '127.0.0.1';
    const started = await startServer({
      port,
      host,
      dev: false,
      certificate: undefined,
      fetch: hall.app.fetch,
      before: (next) => next,
      trustedProxies: [],
      attach,
    });
    if (started.ok) running.push(started.value);
    return started;
  };
  const open = async (hall: Hall): Promise<RunningServer> => {
    const started = await start(hall);
    if (!started.ok) throw new Error(started.detail);
    return started.value;
  };

  it('says where it listens and answers there', async () => {
    const server = await open(await createHall());
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${server.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });

  it('says why it cannot listen', async () => {
    const hall = await createHall();
    const { url } = await open(hall);
    expect(await start(hall, Number(new URL(url).port))).toEqual({
      ok: false,
      refusal: 'not-listening',
      detail: 'EADDRINUSE',
    });
  });

  it.each([
    '/objects/../../keys/root.pem',
    '/objects/..%2f..%2fkeys%2froot.pem',
    '/objects/%252e%252e%252fkeys%252froot.pem',
    '/objects/..\\..\\keys\\root.pem',
    '/api/screens/..\\..\\state',
    '/objects/%00',
    '/objects/\xc0\xae\xc0\xae/keys',
    '//objects/x',
    '/objects/' + 'a'.repeat(8000),
  ])('[PR3] %s sent as it stands is not found', async (path) => {
    const hall = await createHall();
    const answer = await say(await open(hall), get(path));
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|04) /);
    expect(hall.reached).toEqual([]);
  });

  it.each([
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    [
      'two lengths',
      'POST /api/session HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST /api/session HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a line that is no request', '\x16\x03\x01\x02\x00\x01\r\n\r\n'],
    ['endless headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('%s is refused, and the server lives', async (_name, bytes) => {
    const hall = await createHall();
    const server = await open(hall);
    expect(await say(server, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('an endless body is cut off', async () => {
    const hall = await createHall();
    const server = await open(hall);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = 'POST /api/session HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n';
    socket.write(`${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const pour = (): void => {
      while (socket.writable && socket.write(`4000\r\n${' '.repeat(0x4000)}\r\n`));
    };
    socket.on('drain', pour);
    socket.on('error', () => socket.destroy()); // A reset is as good an end as any.
    pour();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(hall.answered.map(({ status }) => status)).toEqual([413]);
  }, 60_000);

  it('[PR8] one who sends a header drop by drop is let go', async () => {
    const server = await open(await createHall());
    // Resolves when the server hangs up, headersTimeout after it began to listen.
    expect(await say(server, 'GET / HTTP/1.1\r\nHost: hall.test\r\nX-Slow: ')).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n/,
    );
  }, 20_000);

  it('[PR8] one who was answered and does not finish another request hears nothing more', async () => {
    const server = await open(await createHall());
    const whole = 'GET /healthz HTTP/1.1\r\nHost: hall.test\r\n\r\n';
    const answers = await say(server, `${whole}GET / HTTP/1.1\r\nX-Slow: `);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  }, 20_000);

  it('[PR8] many who are late together are let go a few in a turn', () => {
    const turns: (() => void)[] = [];
    const refuse = refuseBroken((then) => turns.push(then));
    const sockets = Array.from({ length: 25 }, () => new PassThrough());
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    for (const socket of sockets) refuse(late, socket);
    const gone: number[] = [];
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      turn();
      gone.push(sockets.filter(({ destroyed }) => destroyed).length);
    }
    expect(gone).toEqual([10, 20, 25]);

    const another = new PassThrough();
    refuse(late, another);
    turns.shift()?.();
    expect(another.destroyed).toBe(true);
  });

  it('closing lets what has begun come to its end, and takes no more', async () => {
    let release: (() => void) | undefined;
    const asked = Promise.withResolvers<void>();
    const hall = await createHall({
      objects: {
        read: async () => undefined,
        held: () => undefined,
        bytes: () =>
          new Promise((resolve) => {
            release = () => resolve(Buffer.from('whole'));
            asked.resolve();
          }),
      },
    });
    const server = await open(hall);
    const headers = { 'accept-encoding': 'identity' };
    const answer = fetch(`${server.url}/objects/${'ab'.repeat(32)}`, { headers });
    await asked.promise;
    const closed = running.pop()?.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    release?.();
    expect(await (await answer).text()).toBe('whole');
    await closed;
  });
});
