// Bare reconnects: stock Socket.IO that takes a greeting, and the state as bytes made once.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { readConfig } from '../../../board-server/config.ts';
import { openHall } from '../../../board-server/hall.ts';
import { createLog } from '../../../board-server/log.ts';
import { assert, present } from '../../../shared/kit/assert.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';

const config = readConfig(process.env, []);
assert(config.ok, 'settings of a bench');
const opened = await openHall(config.value, createLog('error'));
assert(opened.ok, 'a data folder on a disk');
const { collections, signer } = opened.value.services;
const lineup = present(collections.screens.list()[0], 'a screen').value.lineup.envelope;
const channel = present(collections.channels.list()[0], 'a published channel').value;
const lease = present(collections.leases.list()[0], 'a lease').value.envelope;
const state = Buffer.from(
  JSON.stringify({
    v: PROTOCOL_VERSION,
    roles: signer.roles,
    lineup,
    channels: [{ channel: 'hall', head: channel.envelope, lease }],
  }),
);
await opened.value.close();

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': state.length });
  response.end(state);
});
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
io.of('/screens').on('connection', (socket) => {
  socket.on('hello', async (_hello: unknown, answer: (answer: unknown) => void) => {
    await socket.join('channel/hall');
    answer({ ok: true });
  });
});
const port = Number(process.env['PORT']);
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume(); // Whoever started it is gone.
