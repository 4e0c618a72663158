import type { Server, Socket } from 'node:net';

/** Every connection that is open, also those that are no longer HTTP, of which Node keeps no account. */
export function openConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}
