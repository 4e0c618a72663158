import { setTimeout as rest } from 'node:timers/promises';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';
import { openDesk } from './support/changing.ts';
import type { Crowd } from './support/crowd.ts';
import { gatherCrowd } from './support/crowd.ts';
import type { Converged } from './support/crowd-messages.ts';
import { makeLargeHall } from './support/large-hall.ts';
import type { KeyedScreen } from './support/many-screens.ts';
import { addScreens } from './support/many-screens.ts';
import type { Measures, MeasuredServer } from './support/measures.ts';
import { freePort, startMeasured, startMeasuredBoardServer } from './support/measures.ts';
import { within } from './support/moments.ts';

const SCREENS = 5000;
const ROUNDS = 5;
/** By then every screen shows what was published during the storm, or has missed it. */
const DEADLINE_MS = 30_000;
/** What was sent last is taken by then. */
const UNDER_WAY_MS = 500;

// 5,000 screens lose their server. It starts again, and each connects, shows its ticket, asks for its
// state and reports: the server's own CPU from its start until the last report is taken, and how long
// its event loop was held up. Afterwards the console must list each of them as level. In turn with it a bare
// Socket.IO server with the same answers and no reports. In rounds of their own something is published
// while they come back, and those that the console does not list as showing it by a deadline are counted.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(1);
  const screens = await addScreens(hall, SCREENS);
  const sides: Side[] = [];
  try {
    const board = await openSide(screens, true, (port) =>
      startMeasuredBoardServer(hall.folder, port),
    );
    sides.push(board);
    const state = `${board.url}/api/screens/${screens[0]?.screen ?? ''}/state`;
    const bare = await openSide(screens, false, (port) =>
      startMeasured('test/bench/support/state-server.ts', { STATE: state }, port),
    );
    sides.push(bare);
    const quiet: Storm[] = [];
    const stock: Storm[] = [];
    const published: Storm[] = [];
    for (let number = 0; number < ROUNDS; number++) {
      quiet.push(await levelStorm(board));
      // As long without a server, so that as many try in vain and come back as far apart.
      stock.push(await quietStorm(bare, board.awayMs()));
    }
    for (let number = 0; number < ROUNDS; number++)
      published.push(await publishedStorm(board, number));
    tell(report, { quiet, published, bare: stock });
  } finally {
    await Promise.all(sides.map((side) => side.close()));
    await hall.remove();
  }
}

interface Storm {
  /** Microseconds of the server's CPU for each screen, but for what starting alone costs. */
  readonly cpu: number;
  readonly stallMs: number;
  readonly seconds: number;
  /** Connections tried for each screen, those to a server that was not there among them. */
  readonly attempts: number;
  /** Screens that did not show what was published meanwhile by the deadline. */
  readonly missed: number;
}

/** A server, and the screens that lose it and come back to the next at its address. */
interface Side {
  readonly url: string;
  readonly crowd: Crowd;
  /** The server ends, and another takes its place, after `restMs`. */
  restart(restMs: number): Promise<MeasuredServer>;
  /** How long nobody was there the last time. */
  awayMs(): number;
  close(): Promise<void>;
}

async function openSide(
  screens: readonly KeyedScreen[],
  reports: boolean,
  start: (port: number) => Promise<MeasuredServer>,
): Promise<Side> {
  const port = freePort();
  let server = await start(port);
  const crowd = gatherCrowd(port, screens, reports, 'spread');
  await within(300, 'a crowd', crowd.gathered);
  let awayMs = 0;
  return {
    url: server.url,
    crowd,
    async restart(restMs) {
      await server.close();
      const goneAt = performance.now();
      await rest(restMs);
      server = await start(port);
      awayMs = performance.now() - goneAt;
      return server;
    },
    awayMs: () => awayMs,
    async close() {
      crowd.close();
      await server.close();
    },
  };
}

async function quietStorm(side: Side, restMs = 0): Promise<Storm> {
  const server = await side.restart(restMs);
  const before = await server.measure();
  const told = await within(240, 'a storm', side.crowd.converged());
  await rest(UNDER_WAY_MS);
  return stormOf(before, await server.measure(), told, 0);
}

