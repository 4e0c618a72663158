// Bare reconnects: stock Socket.IO that takes a greeting, and the state as bytes that were asked for once.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const answer = await fetch(process.env['STATE'] ?? '');
if (!answer.ok) throw new Error(`a state that is answered with ${answer.status}`);
const state = Buffer.from(await answer.arrayBuffer());

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
