/** What this file needs of an Engine.IO connection. */
export interface Connection {
  on(event: 'packetCreate', listener: (packet: { readonly data?: unknown }) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
  readonly request: { readonly socket: { destroy(): unknown } };
}

/**
 * [PR5] A few of the largest hints, beyond the hundreds of kilobytes that the system itself holds
 * back: this is a reader that has stopped reading, and it is dropped long before its silence is
 * noticed. What waits is shared by all who wait for it, but each pays for its place in the line.
 */
export const QUEUED_BYTES_MAX = 256 * 1024;

/**
 * [PR5] Drops a connection whose waiting bytes exceed `cap`. Engine.IO keeps packets back until the
 * last batch was taken off its hands, and says `drain` when it passes the next batch on, so what was
 * created since then is what waits. A peer that does not read would not read a farewell either.
 */
export function capQueue(connection: Connection, cap: number, dropped: () => void): void {
  let waiting = 0;
  connection.on('packetCreate', ({ data }) => {
    waiting += sizeOf(data);
    if (waiting <= cap) return;
    dropped();
    connection.request.socket.destroy();
  });
  connection.on('drain', () => {
    waiting = 0;
  });
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return data instanceof Uint8Array ? data.byteLength : 0;
}
