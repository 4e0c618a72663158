import { id, isRecordId } from '../../shared/kit/ids.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Report } from './report.ts';
import { openDesk } from './support/changing.ts';
import { makeLargeHall } from './support/large-hall.ts';
import type { LightSocket } from './support/light-socket.ts';
import { openLightSocket } from './support/light-socket.ts';
import { addScreens } from './support/many-screens.ts';
import type { MeasuredServer } from './support/measures.ts';
import { startMeasuredBoardServer } from './support/measures.ts';
import { within } from './support/moments.ts';

const CLIENTS = 1000;
const PUBLISHES = 100;
const WARM_UP = 30;
const LOOK_EVERY = 5;
const GOAL_MB = 64;

// 1,000 clients connect, greet, and read nothing any more while 100 changes are published: by how much
// the server grows, its whole resident memory, at its largest; beside it as many publishes alone.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(1);
  const screens = await addScreens(hall, CLIENTS);
  const server = await startMeasuredBoardServer(hall.folder);
  const sockets: LightSocket[] = [];
  try {
    const publish = await publisher(server.url);
    await publish(WARM_UP);
    const alone = await growth(server, publish);
    const port = Number(new URL(server.url).port);
    for (const { screen } of screens) sockets.push(await openDeaf(port, screen));
    const deaf = await growth(server, publish);
    report({ metric: 'growth by 100 publishes, no client', value: alone, unit: 'MB' });
    report({
      metric: 'growth by 100 publishes, 1,000 clients that never read',
      value: deaf,
      unit: 'MB',
      goal: `<= ${GOAL_MB}`,
      ok: deaf <= GOAL_MB,
    });
  } finally {
    sockets.forEach((socket) => socket.close());
    await server.close();
    await hall.remove();
  }
}

async function publisher(base: string): Promise<(times: number) => Promise<void>> {
  const desk = await openDesk(base);
  let number = 1;
  return async (times) => {
    for (let time = 0; time < times; time++) {
      const { approve } = await desk.prepare(id(isRecordId, 'bulk-000000'), (number += 1));
      await approve();
    }
  };
}

/** By how many megabytes the process is larger, at the most. */
async function growth(
  server: MeasuredServer,
  publish: (times: number) => Promise<void>,
): Promise<number> {
  const { rss } = await server.measure();
  let most = 0;
  for (let done = 0; done < PUBLISHES; done += LOOK_EVERY) {
    await publish(LOOK_EVERY);
    most = Math.max(most, (await server.measure()).rss - rss);
  }
  return Math.round(most / 1e5) / 10;
}

/** A client that greets as a screen does, hears that it is taken in, and reads nothing after. */
function openDeaf(port: number, screen: string): Promise<LightSocket> {
  const taken = new Promise<LightSocket>((resolve) => {
    const light = openLightSocket(port, {
      closed: () => undefined,
      text(message) {
        if (message.startsWith('0')) return light.send('40/screens,');
        const hello = JSON.stringify(['hello', { v: PROTOCOL_VERSION, screen }]);
        if (message.startsWith('40')) return light.send(`42/screens,0${hello}`);
        light.socket.pause();
        resolve(light);
      },
    });
  });
  return within(30, 'a client taken in', taken);
}
