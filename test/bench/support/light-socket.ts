import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createFrameReader, textFrame } from './frames.ts';

/**
 * The least of a WebSocket client (RFC 6455): short text frames, no extensions. Thousands of screens
 * fit into one process, so that what is measured is the server.
 */
export interface LightSocket {
  readonly socket: Socket;
  send(text: string): void;
  close(): void;
}

export interface LightListener {
  text(message: string): void;
  /** Refused, or gone. */
  closed(): void;
}

export function openLightSocket(port: number, listener: LightListener): LightSocket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const read = createFrameReader(({ opcode, payload }) => {
    if (opcode === 1) listener.text(payload.toString());
    if (opcode === 8) socket.destroy();
  });
  let head: Buffer | undefined = Buffer.alloc(0);
  socket.on('connect', () => socket.write(handshake(port)));
  socket.on('data', (bytes: Buffer) => {
    if (head === undefined) return read(bytes);
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    const rest = head.subarray(end + 4);
    if (head.toString('latin1', 9, 12) !== '101') return void socket.destroy();
    head = undefined;
    if (rest.length > 0) read(rest);
  });
  socket.on('error', () => undefined); // `close` follows, and that is what counts.
  socket.on('close', () => listener.closed());
  return {
    socket,
    send: (text) => void socket.write(textFrame(text, true)),
    close: () => void socket.destroy(),
  };
}

function handshake(port: number): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}
