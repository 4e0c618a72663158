import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type {
  Leased,
  Moved,
  ScreenToServer,
  ServerToScreen,
} from '../../shared/protocol/screen.ts';
import { leased, moved, taken, ticketed } from '../../shared/protocol/screen.ts';
import type { Notebook } from '../../shared/sync/ports.ts';
import { RECONNECTING } from '../../shared/sync/reconnecting.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

/** The socket of a screen: it brings hints and leases, and takes signed reports. */
export interface Connection {
  /** [TK4] Sends a signed report, if anybody is there; who connects again is told anew. */
  report(envelope: string): void;
  close(): void;
}

export interface ConnectionListener {
  /** [TK6] `isKnown` when the server has what `reported` says. */
  connected(up: boolean, isKnown?: boolean): void;
  moved(message: Moved): void;
  leased(message: Leased): void;
  /** The screen's lineup or pairing changed. */
  readonly lineup: () => void;
  /** A report was not taken. */
  readonly refused: () => void;
  /** [TK6] Number of the newest report, unless there is something newer to tell. */
  readonly reported: () => number | undefined;
  /** [TK2] Where the server's ticket is kept. */
  readonly notebook: Notebook;
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
    const ticket = await listener.notebook.read('ticket');
    const reported = listener.reported();
    const greeting = { v: PROTOCOL_VERSION, screen, ticket, reported } as const;
    const hello = socket.timeout(ANSWER_MS).emitWithAck('hello', greeting);
    const { data: answer } = taken.safeParse(await hello.catch(unanswered));
    if (!socket.connected) return;
    // Something newer may have been sent meanwhile, before anybody listened.
    if (answer) listener.connected(true, answer.known && listener.reported() === reported);
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
  socket.on('lineup', listener.lineup);
  socket.on('refused', listener.refused);
  socket.on('ticket', (message: unknown) => {
    const given = ticketed.safeParse(message);
    if (given.success) void listener.notebook.write('ticket', given.data.ticket);
  });

  return {
    report(envelope) {
      // Kept by the client for the next connection, it would come before the greeting.
      if (socket.connected) socket.emit('report', { report: envelope });
    },
    close() {
      clearTimeout(again);
      socket.disconnect();
    },
  };
};

/** No answer in time, or the line went. */
const unanswered = (): undefined => undefined;
