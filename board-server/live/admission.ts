import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createTokenBucket } from './token-bucket.ts';
import { createWaitingLine } from './waiting-line.ts';

/** Engine.IO's way of asking whether a connection may come in. */
export interface Admission {
  allow(request: IncomingMessage, decide: (isAdmitted: boolean) => void): void;
  close(): void;
}

/**
 * [FL5] A fleet that comes back is let in as fast as the event loop has room beside its other work.
 * A connection that waits costs nothing but its socket; one that was refused would be made again,
 * and that costs as much as letting it in.
 */
export function createAdmission({
  monotonic,
  later,
}: {
  readonly monotonic: () => number;
  readonly later: (ms: number, run: () => void) => void;
}): Admission {
  const line = createWaitingLine({
    admit: createTokenBucket({ burst: BURST, perSecond: PER_SECOND, clock: monotonic }),
    longest: PER_SECOND * WAIT_SECONDS,
    everyMs: EVERY_MS,
    later,
  });
  return {
    allow({ socket }, decide) {
      // Nobody else listens to a socket between HTTP and WebSocket, and an unheard error ends Node.
      socket.on('error', ignore);
      const gone = (): void => leave();
      socket.once('close', gone);
      const leave = line.enter((isAdmitted) => {
        socket.off('close', gone);
        if (isAdmitted) writeTogether(socket);
        decide(isAdmitted);
        socket.off('error', ignore);
      });
    },
    close: line.close,
  };
}

/** The handshake's answer and the first packet, both written in this turn, go out as one. */
function writeTogether(socket: Socket): void {
  socket.cork();
  setImmediate(() => socket.uncork());
}

/**
 * A connection takes a server of today half a millisecond, with all that follows: half of a core while a
 * fleet comes back. Slower is dearer: a server that rests between two of them finds its caches cold.
 */
const PER_SECOND = 1000;
const BURST = 200;
/** Twenty connections at a time, so that other work is held up for ten milliseconds or so. */
const EVERY_MS = 20;
/** Browsers give up after 20 seconds. */
const WAIT_SECONDS = 10;

/** `close` follows. */
const ignore = (): void => undefined;
