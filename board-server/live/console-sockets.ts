import type { IncomingMessage } from 'node:http';
import type { Namespace } from 'socket.io';
import type { ServerToConsole } from '../../shared/protocol/screen.ts';
import type { Announcer } from './announcer.ts';
import { createHints } from './hints.ts';

interface ConsoleDeps {
  readonly authenticate: (request: IncomingMessage) => boolean;
  readonly later: (ms: number, run: () => void) => void;
}

type Consoles = Namespace<Record<string, never>, ServerToConsole>;

/** Namespace `/console`: which list to ask for again, to whoever is signed in at that moment. */
export function consoleAnnouncements(
  consoles: Consoles,
  { authenticate, later }: ConsoleDeps,
): Pick<Announcer, 'changed'> {
  consoles.use((socket, next) => {
    next(authenticate(socket.request) ? undefined : new Error('signed-out'));
  });
  const changed = createHints({
    everyMs: HINTS_EVERY_MS,
    later,
    say(message) {
      for (const socket of consoles.sockets.values()) {
        // [AU4] A session may have ended since the socket opened.
        if (authenticate(socket.request)) socket.emit('changed', message);
        else socket.disconnect();
      }
    },
  });
  return { changed };
}

/** As often as a person could follow. */
const HINTS_EVERY_MS = 500;
