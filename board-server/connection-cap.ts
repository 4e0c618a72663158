import type { Server, Socket } from 'node:net';

/** A hall's screens behind one address hold some hundreds; whoever holds more is not a hall. */
const CONNECTIONS_PER_ADDRESS = 2000;

/**
 * [PR8] One address holds so many connections at a time and no more, whatever it does with them; the
 * newest beyond is closed unheard. Loopback and proxies stand for many machines.
 */
export function capConnections(
  server: Server,
  proxies: readonly string[],
  most: number = CONNECTIONS_PER_ADDRESS,
): void {
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    if (isLoopback(address) || proxies.includes(address)) return;
    const count = (held.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    held.set(address, count);
    socket.once('close', () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left === 0) held.delete(address);
      else held.set(address, left);
    });
  });
}

function isLoopback(address: string): boolean {
  return address === '::1' || address === '127.0.0.1';
}