/** Nothing is answered to a report that is taken: the console knows whether it was. */
async function levelStorm(side: Side): Promise<Storm> {
  const storm = await quietStorm(side);
  const missed = await missing(side);
  if (missed > 0) throw new Error(`${missed} screens reported and are not level`);
  return storm;
}

async function missing({ url }: Side): Promise<number> {
  const { manager } = await openDesk(url);
  const { counts } = await manager.call('screens', {});
  // The demonstration's own screens are not there.
  return SCREENS - counts.confirmed;
}

async function publishedStorm(side: Side, number: number): Promise<Storm> {
  const server = await side.restart(0);
  const before = await server.measure();
  const converged = side.crowd.converged();
  const newest = await publishOn(side, number);
  const deadline = rest(DEADLINE_MS, undefined, { ref: false });
  const told = await within(240, 'a storm', converged);
  // Those that asked before the publish hear of it since, and say so.
  await Promise.race([side.crowd.reported(newest), deadline]);
  await rest(UNDER_WAY_MS);
  const after = await server.measure();
  return stormOf(before, after, told, await missing(side));
}

/** A change made as the first of them come back; the version it is out in. */
async function publishOn({ url }: Side, number: number): Promise<number> {
  const desk = await openDesk(url);
  const { approve } = await desk.prepare(id(isRecordId, 'bulk-000000'), 100 + number);
  await approve();
  return desk.version();
}

function stormOf(
  before: Measures,
  after: Measures,
  told: readonly Converged[],
  missed: number,
): Storm {
  return {
    cpu: ((after.cpuMs - before.cpuMs) * 1000) / SCREENS,
    stallMs: after.longestStallMs,
    seconds: Math.max(...told.map(({ lastMs }) => lastMs)) / 1000,
    attempts: told.reduce((sum, { attempts }) => sum + attempts, 0) / SCREENS,
    missed,
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const of = (storms: readonly Storm[], what: keyof Storm): number =>
  round(median(storms.map((storm) => storm[what])));
const most = (storms: readonly Storm[], what: keyof Storm): number =>
  Math.round(Math.max(...storms.map((storm) => storm[what])));

interface Storms {
  readonly quiet: readonly Storm[];
  readonly published: readonly Storm[];
  readonly bare: readonly Storm[];
}

function tell(report: Report, { quiet, published, bare }: Storms): void {
  const cost = of(quiet, 'cpu');
  const least = of(bare, 'cpu');
  report({ metric: 'CPU per screen that is level again', value: cost, unit: 'µs' });
  report({ metric: 'CPU per bare reconnect with the same GET', value: least, unit: 'µs' });
  // A pair of rounds stands side by side: what slows the machine for a minute slows both.
  const ratio = round(median(quiet.map(({ cpu }, at) => cpu / (bare[at]?.cpu ?? NaN))));
  report({ metric: 'ratio to bare', value: ratio, unit: 'x', goal: '<= 1.5', ok: ratio <= 1.5 });
  const busy = of(published, 'cpu');
  report({ metric: 'CPU per screen, a publish and its reports in it', value: busy, unit: 'µs' });
  report({ metric: 'the same, ratio to bare', value: round(busy / least), unit: 'x' });
  const stall = Math.max(of(quiet, 'stallMs'), of(published, 'stallMs'));
  report({
    metric: 'event loop held up, longest, median of rounds',
    value: Math.round(stall),
    unit: 'ms',
    goal: '<= 200',
    ok: stall <= 200,
  });
  report({
    metric: 'the same, most of all rounds',
    value: Math.max(most(quiet, 'stallMs'), most(published, 'stallMs')),
    unit: 'ms',
  });
  report({ metric: 'the same, bare, median', value: Math.round(of(bare, 'stallMs')), unit: 'ms' });
  const missed = most(published, 'missed');
  report({
    metric: `screens without what was published meanwhile, after ${DEADLINE_MS / 1000} s, most`,
    value: missed,
    unit: '',
    goal: '0',
    ok: missed === 0,
  });
  report({ metric: 'all are back after', value: of(quiet, 'seconds'), unit: 's' });
  report({ metric: 'the same, bare', value: of(bare, 'seconds'), unit: 's' });
  report({ metric: 'connections tried for each screen', value: of(quiet, 'attempts'), unit: '' });
  report({ metric: 'the same, bare', value: of(bare, 'attempts'), unit: '' });
}
