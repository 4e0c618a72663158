import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Agent, get } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../board-server/server.ts';
import { createHall } from './hall.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('the newest response outlives a collection of garbage, and none before it does', async () => {
  const hall = await createHall();
  const closed: Promise<unknown>[] = [];
  const responses: WeakRef<ServerResponse>[] = [];
  const started = await startServer({
    port: 0,
    host: '127.0.0.1',
    dev: false,
    certificate: undefined,
    fetch: hall.app.fetch,
    trustedProxies: [],
    before: (next) => (request, response) => {
      responses.push(new WeakRef(response));
      next(request, response);
    },
    attach(server: Server) {
      // A connection that closes is seen to its end by both sides.
      server.on('connection', (socket) => closed.push(once(socket, 'close')));
      return { close: promisify(server.close.bind(server)) };
    },
  });
  if (!started.ok) throw new Error(started.detail);
  onTestFinished(() => started.value.close());

  for (let number = 0; number < 5; number++) {
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get(`${started.value.url}/healthz`, { agent }), 'response');
    await once(response.resume(), 'end');
    agent.destroy();
  }
  await Promise.all(closed);
  // What a turn of the loop has looked at lives until its end.
  await setImmediate();
  collectGarbage();
  expect(responses.map((response) => response.deref() !== undefined)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});
