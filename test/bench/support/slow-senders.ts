// A process of senders that begin a request and let a byte of it follow each second, for ever.
import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';

export interface SlowOrder {
  readonly port: number;
  readonly senders: number;
}

export type SlowNews =
  /** All have begun. */
  | { readonly kind: 'begun' }
  /** The last was let go, so many milliseconds after the last had begun. */
  | { readonly kind: 'freed'; readonly afterMs: number };

const DRIP_MS = 1000;

// They stand for other machines, and take no processor from the server and those who ask it.
setPriority(constants.priority.PRIORITY_LOW);
process.once('disconnect', () => process.exit(0));
process.once('message', ({ port, senders }: SlowOrder) => {
  let begun = 0;
  let freed = 0;
  let begunAt = 0;
  for (let number = 0; number < senders; number++) {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
      const drip = setInterval(() => socket.write('x'), DRIP_MS);
      socket.on('close', () => clearInterval(drip));
      begun += 1;
      if (begun < senders) return;
      begunAt = performance.now();
      say({ kind: 'begun' });
    });
    socket.on('error', () => undefined); // `close` follows, and that is what counts.
    socket.on('data', () => undefined);
    socket.on('close', () => {
      freed += 1;
      if (freed === senders) say({ kind: 'freed', afterMs: performance.now() - begunAt });
    });
  }
});

const say = (news: SlowNews): void => void process.send?.(news);
