import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Socket as ClientSocket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import { present } from '../../shared/kit/assert.ts';
import { serverProcesses } from './server-process.ts';

describe('operating the server', () => {
  const { start, adopt, folderOf } = serverProcesses();

  it('[OP1] /metrics tells of process, requests, store, objects, screens and publications', async () => {
    const { base } = await start('metrics', { args: ['--empty'] }).opened;
    await fetch(`${base}/healthz`);
    await fetch(`${base}/api/people`);
    const answer = await fetch(`${base}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of samples)
      expect(line).toMatch(/^[a-z0-9_]+(?:\{[^{}]*\})? -?(?:[\d.e+-]+|NaN)$/i);
    const value = (sample: string) =>
      Number(
        samples
          .find((line) => line.startsWith(`${sample} `))
          ?.split(' ')
          .at(-1),
      );
    expect(value('openhall_ready')).toBe(1);
    expect(value('openhall_store_state{state="ok"}')).toBe(1);
    expect(value('openhall_published_version')).toBe(1);
    expect(value('openhall_http_refusals_total{refusal="signed-out"}')).toBe(1);
    expect(
      value('openhall_http_request_seconds_count{route="people",method="GET",status="4xx"}'),
    ).toBe(1);
    expect(value('openhall_store_sync_seconds_count{kind="file"}')).toBeGreaterThan(3);
    expect(value('openhall_objects')).toBeGreaterThan(0);
    expect(value('openhall_objects_in_memory')).toBeLessThanOrEqual(value('openhall_objects'));
    expect(value('openhall_screens{state="behind"}')).toBe(0);
    expect(value('openhall_screens_connected')).toBe(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    const proxied = { 'x-forwarded-for': '192.0.2.1' };
    expect((await fetch(`${base}/metrics`, { headers: proxied })).status).toBe(404);
  }, 60_000);

  it('[OP4] LOG_FILE gets what standard output gets', async () => {
    const file = join(folderOf('logged'), 'log', 'hall.log');
    const env = { LOG_FILE: file, LOG_LEVEL: 'info' };
    const run = start('logged', { args: ['--empty'], env });
    await run.opened;
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const said = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(said).toEqual(expect.arrayContaining(['furnishing an empty data folder', 'stopped']));
    for (const line of lines) expect(await run.output).toContain(line);
  }, 60_000);

  it('[OP4] a hall whose outputs lie on a full disk opens, answers and stops', async () => {
    const full = openSync('/dev/full', 'w');
    // Not 127.0.0.1: over plain http there, it complains when it is open.
    const host = '127.0.0.2';
    const port = await freePort(host);
    const env = { HOST: host, PORT: String(port), DATA_DIR: folderOf('full'), LOG_LEVEL: 'debug' };
    const complaining = adopt(
      spawn(process.execPath, ['board-server/main.ts', '--empty'], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', full, 'pipe'],
      }),
    );
    await once(present(complaining.child.stderr, 'errors'), 'data');
    expect((await fetch(`http://${host}:${port}/readyz`)).status).toBe(200);
    complaining.child.kill('SIGTERM');
    expect((await complaining.ended).code).toBe(0);

    const again = adopt(
      spawn(process.execPath, ['board-server/main.ts', '--reset-password', 'x'], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', full, full],
      }),
    );
    // That there is no such account, which it cannot say.
    expect((await again.ended).code).toBe(1);
    closeSync(full);
  }, 60_000);

  it('[OP4] a hall whose output nobody reads answers and stops', async () => {
    const env = { LOG_LEVEL: 'debug' };
    const { child, opened } = start('unread', { args: ['--empty'], env });
    const { base } = await opened;
    child.stdout?.pause();
    // A megabyte of lines; a pipe and its two ends hold a quarter of it.
    const path = 'x'.repeat(4000);
    for (let count = 0; count < 250; count += 1)
      expect((await fetch(`${base}/api/${path}`)).status).toBe(404);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    child.stdout?.resume();
  }, 60_000);

  it('[OP5] SIGTERM makes it unready first, ends what has begun, and lets everyone come back', async () => {
    const first = start('stopped', { args: ['--empty'], env: { LOG_LEVEL: 'info' } });
    const { base } = await first.opened;
    const { port } = new URL(base);
    const begun = connect(Number(port), '127.0.0.1');
    await once(begun, 'connect');
    // Half a request: it has begun, so it is answered although the server is stopping.
    begun.write('GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\n');
    const screen = io(`${base}/screens`, { transports: ['websocket'], reconnectionDelay: 100 });
    await heard(screen, 'connect');
    const cut = heard(screen, 'disconnect');
    const stopping = new Promise<void>((resolve) => {
      first.child.stdout?.on('data', (part) => String(part).includes('"stopping"') && resolve());
    });

    first.child.kill('SIGTERM');
    await stopping;
    begun.write('\r\n');
    const answer = await textOf(begun);
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toContain('{"ok":false,"obstacles":["stopping"]}');
    // A reason after which a client connects again by itself.
    expect(await cut).toBe('transport close');
    expect((await first.ended).code).toBe(0);

    const back = heard(screen, 'connect');
    const second = start('stopped', { env: { PORT: port } });
    await second.opened;
    await back;
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    screen.disconnect();
  }, 60_000);

  it('[OP5] it waits neither for one who asked for a socket that is not there, nor for one who leaves his open', async () => {
    const { child, opened, ended } = start('idle', { args: ['--empty'] });
    const { port, host } = new URL((await opened).base);
    const socketAt = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    // None of them ever ends its own half.
    const say = (text: string): Socket => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      socket.write(text);
      return socket;
    };
    const get = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const [first, later] = [say(socketAt('/elsewhere')), say(get)];
    expect(await textOf(first)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    const [health]: unknown[] = await once(later, 'data');
    expect(String(health)).toMatch(/^HTTP\/1\.1 200 /);
    later.write(socketAt('/elsewhere'));
    expect(await textOf(later)).not.toContain('HTTP/1.1');
    const open = say(socketAt('/socket.io/?EIO=4&transport=websocket'));
    const [answer]: unknown[] = await once(open, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    for (const socket of [first, later, open]) socket.destroy();
    // Half a minute is what a socket is given to say goodbye.
  }, 20_000);
});

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const part of socket) text += String(part);
  return text;
}

const heard = (socket: ClientSocket, event: 'connect' | 'disconnect'): Promise<unknown> =>
  new Promise((resolve) => socket.once(event, resolve));
