import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Where connections come in, before anyone is known. */
export interface Door {
  readonly server: Server;
  /** Lets go whoever has not said a byte yet. */
  dismissSilent(): void;
}

/** One port; with a certificate it speaks https, and plain http to whoever begins that way. */
export function createDoor(certificate: string | undefined): Door {
  if (certificate === undefined) {
    const server = createServer(SLOW_SENDERS);
    server.on('clientError', refuseBroken());
    return { server, dismissSilent: () => undefined };
  }
  const server = createSecureServer({
    ...SLOW_SENDERS,
    cert: certificate,
    key: certificate,
    minVersion: 'TLSv1.2',
    handshakeTimeout: SLOW_SENDERS.headersTimeout,
  });
  server.on('clientError', refuseBroken());
  const silent = new Set<Socket>();
  const secure = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    listenFor(socket, (first) => {
      if (first === TLS_HANDSHAKE) for (const take of secure) take.call(server, socket);
      // The server speaks HTTP on whatever arrives here, encrypted or not.
      else server.emit('secureConnection', socket);
      // What was read for a look lies in the socket, which was stopped meanwhile.
      if (first !== TLS_HANDSHAKE) process.nextTick(() => socket.resume());
    });
    socket.once('readable', () => silent.delete(socket));
    socket.once('close', () => silent.delete(socket));
  });
  return {
    server,
    dismissSilent() {
      for (const socket of silent) socket.destroy();
    },
  };
}

/** First byte of a TLS connection (RFC 8446 §5.1); no HTTP method begins with it. */
const TLS_HANDSHAKE = 22;

/** A client that sends its request drop by drop holds a socket for seconds, not minutes. */
const SLOW_SENDERS = {
  headersTimeout: 5000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 20,
  maxHeaderSize: 16 * 1024,
};

/** Those who came together are late together: letting thousands go in one turn would hold up the rest. */
const LATE_AT_ONCE = 10;
const LATE_EVERY_MS = 2;

/**
 * [PR8] Ends the connection of what is no request, at once, and of who took too long, a few in a turn.
 * Listens for `clientError`, where Node answers by itself only as long as nobody listens.
 */
export function refuseBroken(
  later: (then: () => void, milliseconds: number) => unknown = setTimeout,
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const late: Duplex[] = [];
  const letGo = (): void => {
    for (const socket of late.splice(0, LATE_AT_ONCE)) refuse(socket, '408 Request Timeout');
    if (late.length > 0) later(letGo, LATE_EVERY_MS);
  };
  return ({ code = '' }, socket) => {
    if (code !== 'ERR_HTTP_REQUEST_TIMEOUT') refuse(socket, REFUSALS[code] ?? '400 Bad Request');
    else if (late.push(socket) === 1) later(letGo, 0);
  };
}

/**
 * [PR8] Ends the connection of whoever wants to go on in another protocol elsewhere than at `path`. Node
 * watches over no connection whose upgrade somebody listens for: it would stand open for ever.
 */
export function refuseUpgrades(server: Server, path: string): void {
  server.on('upgrade', ({ url = '' }, socket) => {
    if (!url.startsWith(path)) refuse(socket, '404 Not Found');
  });
}

const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
};

/** Says why where nothing was answered yet: a second answer in the midst of one would spoil it. */
function refuse(socket: Duplex, status: string): void {
  const hasAnswered = socket instanceof Socket && socket.bytesWritten > 0;
  if (socket.writable && !hasAnswered) {
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  }
  socket.destroy();
}

/** Tells the first byte and leaves it unread; one who sends none in time is let go. */
function listenFor(socket: Socket, tell: (first: number) => void): void {
  const giveUp = (): void => void socket.destroy();
  socket.setTimeout(SLOW_SENDERS.headersTimeout, giveUp);
  socket.on('error', giveUp);
  socket.once('readable', () => {
    socket.setTimeout(0, giveUp);
    socket.off('timeout', giveUp);
    socket.off('error', giveUp);
    const bytes: Buffer | null = socket.read();
    const first = bytes?.[0];
    if (bytes === null || first === undefined) return giveUp();
    socket.unshift(bytes);
    tell(first);
  });
}
