import { once } from 'node:events';
import type { Server } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../board-server/server.ts';
import type { RunningServer } from '../../board-server/server.ts';
import { issueAuthority, issueCertificate } from '../../board-server/tls/issue.ts';
import { createHall } from './hall.ts';
import type { Hall } from './hall.ts';

const attach = (server: Server) => ({ close: promisify(server.close.bind(server)) });
const NAMES = [{ kind: 'dns', text: 'hall.test' }] as const;

/** All that comes back for these bytes, sent one after the other. */
const say = async (port: number, ...parts: readonly Uint8Array[]): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let answer = '';
  socket.on('data', (part) => (answer += part.toString('latin1')));
  for (const part of parts) await new Promise((sent) => socket.write(part, sent));
  await once(socket, 'close');
  return answer;
};
const pieces = (text: string) => [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));

describe('the door of a hall that has a certificate', () => {
  const running: RunningServer[] = [];
  let ca = '';
  let certificate = '';
  beforeAll(async () => {
    const authority = await issueAuthority(NAMES, Date.now());
    ca = authority.certificate;
    certificate = await issueCertificate(authority, NAMES, Date.now());
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  const open = async (hall: Hall): Promise<{ readonly url: string; readonly port: number }> => {
    const started = await startServer({
      port: 0,
      host: '127.0.0.1',
      dev: false,
      certificate,
      fetch: hall.app.fetch,
      before: (next) => next,
      trustedProxies: [],
      attach,
    });
    if (!started.ok) throw new Error(started.detail);
    running.push(started.value);
    const { url } = started.value;
    return { url, port: Number(new URL(url).port) };
  };

  /** Over https, by a client that trusts the hall's authority. */
  const ask = (
    port: number,
    path: string,
  ): Promise<{ status: number; text: string; hsts: unknown }> =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, ca, servername: 'hall.test', agent: false };
      const sent = request({ ...options, headers: { host: `hall.test:${port}` } }, (response) => {
        let text = '';
        response.on('data', (part) => (text += String(part)));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            hsts: response.headers['strict-transport-security'],
          }),
        );
      });
      sent.once('error', reject);
      sent.end();
    });

  it('[TL4] speaks https and plain http on one port', async () => {
    const { url, port } = await open(await createHall());
    expect(await ask(port, '/healthz')).toEqual({
      status: 200,
      text: '{"ok":true}',
      hsts: 'max-age=31536000',
    });
    const plain = await fetch(`${url}/healthz`);
    expect([plain.status, await plain.json()]).toEqual([200, { ok: true }]);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
  });

  it('[TL4] whoever begins with a single byte is understood all the same', async () => {
    const { port } = await open(await createHall());
    const get = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
    expect(await say(port, ...pieces(get))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);

    const slow = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(slow, 'connect');
    const secure = connectSecurely({ socket: drip(slow), ca, servername: 'hall.test' });
    await once(secure, 'secureConnect');
    secure.write(get);
    const [answer]: unknown[] = await once(secure, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    secure.destroy();
  });

  it('[TL4] a request larger than one packet arrives whole, with what follows it', async () => {
    const hall = await createHall();
    const { port } = await open(hall);
    const body = `{"account":"${'a'.repeat(30_000)}","password":"b"}`;
    const post = `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const get = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
    const answer = await say(port, Buffer.from(post + get));
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
    expect(hall.answered.map(({ path }) => path).sort()).toEqual(['/api/session', '/healthz']);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['the beginning of a request', Buffer.from('GET / HT')],
    ['the beginning of a handshake', Uint8Array.of(22, 3, 1)],
  ])(
    '[TL4] one who says %s and waits is let go',
    async (_name, bytes) => {
      const { port } = await open(await createHall());
      expect(await say(port, bytes)).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    },
    20_000,
  );

  it.each([
    ['noise', Uint8Array.of(0, 255, 10, 13)],
    ['a handshake that is none', Uint8Array.of(22, 3, 1, 255, 255, ...Array<number>(64).fill(7))],
    ['SSL of 1995', Uint8Array.of(128, 46, 1, 0, 2)],
  ])('[TL4] %s ends its own connection only', async (_name, bytes) => {
    const { port } = await open(await createHall());
    await say(port, bytes, Buffer.alloc(1024, 10));
    expect((await ask(port, '/healthz')).status).toBe(200);
  });

  it('[TL4] closing does not wait for one who never said a byte', async () => {
    const { port } = await open(await createHall());
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    // Taken by the server, or this request could not be answered after it.
    expect((await ask(port, '/healthz')).status).toBe(200);
    const gone = once(silent, 'close');
    silent.resume();
    await running.pop()?.close();
    await gone;
  });

  it('a client that does not trust the authority gets no word', async () => {
    const { port } = await open(await createHall());
    const socket = connectSecurely({ port, host: '127.0.0.1', servername: 'hall.test' });
    const [error]: unknown[] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });
});

/** Hands on each byte in a piece of its own. */
function drip(socket: ReturnType<typeof connect>) {
  const write = socket.write.bind(socket);
  socket.write = (chunk: Uint8Array, ...rest: unknown[]) => {
    for (const byte of chunk.subarray(0, -1)) write(Uint8Array.of(byte));
    return (write as (...args: unknown[]) => boolean)(chunk.subarray(-1), ...rest);
  };
  return socket;
}
