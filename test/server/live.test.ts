import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect as connectTcp } from 'node:net';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from '../../kiosk/device/connection.ts';
import { connect as connectScreen } from '../../kiosk/device/connection.ts';
import { createReporter } from '../../kiosk/device/reporter.ts';
import { answering } from '../../board-server/live/answering.ts';
import { attachLive } from '../../board-server/live/live.ts';
import { capQueue } from '../../board-server/live/queue-cap.ts';
import { spreadMs } from '../../board-server/live/spread.ts';
import { createTokenBucket } from '../../board-server/live/token-bucket.ts';
import { present } from '../../shared/kit/assert.ts';
import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import { hello, leased, moved, untaken } from '../../shared/protocol/screen.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { memoryNotebook } from '../../shared/sync/memory.ts';
import type { ReportBody } from '../../shared/sync/reporting.ts';
import { screenKey } from './screen-key.ts';
import { screenListener } from './screen-listener.ts';
import { as, headOf, openServiceHall, published, valueOf } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const SCREEN = id(isScreenId, 'led-door');
const HELLO = { v: PROTOCOL_VERSION, screen: SCREEN };

interface LiveHall {
  readonly hall: ServiceHall;
  readonly url: string;
  readonly port: number;
  readonly signedIn: { value: boolean };
  connect(namespace: string, headers?: Record<string, string>): Socket;
}

/** The services with their sockets on a loopback port of the system's choice. */
async function openLive(): Promise<LiveHall> {
  const hall = await openServiceHall(onTestFinished);
  const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
  valueOf(
    await hall.handlers.putScreen(as(hall, 'manager'), { id: SCREEN, name: '门楣屏', device }),
  );
  const server = createServer();
  const signedIn = { value: true };
  const live = attachLive(server, {
    announcer: hall.announcer,
    screens: hall.screens.port,
    isOwnOrigin: ({ headers }) =>
      headers.origin === undefined || headers.origin === 'http://hall.test',
    authenticate: () => signedIn.value,
    monotonic: () => performance.now(),
    log: (message) => hall.logged.push(message),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.disconnect();
    await live.close();
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    hall,
    url,
    port,
    signedIn,
    connect(namespace, extraHeaders = {}) {
      const socket = io(`${url}${namespace}`, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders,
      });
      sockets.push(socket);
      return socket;
    },
  };
}

const heard = (socket: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => socket.once(event, resolve));

/** Greets and hands the answer on; a server that does not answer fails the test by its time limit. */
const greet = (socket: Socket, message: unknown = HELLO): Promise<unknown> =>
  socket.emitWithAck('hello', message);

