import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { extname } from 'node:path';
import type { Duplex } from 'node:stream';
import type { ShellFiles } from './shell-variant.ts';

/** Stands before a real hall and hands out another shell than the one it was built with. */
export interface ShellFront {
  readonly url: string;
  /** Addresses of the shell that were asked for, oldest first. */
  readonly asked: string[];
  serve(files: ShellFiles): void;
  /** What an address gets instead of its file. */
  spoil(address: string, how: Spoilt): void;
  /** The line is cut: nobody answers. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export type Spoilt = 'missing' | 'short' | 'silence' | 'sound';

export async function openShellFront(hall: string): Promise<ShellFront> {
  let files: ShellFiles = new Map();
  const spoilt = new Map<string, Spoilt>();
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  function answer(from: IncomingMessage, to: ServerResponse): void {
    const { pathname } = new URL(from.url ?? '', 'http://front');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const bytes = files.get(path) ?? (spoilt.has(path) ? Buffer.alloc(0) : undefined);
    if (bytes === undefined) return pass(hall, from, to);
    asked.push(path);
    switch (spoilt.get(path)) {
      case 'silence':
        return;
      case 'missing':
        to.writeHead(404).end();
        return;
      case 'short':
        to.writeHead(200, headersOf(path)).end(bytes.subarray(0, bytes.length / 2));
        return;
      case 'sound':
      case undefined:
        to.writeHead(200, headersOf(path)).end(bytes);
    }
  }

  async function open(): Promise<void> {
    server = createServer(answer);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.on('upgrade', (from, socket, head) => passSocket(hall, from, socket, head));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  }

  async function cut(): Promise<void> {
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  }

  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    serve(next) {
      files = next;
    },
    spoil: (address, how) => spoilt.set(address, how),
    cut,
    mend: open,
    close: cut,
  };
}

const headersOf = (path: string) => ({
  'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
  'cache-control': 'no-cache',
});

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

function pass(hall: string, from: IncomingMessage, to: ServerResponse): void {
  const { method, headers } = from;
  const through = request(new URL(from.url ?? '', hall), { method, headers }, (response) => {
    to.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(to);
  });
  through.on('error', () => to.destroy());
  from.pipe(through);
}

function passSocket(hall: string, from: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { hostname, port } = new URL(hall);
  const through = connect(Number(port), hostname, () => {
    const headers = Object.entries(from.headers).map(
      ([name, value]) => `${name}: ${String(value)}`,
    );
    through.write(`GET ${from.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    through.write(head);
    socket.pipe(through).pipe(socket);
  });
  for (const end of [socket, through]) {
    end.on('error', () => {
      socket.destroy();
      through.destroy();
    });
  }
}
