/**
 * Packets of the kiosk's sockets, which carry text only: the build puts these in the place of what
 * socket.io-parser and engine.io-parser do with bytes. A server that sends some is hung up on.
 *
 * Source: Engine.IO protocol, version 4, https://socket.io/docs/v4/engine-io-protocol/
 */

const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;

interface Packet {
  readonly type: (typeof TYPES)[number] | 'error';
  readonly data?: string;
}

export function encodePacket(
  { type, data = '' }: Packet,
  _supportsBinary: boolean,
  callback: (encoded: string) => void,
): void {
  callback(TYPES.findIndex((name) => name === type) + data);
}

export function decodePacket(encoded: unknown): Packet {
  const type = typeof encoded === 'string' ? TYPES[Number(encoded.charAt(0) || NaN)] : undefined;
  if (typeof encoded !== 'string' || type === undefined)
    return { type: 'error', data: 'parser error' };
  return encoded.length > 1 ? { type, data: encoded.slice(1) } : { type };
}

export const isBinary = (): boolean => false;
export const hasBinary = (): boolean => false;

function refuse(): never {
  throw new Error('sockets of screens carry text');
}

export { refuse as deconstructPacket, refuse as encodePacketToBinary, refuse as reconstructPacket };
