// The least that can tell screens of a change and bring it: one broadcast, and bytes from memory.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const server = createServer((request, response) => {
  const bytes = Number(/^\/bytes\/(\d+)$/.exec(request.url ?? '')?.[1] ?? 0);
  response.writeHead(200, { 'content-length': bytes, 'content-type': 'application/octet-stream' });
  response.end(bodyOf(bytes));
});
const bodies = new Map<number, Buffer>();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
io.on('connection', (socket) => socket.on('echo', (message: unknown) => io.emit('echo', message)));
const port = Number(process.env['PORT']);
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume(); // Whoever started it is gone.

function bodyOf(bytes: number): Buffer {
  const body = bodies.get(bytes) ?? Buffer.alloc(bytes, 'x');
  bodies.set(bytes, body);
  return body;
}
