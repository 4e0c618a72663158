import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type {
  Ack,
  Leased,
  Moved,
  ScreenToServer,
  ServerToScreen,
} from '../../shared/protocol/screen.ts';
import { ack, leased, moved } from '../../shared/protocol/screen.ts';
import { RECONNECTING } from '../../shared/sync/reconnecting.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

/** The socket of a screen: it brings hints and leases, and takes signed reports. */
export interface Connection {
  /** Sends a signed report; `unreachable` when nobody answered. */
  report(envelope: string): Promise<Ack | 'unreachable'>;
  close(): void;
}

export interface ConnectionListener {
  connected(up: boolean): void;
  moved(message: Moved): void;
  leased(message: Leased): void;
  /** The screen's lineup or pairing changed. */
  lineup(): void;
}

const ANSWER_MS = 5000;
/** After a refused greeting: the server is busy or does not know this screen yet. */
const GREET_AGAIN_MS = 10_000;

export type Connect = (base: string, screen: ScreenId, listener: ConnectionListener) => Connection;

export const connect: Connect = (base, screen, listener) => {
  const socket: Socket<ServerToScreen, ScreenToServer> = io(`${base}/screens`, {
    transports: ['websocket'],
    reconnectionDelay: RECONNECTING.firstMs,
    reconnectionDelayMax: RECONNECTING.longestMs,
    randomizationFactor: RECONNECTING.jitter,
    forceNew: true,
  });
  let again: ReturnType<typeof setTimeout> | undefined;

  async function greet(): Promise<void> {
    const greeting = { v: PROTOCOL_VERSION, screen } as const;
    const answer = await answered(() => socket.timeout(ANSWER_MS).emitWithAck('hello', greeting));
    if (!socket.connected) return;
    if (answer !== 'unreachable' && answer.ok) listener.connected(true);
    else again = setTimeout(() => void greet(), GREET_AGAIN_MS);
  }

  socket.on('connect', () => void greet());
  socket.on('disconnect', () => {
    clearTimeout(again);
    listener.connected(false);
  });
  // What the network brings is parsed like any other outside data. [SY1] A hint that cannot be read
  // still hints: the screen asks.
  socket.on('moved', (message: unknown) => {
    const hint = moved.safeParse(message);
    if (hint.success) listener.moved(hint.data);
    else listener.lineup();
  });
  socket.on('leased', (message: unknown) => {
    const lease = leased.safeParse(message);
    if (lease.success) listener.leased(lease.data);
  });
  socket.on('lineup', () => listener.lineup());

  return {
    report: (envelope) =>
      answered(() => socket.timeout(ANSWER_MS).emitWithAck('report', { report: envelope })),
    close() {
      clearTimeout(again);
      socket.disconnect();
    },
  };
};

async function answered(send: () => Promise<unknown>): Promise<Ack | 'unreachable'> {
  try {
    return ack.safeParse(await send()).data ?? 'unreachable';
  } catch (error) {
    if (error instanceof Error) return 'unreachable'; // No answer in time, or the line went.
    throw error;
  }
}
