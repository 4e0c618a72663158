// A stock Socket.IO server that carries the same messages to the same room.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { verify } from '../../../board-server/trust/digest.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import { open, parseEnvelope } from '../../../shared/trust/envelope.ts';
import type { Acknowledged, FanoutOrder } from './fanout-messages.ts';

const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
const screens = io.of('/screens');
let keys: Readonly<Record<string, PublicKey>> = {};
let isChecking = false;

type Answer = (answer: { readonly ok: boolean }) => void;

screens.on('connection', (socket) => {
  socket.on('hello', async (_hello: unknown, answer: Answer) => {
    await socket.join('channel/hall');
    answer({ ok: true });
  });
  socket.on('report', async ({ report }: { readonly report: string }) => {
    if (isChecking && !(await isSigned(report))) throw new Error('a report that nobody signed');
  });
});

async function isSigned(report: string): Promise<boolean> {
  const envelope = parseEnvelope(report);
  const keyid = envelope.ok ? envelope.value.signatures[0]?.keyid : undefined;
  const key = keyid === undefined ? undefined : keys[keyid];
  if (keyid === undefined || key === undefined) return false;
  const payload = await open(report, 'report', { keys: { [keyid]: key }, threshold: 1 }, verify);
  return payload.ok;
}

process.on('message', (order: FanoutOrder) => {
  if (order.kind === 'keys') keys = order.keys;
  if (order.kind === 'check') isChecking = true;
  if (order.kind !== 'fan-out') return;
  const { moved, way } = order;
  if (way === 'event') return void screens.to('channel/hall').emit('moved', moved);
  screens
    .to('channel/hall')
    .timeout(60_000)
    .emit('moved', moved, (error: Error | null) => {
      if (error !== null) throw error;
      process.send?.({ kind: 'acknowledged', version: moved.version } satisfies Acknowledged);
    });
});

const port = Number(process.env['PORT']);
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume(); // Whoever started it is gone.
