import type { Server } from 'node:http';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { ServerParts } from '../../board-server/server.ts';
import { startServer } from '../../board-server/server.ts';

type Given = Pick<ServerParts, 'fetch'> & Partial<Pick<ServerParts, 'before' | 'attach'>>;

/** A real server over plain http on a free port, closed when the test is over; its address. */
export async function servePlainly(given: Given): Promise<string> {
  const started = await startServer({
    port: 0,
    host: '127.0.0.1',
    dev: false,
    certificate: undefined,
    trustedProxies: [],
    before: (next) => next,
    attach: closing,
    ...given,
  });
  if (!started.ok) throw new Error(started.detail);
  onTestFinished(() => started.value.close());
  return started.value.url;
}

/** No sockets: what would end them ends the server alone. */
export const closing: ServerParts['attach'] = (server: Server) => ({
  close: promisify(server.close.bind(server)),
});
