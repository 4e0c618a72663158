import { setTimeout as rest } from 'node:timers/promises';
import { ENGINE } from '../../board-server/launch/run.mjs';
import { CHANNEL } from '../../board-server/services/publication.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';
import type { Crowd } from './support/crowd.ts';
import { gatherCrowd } from './support/crowd.ts';
import type { Acknowledged, Counted, FanoutOrder } from './support/fanout-messages.ts';
import { makeLargeHall } from './support/large-hall.ts';
import type { KeyedScreen } from './support/many-screens.ts';
import { addScreens } from './support/many-screens.ts';
import type { Measures, MeasuredServer } from './support/measures.ts';
import { heard, startMeasured } from './support/measures.ts';
import { within } from './support/moments.ts';

const SCREENS = 5000;
const ROUNDS = 9;
/** What was sent last is taken by then. */
const UNDER_WAY_MS = 300;
/** By then the store has the reports, which are written within ten seconds. */
const KEPT_MS = 13_000;

// One message to 5,000 screens and a signed report back from each, by the server's own CPU: the
// product until it knows what each shows, and until it has written that down; a stock Socket.IO server
// with acknowledgements and with the same messages, the same that also checks signatures, and
// hand-written frames. All run side by side; a round asks each in turn. Every screen has proved itself
// before, with a ticket or a first report. After each round the product must know what every screen shows.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(0);
  const screens = await addScreens(hall, SCREENS);
  const servers = await Promise.all([
    startMeasured(
      'test/bench/support/fanout-server.ts',
      { DATA_DIR: hall.folder },
      undefined,
      ENGINE,
    ),
    startMeasured('test/bench/support/stock-server.ts'),
    startMeasured('test/bench/support/stock-server.ts'),
    startMeasured('test/bench/support/frame-server.ts'),
  ]);
  const sides: Side[] = [];
  try {
    for (const server of servers) sides.push(await gatherOn(server, screens));
    const [product, stock, checking, frames] = sides;
    if (product === undefined || stock === undefined) throw new Error('no servers');
    if (checking === undefined || frames === undefined) throw new Error('no servers');
    const keys = Object.fromEntries(screens.map((one) => [one.fingerprint, one.publicKey]));
    tellOrder(checking, { kind: 'keys', keys });
    tellOrder(checking, { kind: 'check' });
    const rounds: Costs[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const costs = {
        ...(await costsOfProduct(product)),
        acknowledged: (await costsOf(stock, 'acknowledged')).taken,
        same: (await costsOf(stock, 'event')).taken,
        checked: (await costsOf(checking, 'event')).taken,
        frames: (await costsOf(frames, 'event')).taken,
      };
      if (round > 0) rounds.push(costs); // The first warms up.
    }
    tell(report, rounds);
  } finally {
    sides.forEach(({ crowd }) => crowd.close());
    await Promise.all(servers.map((server) => server.close()));
    await hall.remove();
  }
}

interface Side {
  readonly server: MeasuredServer;
  readonly crowd: Crowd;
}

/** Microseconds of the server's CPU for each recipient. */
interface Costs {
  readonly product: number;
  /** The same until it knows what every screen shows, before it writes it down. */
  readonly taken: number;
  readonly acknowledged: number;
  readonly same: number;
  readonly checked: number;
  readonly frames: number;
}

async function gatherOn(server: MeasuredServer, screens: readonly KeyedScreen[]): Promise<Side> {
  const crowd = gatherCrowd(Number(new URL(server.url).port), screens, true);
  await within(300, 'a crowd', crowd.gathered);
  return { server, crowd };
}

const tellOrder = ({ server }: Side, order: FanoutOrder): void => void server.child.send(order);

let version = 1000;

interface RoundCosts {
  readonly taken: number;
  /** With what is put off, such as keeping reports. */
  readonly all: number;
}

async function costsOf(
  side: Side,
  way: 'event' | 'acknowledged',
  putOffMs = 0,
): Promise<RoundCosts> {
  const { server, crowd } = side;
  version += 1;
  const moved = { channel: CHANNEL, epoch: 1, version };
  const before = await server.measure({ collect: true });
  const done =
    way === 'event'
      ? crowd.reported(version)
      : heard<Acknowledged>(server.child, 'acknowledged').then(() => undefined);
  tellOrder(side, { kind: 'fan-out', moved, way });
  await within(120, 'a round', done);
  await rest(UNDER_WAY_MS);
  const taken = await server.measure();
  await rest(putOffMs);
  const after = await server.measure();
  const costUntil = ({ cpuMs }: Measures): number => ((cpuMs - before.cpuMs) * 1000) / SCREENS;
  return { taken: costUntil(taken), all: costUntil(after) };
}

async function costsOfProduct(side: Side): Promise<Pick<Costs, 'product' | 'taken'>> {
  const { all, taken } = await costsOf(side, 'event', KEPT_MS);
  const counted = heard<Counted>(side.server.child, 'counted');
  tellOrder(side, { kind: 'count', version });
  const { screens } = await counted;
  if (screens !== SCREENS) throw new Error(`${screens} of ${SCREENS} reports were taken`);
  return { product: all, taken };
}

function tell(report: Report, rounds: readonly Costs[]): void {
  const of = (what: keyof Costs) =>
    Math.round(median(rounds.map((costs) => costs[what])) * 10) / 10;
  const ratio = (to: keyof Costs, what: 'product' | 'taken' = 'taken') =>
    Math.round(median(rounds.map((costs) => costs[what] / costs[to])) * 100) / 100;
  const cost = (metric: string, what: keyof Costs) =>
    report({ metric: `CPU per recipient, ${metric}`, value: of(what), unit: 'µs' });
  cost('product, reports in the store', 'product');
  cost('product, reports taken', 'taken');
  cost('stock room emit with acknowledgements', 'acknowledged');
  cost('stock with the same messages', 'same');
  cost('stock with the same messages, signatures checked', 'checked');
  cost('prebuilt frames', 'frames');
  const value = ratio('acknowledged');
  report({
    metric: 'ratio to stock room emit with acknowledgements',
    value,
    unit: 'x',
    goal: '<= 1.1',
    ok: value <= 1.1,
  });
  report({
    metric: 'the same with writing reports down, which stock does not',
    value: ratio('acknowledged', 'product'),
    unit: 'x',
  });
  report({
    metric: 'ratio to stock with the same messages',
    value: ratio('same'),
    unit: 'x',
  });
  report({
    metric: 'ratio to stock, signatures checked there',
    value: ratio('checked'),
    unit: 'x',
  });
  report({ metric: 'ratio to prebuilt frames', value: ratio('frames'), unit: 'x' });
}
