import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';

/** Where connections come in, before anyone is known. */
export interface Door {
  readonly server: Server;
  /** Lets go whoever has not said a byte yet. */
  dismissSilent(): void;
}

/** One port; with a certificate it speaks https, and plain http to whoever begins that way. */
export function createDoor(certificate: string | undefined): Door {
  if (certificate === undefined) {
    return { server: createServer(SLOW_SENDERS), dismissSilent: () => undefined };
  }
  const server = createSecureServer({
    ...SLOW_SENDERS,
    cert: certificate,
    key: certificate,
    minVersion: 'TLSv1.2',
    handshakeTimeout: SLOW_SENDERS.headersTimeout,
  });
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
  // Those who began together are let go a few at a time.
  connectionsCheckingInterval: 100,
  maxHeaderSize: 16 * 1024,
};

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
