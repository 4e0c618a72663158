// The product's own services and sockets over a data folder, told what to announce by the bench.
import { createServer } from 'node:http';
import { readConfig } from '../../../board-server/config.ts';
import { clock, monotonic, openHall } from '../../../board-server/hall.ts';
import { attachLive } from '../../../board-server/live/live.ts';
import { createLog } from '../../../board-server/log.ts';
import { assert } from '../../../shared/kit/assert.ts';
import type { Counted, FanoutOrder } from './fanout-messages.ts';

const config = readConfig(process.env, []);
assert(config.ok, 'settings of a bench');
const opened = await openHall(config.value, createLog('error'));
assert(opened.ok, 'a data folder on a disk');
const { services, close } = opened.value;
await services.publishing.start();
const server = createServer();
const live = attachLive(server, {
  announcer: services.announcer,
  screens: services.screens.port,
  isOwnOrigin: () => true,
  authenticate: () => false,
  monotonic,
  // What two sides that are silent cost is in no round: rounds of the product are longer than the others.
  heartbeat: { everyMs: 3_600_000, patienceMs: 10_000 },
  log: (message, error) => process.stderr.write(`${message} ${String(error)}\n`),
});
const { port } = config.value;
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));

const showing = (version: number): number =>
  services.screens
    .list(clock())
    .filter(({ channels }) => (channels[0]?.painted?.version ?? 0) >= version).length;

process.on('message', (order: FanoutOrder) => {
  if (order.kind === 'count')
    process.send?.({ kind: 'counted', screens: showing(order.version) } satisfies Counted);
  if (order.kind === 'fan-out')
    services.announcer.moved({ ...order.moved, statements: null }, async () => null);
});
process.once('SIGTERM', () => {
  void live
    .close()
    .then(close)
    .then(() => process.exit(0));
});
