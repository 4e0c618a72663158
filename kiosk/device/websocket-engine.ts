import { WebSocket as WebSocketTransport } from 'engine.io-client';

/**
 * The transports of the kiosk's Socket.IO client: the build puts this in the place of the client's
 * own list, so that polling and WebTransport, which no screen uses, are not shipped.
 */
export const transports = {
  // Read when a connection opens: the client's modules refer to each other in a ring.
  get websocket() {
    return WebSocketTransport;
  },
};
