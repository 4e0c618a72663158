import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { capConnections } from './connection-cap.ts';
import { createDevShells } from './dev-shells.ts';
import { createDoor, refuseUpgrades } from './door.ts';
import { SOCKET_PATH } from './live/live.ts';
import { openConnections } from './open-connections.ts';
import { hasCode } from './store/file-system.ts';
import type { Result } from '../shared/kit/result.ts';
import { accepted, refused } from '../shared/kit/result.ts';

export interface ServerParts {
  readonly port: number;
  readonly host: string;
  readonly dev: boolean;
  /** PEM of certificate and key; undefined serves plain http only. */
  readonly certificate: string | undefined;
  readonly fetch: Parameters<typeof getRequestListener>[0];
  /** Answers what it can by itself, and hands on the rest. */
  readonly before: (next: RequestListener) => RequestListener;
  readonly trustedProxies: readonly string[];
  /** Puts the sockets on the server; `close` ends them and the server they are on. */
  readonly attach: (server: Server) => { close(): Promise<void> };
}

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:4680`. */
  readonly url: string;
  /** Takes no more, lets what has begun end within five seconds, and ends the sockets. */
  close(): Promise<void>;
}

/** Opens the door: HTTP, https where there is a certificate, and sockets on one port. */
export async function startServer(
  parts: ServerParts,
): Promise<Result<RunningServer, 'not-listening'>> {
  const { server, dismissSilent } = createDoor(parts.certificate);
  // A reader that takes nothing for a minute is gone; sockets of screens have pings of their own.
  server.setTimeout(60_000);
  capConnections(server, parts.trustedProxies);
  const connections = openConnections(server);
  const app = parts.before(voided(getRequestListener(parts.fetch)));
  const dev = parts.dev ? await createDevShells(server, app) : undefined;
  server.on('request', dev?.listener ?? app);
  // Node closes idle connections when closing begins; those that were busy then become idle here.
  const closeIdle = (): void => void (server.listening || server.closeIdleConnections());
  server.on('request', (_request, response) => response.on('close', closeIdle));
  holdNewest(server);
  // In development the reloading of pages has sockets of its own.
  if (!parts.dev) refuseUpgrades(server, SOCKET_PATH);
  const live = parts.attach(server);
  const listening = await listen(server, parts);
  if (!listening.ok) return listening;
  return accepted({
    url: listening.value,
    async close() {
      const deadline = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, 5000);
      dismissSilent();
      await Promise.all([live.close(), dev?.close()]);
      clearTimeout(deadline);
    },
  });
}

/**
 * Keeps the newest response, and through it its request and connection, until the next one. The engine
 * forgets what it compiled for the shapes of objects of which a collection of garbage finds none alive;
 * between two requests that is nearly all of HTTP, and compiling it anew cost the next five hundred
 * answers a fifth more.
 */
function holdNewest(server: Server): void {
  const held: { newest: ServerResponse | undefined } = { newest: undefined };
  server.on('request', (_request, response) => {
    held.newest = response;
  });
}

/** [FL5] Connections that may wait to be taken: a fleet that comes back crowds out nobody else. */
const BACKLOG = 4096;

async function listen(
  server: Server,
  { port, host }: ServerParts,
): Promise<Result<string, 'not-listening'>> {
  server.listen({ port, host, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].find((known) => hasCode(error, known));
    if (code === undefined) throw error;
    return refused('not-listening', code);
  }
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('broken assumption: no port');
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return accepted(`http://${name}:${address.port}`);
}

/** The adapter answers every error of its own; its promise has nothing more to say. */
function voided(app: ReturnType<typeof getRequestListener>) {
  return (request: IncomingMessage, response: ServerResponse): void => void app(request, response);
}
