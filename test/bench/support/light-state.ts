import { connect } from 'node:net';
import { parseJson } from '../../../shared/kit/json.ts';
import { head } from '../../../shared/protocol/statements.ts';
import { screenState } from '../../../shared/protocol/screen.ts';
import { parseEnvelope, payloadJson } from '../../../shared/trust/envelope.ts';
import type { Moved } from './light-screen.ts';

/** GETs a screen's state over a connection of its own; undefined when that failed. */
export async function fetchState(port: number, screen: string): Promise<Moved | undefined> {
  const text = await get(port, `/api/screens/${screen}/state`);
  const body = text?.startsWith('HTTP/1.1 200') ? text.slice(text.indexOf('\r\n\r\n') + 4) : '';
  const envelope = screenState.safeParse(parseJson(body)).data?.channels[0]?.head;
  if (envelope === undefined) return undefined;
  const opened = parseEnvelope(envelope);
  return opened.ok ? head.safeParse(payloadJson(opened.value.payload)).data : undefined;
}

/** The answer whole, headers included. */
function get(port: number, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('connect', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(Buffer.concat(parts).toString()));
  });
}