describe('screens', () => {
  test('a screen that greets hears of every head once and of its lease each minute, and is known to be there', async () => {
    const { hall, connect } = await openLive();
    const socket = connect('/screens');
    expect(await greet(socket)).toEqual({ ok: true });
    const told: unknown[] = [];
    socket.on('moved', (message: unknown) => told.push(message));
    const hint = heard(socket, 'moved');
    const lease = heard(socket, 'leased');
    const from = headOf(hall).release.digest;
    await published(hall);
    await hint;
    await hall.pass(60_000);
    expect(leased.parse(await lease).lease).toBe(hall.publishing.current()?.lease);
    const { channel, epoch, version, release } = headOf(hall);
    const to = release.digest;
    const { envelope } = present(hall.publishing.current(), 'head').document;
    expect(told.map((message) => moved.parse(message))).toEqual([
      {
        channel,
        epoch,
        version,
        statements: { head: envelope, lease: expect.stringContaining('openhall.lease') },
        added: await hall.deltas.pushed({ from, to, sections: ['board/led-384x64'] }),
        spreadMs: 0,
      },
    ]);
    expect(valueOf(await hall.handlers.screens(as(hall, 'manager'), {})).screens).toMatchObject([
      { connected: true },
    ]);
  });

  test('a screen that has gone is no longer there', async () => {
    const { hall, connect } = await openLive();
    const gone = new Promise<void>((resolve) => {
      const stop = hall.announcer.listen({
        moved: () => undefined,
        leased: () => undefined,
        lineup: () => undefined,
        changed: () => {
          if (screenOf(hall).connected) return;
          stop();
          resolve();
        },
      });
    });
    const socket = connect('/screens');
    await greet(socket);
    expect(screenOf(hall).connected).toBe(true);
    socket.disconnect();
    await gone;
    expect(screenOf(hall).connected).toBe(false);
  });

  test('a screen is told that its lineup changed, and others are not', async () => {
    const { hall, connect } = await openLive();
    const [mine, other] = [connect('/screens'), connect('/screens')];
    await greet(mine);
    const told: string[] = [];
    other.on('lineup', () => told.push('other'));
    const lineup = heard(mine, 'lineup');
    const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
    valueOf(
      await hall.handlers.putScreen(as(hall, 'manager'), { id: SCREEN, name: '新名字', device }),
    );
    await lineup;
    await greet(other, null);
    expect(told).toEqual([]);
  });

  test('[SY1] a hint that a screen cannot read still hints', async () => {
    const { hall, url } = await openLive();
    const told: unknown[] = [];
    const greeted = new Promise<void>((greet) => {
      const listener = screenListener({
        connected: () => greet(),
        moved: (message) => told.push(message),
        lineup: () => told.push('ask'),
      });
      const connection = connectScreen(url, SCREEN, listener);
      onTestFinished(connection.close);
    });
    await greeted;
    const { channel } = headOf(hall);
    const unreadable = { channel, epoch: 1, version: -1, statements: null };
    hall.announcer.moved(unreadable, async () => null);
    await vi.waitFor(() => expect(told).toEqual(['ask']));
  });

  test('[SY9] more screens than can follow at once are brought nothing with the hint', async () => {
    const { hall, connect } = await openLive();
    const sockets = Array.from({ length: 501 }, () => connect('/screens'));
    await Promise.all(sockets.map((socket) => greet(socket)));
    const hints = Promise.all(sockets.map((socket) => heard(socket, 'moved')));
    await published(hall);
    for (const hint of await hints)
      expect(moved.parse(hint)).toMatchObject({ added: null, spreadMs: 251 });
  });

  test('[SY9] a screen that became another one is brought what the other takes', async () => {
    const { hall, connect } = await openLive();
    const socket = connect('/screens');
    await greet(socket);
    const lineup = heard(socket, 'lineup');
    const from = headOf(hall).release.digest;
    const device = { kind: 'board', profile: id(isProfileId, 'led-640x320') } as const;
    valueOf(
      await hall.handlers.putScreen(as(hall, 'manager'), { id: SCREEN, name: '大屏', device }),
    );
    await lineup;
    const hint = heard(socket, 'moved');
    await published(hall);
    const to = headOf(hall).release.digest;
    expect(moved.parse(await hint).added).toEqual(
      await hall.deltas.pushed({ from, to, sections: ['board/led-640x320'] }),
    );
  });
});

