import type { Socket } from 'node:net';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly isBrotli: boolean;
  readonly body: Buffer;
}

/**
 * GETs over connections that stay open, six at most as in a browser; undefined when the server is
 * gone. Node's own client would cost two hundred screens in one process more than all they verify.
 */
export function createGetter(base: string): (path: string) => Promise<Answer | undefined> {
  const { hostname, port, host } = new URL(base);
  const idle: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];
  let open = 0;

  const connection = async (): Promise<Connection> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (open === CONNECTIONS) return new Promise((resolve) => waiting.push(resolve));
    open += 1;
    return openConnection(Number(port), hostname, () => (open -= 1));
  };

  const release = (used: Connection): void => {
    if (used.isClosed()) return;
    const next = waiting.shift();
    if (next === undefined) idle.push(used);
    else next(used);
  };

  return async (path) => {
    let used = await connection();
    // The server ends connections that idled for long.
    while (used.isClosed()) used = await connection();
    const answer = await used.ask(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`,
    );
    release(used);
    return answer;
  };
}

const CONNECTIONS = 6;

interface Connection {
  isClosed(): boolean;
  /** One question at a time. */
  ask(request: string): Promise<Answer | undefined>;
}

function openConnection(port: number, host: string, closed: () => void): Connection {
  const socket: Socket = connect({ port, host, noDelay: true });
  let settle: (answer: Answer | undefined) => void = () => undefined;
  let received = Buffer.alloc(0);
  socket.on('data', (part) => {
    received = received.length === 0 ? part : Buffer.concat([received, part]);
    const answer = answerIn(received);
    if (answer === undefined) return;
    received = Buffer.alloc(0);
    settle(answer);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed();
    settle(undefined);
  });
  return {
    isClosed: () => socket.destroyed,
    ask: (request) =>
      new Promise((resolve) => {
        settle = resolve;
        socket.write(request, 'latin1');
      }),
  };
}

/** The whole answer, once all of it is there: this server always says how long it is. */
function answerIn(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.latin1Slice(0, headEnd).toLowerCase();
  const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? Number.NaN);
  const body = bytes.subarray(headEnd + 4);
  if (body.length < length) return undefined;
  if (body.length !== length) throw new Error('broken assumption: an answer of its own length');
  return {
    status: Number(head.slice(9, 12)),
    isBrotli: /\r\ncontent-encoding: br/.test(head),
    body,
  };
}
