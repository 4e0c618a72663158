import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';
import type { Desk } from './support/changing.ts';
import { openDesk } from './support/changing.ts';
import type { Crowd } from './support/crowd.ts';
import { gatherCrowd } from './support/crowd.ts';
import type { Converged } from './support/crowd-messages.ts';
import { makeLargeHall } from './support/large-hall.ts';
import type { KeyedScreen } from './support/many-screens.ts';
import { addScreens } from './support/many-screens.ts';
import type { MeasuredServer } from './support/measures.ts';
import { freePort, startMeasured, startMeasuredBoardServer } from './support/measures.ts';
import { within } from './support/moments.ts';

const SCREENS = 5000;
const ROUNDS = 5;

// 5,000 screens lose their server. It starts again, publishes while they come back, and each connects,
// greets, asks for its state and reports: the server's own CPU from its start until the last is level,
// and how long its event loop was held up. Beside it a bare Socket.IO server with the same answers.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(1);
  const screens = await addScreens(hall, SCREENS);
  try {
    const product = await stormsOn(screens, true, (port) =>
      startMeasuredBoardServer(hall.folder, port),
    );
    const bare = await stormsOn(screens, false, (port) =>
      startMeasured('test/bench/support/state-server.ts', { DATA_DIR: hall.folder }, port),
    );
    tell(report, product, bare);
  } finally {
    await hall.remove();
  }
}

interface Storm {
  /** Microseconds of the server's CPU for each screen, but for what starting alone costs. */
  readonly cpu: number;
  readonly stallMs: number;
  readonly seconds: number;
  /** Connections tried for each screen. */
  readonly attempts: number;
}

type Start = (port: number) => Promise<MeasuredServer>;

async function stormsOn(
  screens: readonly KeyedScreen[],
  reports: boolean,
  start: Start,
): Promise<readonly Storm[]> {
  const port = freePort();
  let server = await start(port);
  const crowd = gatherCrowd(port, screens, reports);
  try {
    await within(300, 'a crowd', crowd.gathered);
    const storms: Storm[] = [];
    for (let number = 0; number < ROUNDS; number++) {
      await server.close();
      server = await start(port);
      storms.push(await stormOn(server, crowd, reports, number));
    }
    return storms;
  } finally {
    crowd.close();
    await server.close();
  }
}

async function stormOn(
  server: MeasuredServer,
  crowd: Crowd,
  publishes: boolean,
  number: number,
): Promise<Storm> {
  const converged = crowd.converged();
  const desk = publishes ? await openDesk(server.url) : undefined;
  const before = await server.measure();
  const newest = desk === undefined ? 0 : await publishBy(desk, number);
  const told: readonly Converged[] = await within(240, 'a storm', converged);
  // Those that asked before the publish have heard of it since, and say so.
  if (publishes)
    await within(60, 'every screen to show the newest version', crowd.reported(newest));
  const after = await server.measure();
  return {
    cpu: ((after.cpuMs - before.cpuMs) * 1000) / SCREENS,
    stallMs: after.longestStallMs,
    seconds: Math.max(...told.map(({ lastMs }) => lastMs)) / 1000,
    attempts: told.reduce((sum, { attempts }) => sum + attempts, 0) / SCREENS,
  };
}

/** A change made as the first of them come back; the version it is out in. */
async function publishBy(desk: Desk, number: number): Promise<number> {
  const { approve } = await desk.prepare(id(isRecordId, 'bulk-000000'), 100 + number);
  await approve();
  return desk.version();
}

const round = (value: number): number => Math.round(value * 100) / 100;

function tell(report: Report, product: readonly Storm[], bare: readonly Storm[]): void {
  const of = (storms: readonly Storm[], what: keyof Storm) =>
    median(storms.map((storm) => storm[what]));
  const cost = round(of(product, 'cpu'));
  const least = round(of(bare, 'cpu'));
  report({ metric: 'CPU per screen that is level again', value: cost, unit: 'µs' });
  report({ metric: 'CPU per bare reconnect with the same GET', value: least, unit: 'µs' });
  report({
    metric: 'ratio to bare',
    value: round(cost / least),
    unit: 'x',
    goal: '<= 1.5',
    ok: cost / least <= 1.5,
  });
  const stall = Math.round(of(product, 'stallMs'));
  report({
    metric: 'event loop held up, longest',
    value: stall,
    unit: 'ms',
    goal: '<= 200',
    ok: stall <= 200,
  });
  report({ metric: 'the same, bare', value: Math.round(of(bare, 'stallMs')), unit: 'ms' });
  // A screen that missed the version published meanwhile would have ended the bench.
  report({ metric: 'versions missed', value: 0, unit: '', goal: '0', ok: true });
  report({ metric: 'all are back after', value: round(of(product, 'seconds')), unit: 's' });
  report({ metric: 'the same, bare', value: round(of(bare, 'seconds')), unit: 's' });
  report({
    metric: 'connections tried for each screen',
    value: round(of(product, 'attempts')),
    unit: '',
  });
}
