import { expect, test } from 'vitest';
import {
  decodePacket,
  encodePacket,
  hasBinary,
  reconstructPacket,
} from '../../kiosk/device/text-only-sockets.ts';

function encoded(packet: Parameters<typeof encodePacket>[0]): string {
  let text = '';
  encodePacket(packet, true, (value) => {
    text = value;
  });
  return text;
}

test.each([
  ['0{"sid":"x"}', { type: 'open', data: '{"sid":"x"}' }],
  ['1', { type: 'close' }],
  ['2', { type: 'ping' }],
  ['3probe', { type: 'pong', data: 'probe' }],
  ['40/screens,', { type: 'message', data: '0/screens,' }],
  ['5', { type: 'upgrade' }],
  ['6', { type: 'noop' }],
] as const)('a packet of text is read and written as the protocol has it: %s', (text, packet) => {
  expect(decodePacket(text)).toEqual(packet);
  expect(encoded(packet)).toBe(text);
});

test('[PR2] bytes, base64 and unknown packets end the socket, not the screen', () => {
  for (const wrong of [new ArrayBuffer(4), 'bAAAA', '9', '', 'x', null, 7]) {
    expect(decodePacket(wrong)).toEqual({ type: 'error', data: 'parser error' });
  }
  expect(hasBinary()).toBe(false);
  expect(reconstructPacket).toThrow('text');
});
