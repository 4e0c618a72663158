import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAdmission } from '../../board-server/live/admission.ts';
import { createTokenBucket } from '../../board-server/live/token-bucket.ts';
import { createWaitingLine } from '../../board-server/live/waiting-line.ts';

/** A line with a clock of its own; `pass` lets its looks come when they are due. */
function openLine({ burst = 2, perSecond = 100, longest = 5 } = {}) {
  let now = 0;
  let due: { readonly at: number; readonly run: () => void }[] = [];
  const line = createWaitingLine({
    admit: createTokenBucket({ burst, perSecond, clock: () => now }),
    longest,
    everyMs: 20,
    later: (ms, run) => void due.push({ at: now + ms, run }),
  });
  const told: string[] = [];
  return {
    line,
    told,
    enter: (name: string) =>
      line.enter((isAdmitted) => void told.push(`${name} ${isAdmitted ? 'in' : 'refused'}`)),
    pending: () => due.length,
    pass(ms: number): void {
      for (const until = now + ms; now < until; now += 10) {
        const ready = due.filter(({ at }) => at <= now);
        due = due.filter(({ at }) => at > now);
        for (const { run } of ready) run();
      }
    },
  };
}

describe('[FL5] the waiting line', () => {
  test('lets a burst in at once, the rest in the order of coming at the steady rate', () => {
    const { enter, told, pass, pending } = openLine();
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    expect(told).toEqual(['a in', 'b in']);
    pass(30);
    expect(told).toEqual(['a in', 'b in', 'c in', 'd in']);
    enter('f');
    pass(100);
    expect(told).toEqual(['a in', 'b in', 'c in', 'd in', 'e in', 'f in']);
    pass(100);
    expect(pending()).toBe(0);
  });

  test('refuses only who comes when it is full, and whoever leaves makes room', () => {
    const { enter, told, pass } = openLine({ burst: 1, longest: 2 });
    enter('a');
    const leave = enter('b');
    enter('c');
    enter('d');
    expect(told).toEqual(['a in', 'd refused']);
    leave();
    enter('e');
    pass(200);
    expect(told).toEqual(['a in', 'd refused', 'c in', 'e in']);
  });

  test('sends everyone away when it closes', () => {
    const { enter, told, line, pass } = openLine({ burst: 1 });
    for (const name of ['a', 'b', 'c']) enter(name);
    line.close();
    enter('d');
    pass(100);
    expect(told).toEqual(['a in', 'b refused', 'c refused', 'd refused']);
  });
});

describe('[FL5] connections that wait', () => {
  /** An upgrade that is held: `admit` decides when there is a turn. */
  async function openHeld() {
    const turns: (() => void)[] = [];
    const told: boolean[] = [];
    let now = 0;
    const admission = createAdmission({
      monotonic: () => now,
      later: (_ms, run) => void turns.push(run),
    });
    const server = createServer();
    server.on('upgrade', (request) => {
      admission.allow(request, (isAdmitted) => {
        told.push(isAdmitted);
        if (told.length > BURST || !isAdmitted) request.socket.destroy();
      });
      server.emit('asked');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sockets: Socket[] = [];
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return {
      told,
      admission,
      /** Time for everybody who waits. */
      pass() {
        now += 60_000;
        for (const turn of turns.splice(0)) turn();
      },
      async ask() {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => undefined);
        const asked = once(server, 'asked');
        socket.write(
          'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        );
        await asked;
        return socket;
      },
    };
  }
  const BURST = 200;

  test('one that breaks off while it waits harms nobody and is not let in', async () => {
    const { ask, told, pass } = await openHeld();
    for (let number = 0; number < BURST; number++) await ask();
    expect(told).toHaveLength(BURST);
    const breaking = await ask();
    const waiting = await ask();
    expect(told).toHaveLength(BURST);
    breaking.resetAndDestroy();
    // The other end's reset is there when the next connection's bytes are.
    await ask();
    const gone = once(waiting, 'close');
    pass();
    await gone;
    expect(told).toHaveLength(BURST + 2);
    expect(told.every((isAdmitted) => isAdmitted)).toBe(true);
  });

  test('those that wait when the server stops are sent away', async () => {
    const { ask, told, admission } = await openHeld();
    for (let number = 0; number < BURST; number++) await ask();
    const waiting = await ask();
    const gone = once(waiting, 'close');
    admission.close();
    await gone;
    expect(told.filter((isAdmitted) => !isAdmitted)).toHaveLength(1);
  });
});
