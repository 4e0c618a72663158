import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { createAdmission } from './admission.ts';
import type { Announcer, createAnnouncer } from './announcer.ts';
import { consoleAnnouncements } from './console-sockets.ts';
import { capQueue, QUEUED_BYTES_MAX } from './queue-cap.ts';
import { screenAnnouncements } from './screen-sockets.ts';
import type { ScreenPort } from './screen-sockets.ts';
import { sendWhole } from './whole-frames.ts';

/** Where both kinds of sockets are. */
export const SOCKET_PATH = '/socket.io/';

/** Puts the sockets of screens and consoles on the HTTP server. They carry hints, never content. */
export function attachLive(server: HttpServer, deps: LiveDeps): Live {
  const { heartbeat = HEARTBEAT } = deps;
  const admission = createAdmission({ ...deps, later });
  const io = new Server(server, {
    path: SOCKET_PATH,
    // What goes elsewhere is refused by the door: the engine would close half of it, after a second.
    destroyUpgrade: false,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: FRAME_BYTES_MAX,
    pingInterval: heartbeat.everyMs,
    pingTimeout: heartbeat.patienceMs,
    // [AU3] A browser says where its page came from; a screen's own agent has no page.
    allowRequest(request, decide) {
      if (!deps.isOwnOrigin(request)) return decide(null, false);
      admission.allow(request, (isAdmitted) => decide(null, isAdmitted));
    },
  });
  io.engine.on('connection', (connection) => {
    sendWhole(connection);
    capQueue(connection, QUEUED_BYTES_MAX, () =>
      deps.log('a socket that does not read was dropped'),
    );
  });

  const listener: Announcer = {
    ...screenAnnouncements(io.of('/screens'), deps),
    ...consoleAnnouncements(io.of('/console'), { ...deps, later }),
  };
  const stop = deps.announcer.listen(listener);

  return {
    async close() {
      stop();
      admission.close();
      await io.close();
    },
  };
}

export interface LiveDeps {
  readonly announcer: ReturnType<typeof createAnnouncer>;
  readonly screens: ScreenPort;
  /** Whether the request names no origin, or this server's own. */
  readonly isOwnOrigin: (request: IncomingMessage) => boolean;
  /** Whether the request's cookie is a session that may listen now. Asked anew before each message. */
  readonly authenticate: (request: IncomingMessage) => boolean;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly log: (message: string, error?: unknown) => void;
  /** Both ends keep to it: a client is told when it connects. */
  readonly heartbeat?: Heartbeat;
}

export interface Heartbeat {
  /** Between two signs of life. */
  readonly everyMs: number;
  /** How long one is waited for. */
  readonly patienceMs: number;
}

/** [FL6] A line that brings nothing is noticed after both together, and both are less than 30 seconds. */
export const HEARTBEAT: Heartbeat = { everyMs: 15_000, patienceMs: 10_000 };

export interface Live {
  /** Ends every socket and the HTTP server they are on. */
  close(): Promise<void>;
}

const later = (ms: number, run: () => void): void => void setTimeout(run, ms).unref();

/** The largest message is a signed report of a few kilobytes. */
const FRAME_BYTES_MAX = 16 * 1024;
