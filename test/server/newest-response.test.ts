import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Agent, get } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createHall } from './hall.ts';
import { closing, servePlainly } from './plain-server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('the newest response outlives a collection of garbage, and none before it does', async () => {
  const hall = await createHall();
  const closed: Promise<unknown>[] = [];
  const responses: WeakRef<ServerResponse>[] = [];
  const url = await servePlainly({
    fetch: hall.app.fetch,
    before: (next) => (request, response) => {
      responses.push(new WeakRef(response));
      next(request, response);
    },
    attach(server) {
      // A connection that closes is seen to its end by both sides.
      server.on('connection', (socket) => closed.push(once(socket, 'close')));
      return closing(server);
    },
  });

  for (let number = 0; number < 5; number++) {
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get(`${url}/healthz`, { agent }), 'response');
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