describe('bad frames', () => {
  test.each([
    ['null', null],
    ['a number', 7],
    ['a list', [HELLO]],
    ['another version', { ...HELLO, v: PROTOCOL_VERSION + 1 }],
    ['a member too many', { ...HELLO, more: 1 }],
    ['a path for an id', { ...HELLO, screen: '../led-door' }],
    ['a deep object', JSON.parse('{"a":'.repeat(500) + '1' + '}'.repeat(500)) as unknown],
    [
      'a prototype',
      JSON.parse(`{"v":${PROTOCOL_VERSION},"__proto__":{"screen":"led-door"}}`) as unknown,
    ],
  ])('[PR2] %s is answered as malformed, and the socket lives', async (_name, message) => {
    const { connect } = await openLive();
    const socket = connect('/screens');
    expect(await greet(socket, message)).toEqual({ ok: false, refusal: 'malformed' });
    expect(await greet(socket)).toEqual({ ok: true });
  });

  test('[PR2] no acknowledgement, one in the first place, unknown events and binary do no harm', async () => {
    const { connect } = await openLive();
    const socket = connect('/screens');
    socket.emit('hello', HELLO);
    socket.emit('hello', null);
    socket.emit('hello');
    socket.emit('report');
    socket.emit('report', { report: 7 });
    socket.emit('report', new Uint8Array(100));
    socket.emit('nothing of the kind', { a: 1 });
    expect(await socket.emitWithAck('hello')).toEqual({ ok: false, refusal: 'malformed' });
    expect(await greet(socket)).toEqual({ ok: true });
  });

  test('[PR2] of greetings that come together the last one counts, and nobody is there once the connection has ended', async () => {
    const { hall, connect } = await openLive();
    const others = ['led-one', 'led-two'].map((name) => id(isScreenId, name));
    const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
    const manager = as(hall, 'manager');
    for (const other of others)
      valueOf(await hall.handlers.putScreen(manager, { id: other, name: '屏', device }));
    const socket = connect('/screens');
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    const greetings = others.map((screen) => socket.emitWithAck('hello', { ...HELLO, screen }));
    expect(await Promise.all([...greetings, socket.emitWithAck('hello', HELLO)])).toEqual([
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    const there = async () => {
      const { screens } = valueOf(await hall.handlers.screens(manager, {}));
      return screens.filter(({ connected }) => connected).map((screen) => screen.id);
    };
    expect(await there()).toEqual([SCREEN]);
    socket.disconnect();
    await vi.waitFor(async () => expect(await there()).toEqual([]));
  });

  test('[PR2] a handler that throws is answered once, and the fault is told to the log alone', async () => {
    const failures: unknown[] = [];
    const answers: unknown[] = [];
    const handler = answering({
      schema: hello,
      handle: () => Promise.reject(new Error('broken inside')),
      malformed: 'malformed',
      broken: 'busy',
      failed: (error) => failures.push(error),
    });
    await handler(HELLO, (answer: unknown) => answers.push(answer));
    await handler(HELLO);
    expect(answers).toEqual(['busy']);
    expect(failures.map(String)).toEqual(['Error: broken inside', 'Error: broken inside']);
  });

  test('[PR2] a screen nobody added and a report before the greeting are refused', async () => {
    const { connect } = await openLive();
    const socket = connect('/screens');
    expect(await socket.emitWithAck('report', { report: '{}' })).toEqual({
      ok: false,
      refusal: 'unknown-screen',
    });
    expect(await greet(socket, { ...HELLO, screen: 'nobody' })).toEqual({
      ok: false,
      refusal: 'unknown-screen',
    });
    await greet(socket);
    expect(await socket.emitWithAck('report', { report: '{}' })).toEqual({
      ok: false,
      refusal: 'unknown-key',
    });
  });

  test('[PR2] more messages than a screen ever has to send are answered as busy', async () => {
    const { connect } = await openLive();
    const socket = connect('/screens');
    const answers = await Promise.all(Array.from({ length: 40 }, () => greet(socket)));
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => ({ ok: true })));
    expect(answers.at(-1)).toEqual({ ok: false, refusal: 'busy' });
  });

  test('[PR2] a frame over 16 KiB ends its own socket and no other', async () => {
    const { connect } = await openLive();
    const [loud, quiet] = [connect('/screens'), connect('/screens')];
    await greet(quiet);
    await greet(loud);
    const ended = heard(loud, 'disconnect');
    loud.emit('report', { report: 'x'.repeat(17 * 1024) });
    expect(await ended).toBe('transport close');
    expect(await greet(quiet)).toEqual({ ok: true });
  });
});

