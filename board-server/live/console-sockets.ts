import type { IncomingMessage } from 'node:http';
import type { Namespace } from 'socket.io';
import type { ServerToConsole } from '../../shared/protocol/screen.ts';
import type { Announcer } from './announcer.ts';

interface ConsoleDeps {
  readonly authenticate: (request: IncomingMessage) => boolean;
}

type Consoles = Namespace<Record<string, never>, ServerToConsole>;

/** Namespace `/console`: which list to ask for again, to whoever is signed in at that moment. */
export function consoleAnnouncements(
  consoles: Consoles,
  { authenticate }: ConsoleDeps,
): Pick<Announcer, 'changed'> {
  consoles.use((socket, next) => {
    next(authenticate(socket.request) ? undefined : new Error('signed-out'));
  });
  return {
    changed(message) {
      for (const socket of consoles.sockets.values()) {
        // [AU4] A session may have ended since the socket opened.
        if (authenticate(socket.request)) socket.emit('changed', message);
        else socket.disconnect();
      }
    },
  };
}
