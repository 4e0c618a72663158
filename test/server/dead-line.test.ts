import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectTcp, createServer as createTcp } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { capConnections } from '../../board-server/connection-cap.ts';
import { attachLive, HEARTBEAT } from '../../board-server/live/live.ts';
import { connect } from '../../kiosk/device/connection.ts';
import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import { RECONNECTING, waitBeforeTry } from '../../shared/sync/reconnecting.ts';
import { as, openServiceHall, valueOf } from './service-hall.ts';
import { screenListener } from './screen-listener.ts';

const SCREEN = id(isScreenId, 'led-door');

/** A line between screen and server that can go dead: open on both sides, and nothing passes. */
async function openLine(port: number) {
  const sockets: Socket[] = [];
  const state = { isDead: false };
  const proxy = createTcp((near) => {
    const far = connectTcp(port, '127.0.0.1');
    sockets.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (!state.isDead) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        if (!state.isDead) to.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    die: () => {
      state.isDead = true;
    },
    mend: () => {
      state.isDead = false;
    },
  };
}

describe('a push channel that is dead and does not say so', () => {
  test('[FL6] both ends notice, the screen is counted as silent, and it comes back by itself', async () => {
    const hall = await openServiceHall(onTestFinished);
    const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
    const screen = { id: SCREEN, name: '门楣屏', device };
    valueOf(await hall.handlers.putScreen(as(hall, 'manager'), screen));
    const server = createServer();
    const live = attachLive(server, {
      announcer: hall.announcer,
      screens: hall.screens.port,
      isOwnOrigin: () => true,
      authenticate: () => true,
      monotonic: () => performance.now(),
      log: (message) => hall.logged.push(message),
      heartbeat: { everyMs: 300, patienceMs: 200 },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => live.close());
    const line = await openLine((server.address() as AddressInfo).port);

    const news = createNews();
    const onServer = () => hall.screens.counts(hall.clock.now).silent;
    const stop = hall.announcer.listen({
      moved: () => undefined,
      leased: () => undefined,
      lineup: () => undefined,
      changed: () => news.add(`server: ${onServer() === 0 ? 'there' : 'silent'}`),
    });
    const connection = connect(
      line.url,
      SCREEN,
      screenListener({ connected: (up) => news.add(`screen: ${up ? 'connected' : 'lost'}`) }),
    );
    onTestFinished(() => {
      stop();
      connection.close();
    });
    await news.has('screen: connected');
    await news.has('server: there');
    line.die();
    await news.has('screen: lost');
    await news.has('server: silent');
    news.forget();
    line.mend();
    await news.has('screen: connected');
    await news.has('server: there');
  }, 30_000);

  test('[FL6] the time after which it is noticed is less than 30 seconds', () => {
    expect(HEARTBEAT.everyMs + HEARTBEAT.patienceMs).toBeLessThan(30_000);
  });
});

describe('coming back', () => {
  test('[FL5] waits double up to a limit, and a fleet lost at one moment spreads over all of it', () => {
    const { firstMs, longestMs, jitter } = RECONNECTING;
    const earliest = [0, 1, 2, 3, 4, 5, 60].map((tries) => waitBeforeTry(tries, () => 0));
    expect(earliest).toEqual([500, 1000, 2000, 4000, 5000, 5000, 5000]);
    const middle = [0, 1, 2, 3, 4].map((tries) => waitBeforeTry(tries, () => 0.5));
    expect(middle).toEqual([firstMs, 2 * firstMs, 4 * firstMs, 8 * firstMs, longestMs]);
    expect(waitBeforeTry(9, () => 0.999_999)).toBeCloseTo(longestMs * (1 + jitter), 0);
  });
});

describe('connections of one address', () => {
  test('[PR8] one more than the bound is closed, another address is not, and room comes back', async () => {
    const connectFrom = await openCapped([]);
    const first = await connectFrom('127.0.0.2');
    const second = await connectFrom('127.0.0.2');
    await isClosed(await connectFrom('127.0.0.2'));
    const other = await connectFrom('127.0.0.3');
    expect([first, second, other].map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  });

  test('[PR8] loopback and proxies stand for many machines', async () => {
    const connectFrom = await openCapped(['127.0.0.4']);
    for (const address of ['127.0.0.1', '127.0.0.4']) {
      const sockets = [];
      for (let number = 0; number < 5; number++) sockets.push(await connectFrom(address));
      expect(sockets.some(({ destroyed }) => destroyed)).toBe(false);
    }
  });
});

async function openCapped(proxies: readonly string[]) {
  const server = createTcp();
  const taken: Socket[] = [];
  capConnections(server, proxies, 2);
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    if (!socket.destroyed) taken.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of [...sockets, ...taken]) socket.destroy();
    server.close();
  });
  return async (localAddress: string): Promise<Socket> => {
    const socket = connectTcp({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    sockets.push(socket);
    const accepted = once(server, 'connection');
    await once(socket, 'connect');
    await accepted;
    return socket;
  };
}
const isClosed = async (socket: Socket): Promise<void> => {
  if (!socket.closed) await once(socket.resume(), 'close');
};

/** What happened, in order, and a way to wait for something of it. */
function createNews() {
  let told: string[] = [];
  let waiting: { readonly what: string; readonly resolve: () => void }[] = [];
  return {
    add(what: string) {
      told.push(what);
      for (const each of waiting) if (each.what === what) each.resolve();
      waiting = waiting.filter((each) => each.what !== what);
    },
    has: (what: string): Promise<void> =>
      new Promise((resolve) => {
        if (told.includes(what)) resolve();
        else waiting.push({ what, resolve });
      }),
    forget: () => {
      told = [];
    },
  };
}