describe('reports', () => {
  test('[TK2] [TK4] a real screen’s report is taken without a word, brings it a ticket, and the ticket proves the next connection', async () => {
    const { hall, url } = await openLive();
    const key = await pairDoor(hall);
    const notebook = memoryNotebook();
    const told: string[] = [];
    const open = async () => {
      let connection: Connection | undefined;
      const up = new Promise<void>((greet) => {
        const listener = screenListener({
          connected: () => greet(),
          refused: () => told.push('refused'),
          notebook,
        });
        connection = connectScreen(url, SCREEN, listener);
        onTestFinished(connection.close);
      });
      await up;
      return present(connection, 'connection');
    };
    const first = await open();
    const { report } = createReporter({ key, shell: 'first', notebook, send: first.report });
    report(bodyOf(hall));
    await vi.waitFor(() => expect(screenOf(hall).shell).toBe('first'));
    await vi.waitFor(async () => expect(await notebook.read('ticket')).toBeTypeOf('string'));
    first.close();
    const second = await open();
    // Whatever signs, the connection is the screen's own; the signature is looked at afterwards.
    const stranger = { ...screenKey(), keyid: key.keyid };
    const { signed } = createReporter({ key: stranger, shell: 'second', notebook, send: () => {} });
    second.report(await signed(bodyOf(hall)));
    await vi.waitFor(() => expect(screenOf(hall).shell).toBe('second'));
    expect(told).toEqual([]);
    second.report('{');
    await vi.waitFor(() => expect(told).toEqual(['refused']));
  });

  test('[TK6] a screen that connects again hears whether its newest report is here', async () => {
    const { hall, url } = await openLive();
    const key = await pairDoor(hall);
    const notebook = memoryNotebook();
    let connection: Connection | undefined;
    const reporter = createReporter({
      key,
      shell: 'one',
      notebook,
      send: (envelope) => connection?.report(envelope),
    });
    const connectAgain = (): Promise<boolean | undefined> => {
      connection?.close();
      return new Promise((resolve) => {
        const { refused, reported } = reporter;
        const connected = (up: boolean, isKnown?: boolean) => up && resolve(isKnown);
        const listener = screenListener({ connected, refused, reported, notebook });
        connection = connectScreen(url, SCREEN, listener);
        onTestFinished(connection.close);
      });
    };
    expect(await connectAgain()).not.toBe(true);
    reporter.report(bodyOf(hall));
    await vi.waitFor(() => expect(screenOf(hall).shell).toBe('one'));
    await vi.waitFor(async () => expect(await notebook.read('ticket')).toBeTypeOf('string'));
    expect(await connectAgain()).toBe(true);
    connection?.close();
    reporter.runs('two');
    await reporter.retry();
    expect(await connectAgain()).not.toBe(true);
  });

  test('[TK4] a screen of an earlier version, which shows no ticket and asks for answers, is answered', async () => {
    const { hall, connect } = await openLive();
    const key = await pairDoor(hall);
    const socket = connect('/screens');
    await greet(socket);
    const { signed } = createReporter({
      key,
      shell: 'earlier',
      notebook: memoryNotebook(),
      send: () => undefined,
    });
    const report = await signed(bodyOf(hall));
    expect(await socket.emitWithAck('report', { report })).toEqual({ ok: true });
    expect(await socket.emitWithAck('report', { report })).toEqual({ ok: false, refusal: 'stale' });
    const refused = heard(socket, 'refused');
    socket.emit('report', { report });
    expect(untaken.parse(await refused)).toEqual({ refusal: 'stale' });
  });
});

describe('slow readers', () => {
  test('[PR5] a socket that stops reading is dropped, and the others hear everything', async () => {
    const { hall, connect, port } = await openLive();
    const reader = connect('/screens');
    await greet(reader);
    const deaf = connectTcp(port, '127.0.0.1');
    onTestFinished(() => void deaf.destroy());
    await openDeaf(deaf);
    const ended = once(deaf, 'close');
    const lease = 'x'.repeat(60_000);
    const { channel } = headOf(hall);
    let count = 0;
    reader.on('leased', () => (count += 1));
    // The kernel's own buffers take the first megabytes.
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      hall.announcer.leased({ channel, lease });
      await new Promise((resolve) => setImmediate(resolve));
    }
    deaf.resume();
    await ended;
    expect(hall.logged).toContain('a socket that does not read was dropped');
    expect(await greet(reader)).toEqual({ ok: true });
    expect(count).toBe(rounds);
  });

  test('[PR5] what waits is counted from the last batch that was passed on', () => {
    const listeners = new Map<string, (packet: { data?: unknown }) => void>();
    const destroyed: string[] = [];
    capQueue(
      {
        on: (event: string, listener: (packet: { data?: unknown }) => void) =>
          listeners.set(event, listener),
        request: { socket: { destroy: () => destroyed.push('destroyed') } },
      },
      10,
      () => destroyed.push('told'),
    );
    const send = (data: unknown) => listeners.get('packetCreate')?.({ data });
    send('六字');
    send(new Uint8Array(4));
    expect(destroyed).toEqual([]);
    listeners.get('drain')?.({});
    send('1234567890');
    expect(destroyed).toEqual([]);
    send('1');
    expect(destroyed).toEqual(['told', 'destroyed']);
  });
});

