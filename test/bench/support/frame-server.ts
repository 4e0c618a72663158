// The floor: WebSockets by hand, one frame made once and written to each; answers are read and counted.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FanoutOrder } from './fanout-messages.ts';
import { createFrameReader, textFrame } from './frames.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455 §1.3

const server = createServer();
const sockets = new Set<Duplex>();
const TAKEN = textFrame('43/screens,0[{"ok":true}]', false);

server.on('upgrade', (request, socket) => {
  const key = String(request.headers['sec-websocket-key']);
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.write(textFrame('0{}', false));
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => sockets.delete(socket));
  socket.on(
    'data',
    createFrameReader(({ payload }) => {
      const text = payload.toString();
      if (text === '40/screens,') return void socket.write(textFrame('40/screens,{}', false));
      const id = /^42\/screens,(\d+)\[/.exec(text)?.[1];
      if (id !== undefined)
        socket.write(id === '0' ? TAKEN : textFrame(`43/screens,${id}[{"ok":true}]`, false));
    }),
  );
});

process.on('message', (order: FanoutOrder) => {
  if (order.kind !== 'fan-out') return;
  const frame = textFrame(`42/screens,${JSON.stringify(['moved', order.moved])}`, false);
  for (const socket of sockets) socket.write(frame);
});

const port = Number(process.env['PORT']);
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume(); // Whoever started it is gone.
