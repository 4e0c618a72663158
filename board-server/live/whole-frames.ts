/** What this file needs of an Engine.IO connection. */
interface Connection {
  on(event: 'packetCreate', listener: (packet: { readonly options?: Options }) => void): unknown;
}

/** Socket.IO's own, handed from its adapter down to `ws`; where it is not there nothing happens. */
interface Options {
  wsPreEncodedFrame?: readonly Uint8Array[];
}

/**
 * A broadcast is made into a WebSocket frame once, in two parts that go to the system as two buffers
 * for each socket. Joined, it is one write; the options are one object for all who are told.
 */
export function sendWhole(connection: Connection): void {
  connection.on('packetCreate', ({ options }) => {
    const frame = options?.wsPreEncodedFrame;
    if (options && frame?.length === 2) options.wsPreEncodedFrame = [Buffer.concat(frame)];
  });
}