describe('who may connect', () => {
  test('[AU3] a page of another origin gets no socket; the hall’s own and a screen’s agent do', async () => {
    const { connect } = await openLive();
    const stranger = connect('/screens', { origin: 'http://elsewhere.test' });
    await heard(stranger, 'connect_error');
    expect(stranger.connected).toBe(false);
    expect(await greet(connect('/screens', { origin: 'http://hall.test' }))).toEqual({ ok: true });
    expect(await greet(connect('/screens'))).toEqual({ ok: true });
  });

  test('[AU4] the console hears what changed while signed in, and nothing after', async () => {
    const { hall, signedIn, connect } = await openLive();
    const socket = connect('/console');
    await heard(socket, 'connect');
    const changed = heard(socket, 'changed');
    hall.announcer.changed({ topic: 'records', id: 'a' });
    expect(await changed).toEqual({ topic: 'records', id: 'a' });
    signedIn.value = false;
    const told: unknown[] = [];
    socket.on('changed', (message: unknown) => told.push(message));
    const ended = heard(socket, 'disconnect');
    hall.announcer.changed({ topic: 'records', id: 'b' });
    await ended;
    expect(told).toEqual([]);
    const late = connect('/console');
    expect(String(await heard(late, 'connect_error'))).toContain('signed-out');
  });

  test('sockets are admitted in a burst and then at a steady rate', () => {
    let now = 0;
    const admit = createTokenBucket({ burst: 3, perSecond: 2, clock: () => now });
    expect([admit(), admit(), admit(), admit()]).toEqual([true, true, true, false]);
    now = 499;
    expect(admit()).toBe(false);
    now = 1000;
    expect([admit(), admit(), admit()]).toEqual([true, true, false]);
  });

  test('[SY8] screens that are many are told to spread their asking', () => {
    expect([1, 500, 501, 4000, 10_000, 1_000_000].map(spreadMs)).toEqual([
      0, 0, 251, 2000, 5000, 10_000,
    ]);
  });
});

/** The screen that `openLive` put there, paired. */
async function pairDoor(hall: ServiceHall) {
  const key = screenKey();
  const manager = as(hall, 'manager');
  valueOf(await hall.handlers.pairScreen(manager, { screen: SCREEN, key: key.publicKey }));
  valueOf(await hall.handlers.approveScreen(manager, { id: SCREEN, fingerprint: key.keyid }));
  return key;
}
const bodyOf = ({ clock }: ServiceHall): ReportBody => ({
  v: 1,
  screen: SCREEN,
  at: clock.now,
  clock: 'confirmed',
  channels: [],
  showing: null,
});

function screenOf(hall: ServiceHall) {
  const [screen] = hall.screens.list(hall.clock.now);
  if (screen === undefined) throw new Error('no screen');
  return screen;
}

/** A WebSocket by hand: upgraded, in namespace and room, and then deaf. */
async function openDeaf(socket: ReturnType<typeof connectTcp>): Promise<void> {
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '\r\n',
    ].join('\r\n'),
  );
  const until = async (words: string) => {
    let text = '';
    while (!text.includes(words)) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      text += chunk.toString('latin1');
    }
  };
  await until('pingTimeout');
  socket.write(maskedText('40/screens,'));
  await until('40/screens');
  socket.write(maskedText(`42/screens,0["hello",${JSON.stringify(HELLO)}]`));
  await until('43/screens,0');
  socket.pause();
}

/** RFC 6455 §5.2: a short text frame of a client, masked with zeros. */
function maskedText(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
