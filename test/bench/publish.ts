import { setTimeout as rest } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { boardProfiles } from '../../shared/domain/profile.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { id, isRecordId, isScreenId, isSha256, isSlotId } from '../../shared/kit/ids.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { Report } from './report.ts';
import { median, percentile } from './report.ts';
import type { BoardPage } from './support/board-page.ts';
import { openBoardPage } from './support/board-page.ts';
import { openBrowser } from './support/browser.ts';
import type { Desk } from './support/changing.ts';
import { openDesk } from './support/changing.ts';
import type { Fleet } from './support/fleet.ts';
import { startFleet } from './support/fleet.ts';
import type { LargeHall } from './support/large-hall.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { moment, within } from './support/moments.ts';
import type { Running } from './support/processes.ts';
import { startBareServer, startBoardServer } from './support/processes.ts';
import { approveKey, pair, screensFor } from './support/screens.ts';

const RECORDS = 10_000;
const TOUCH_SCREENS = 20;
const BOARDS = 180;
const FLEET_PROCESSES = 2;
const WARM_UP = 10;
const PUBLISHES = 100;
/** A screen reads back all it holds a minute after it started, which is no part of a publish. */
const SETTLED_MS = 65_000;
/** What a publish leaves to do (reports, timers) is over by then. */
const REST_MS = 400;

// From the approval being sent until the last of 200 screens shows the new version and a board in a
// browser has it on the glass; between publishes the same clients get a bare echo and as many bytes.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  const [server, bare] = await Promise.all([startBoardServer(hall.folder), startBareServer()]);
  const browser = await openBrowser();
  try {
    const setting = await furnish(hall, server, bare, browser);
    await rest(SETTLED_MS);
    for (let round = 0; round < WARM_UP; round++) await measure(setting, round);
    const rounds: Round[] = [];
    for (let round = 0; round < PUBLISHES; round++)
      rounds.push(await measure(setting, WARM_UP + round));
    setting.fleet.close();
    setting.socket.close();
    tell(report, rounds);
  } finally {
    await browser.close();
    await Promise.all([server.close(), bare.close()]);
    await hall.remove();
  }
}

function tell(report: Report, rounds: readonly Round[]): void {
  const of = (what: keyof Round) => rounds.map((each) => each[what]);
  const p95 = (what: keyof Round) => percentile(of(what), 0.95);
  report({
    ...figure('last of 200 screens flipped, p95', p95('lastFlip')),
    goal: '<= 250',
    ok: p95('lastFlip') <= 250,
  });
  report(figure('last of 200 screens flipped, median', median(of('lastFlip'))));
  report(figure('first of 200 screens flipped, median', median(of('firstFlip'))));
  report({
    ...figure('board in Chromium painted, p95', p95('painted')),
    goal: '<= 500',
    ok: p95('painted') <= 500,
  });
  report(figure('board in Chromium painted, median', median(of('painted'))));
  report(figure('bare echo and the same bytes, p95', p95('bare')));
  report(figure('bare echo and the same bytes, median', median(of('bare'))));
  report(
    figure(
      'ratio to the bare echo',
      median(rounds.map(({ lastFlip, bare }) => lastFlip / bare)),
      'x',
    ),
  );
}

const figure = (metric: string, value: number, unit = 'ms') => ({
  metric,
  value: Math.round(value * 10) / 10,
  unit,
});

interface Round {
  readonly firstFlip: number;
  readonly lastFlip: number;
  readonly painted: number;
  readonly bare: number;
}

interface Setting {
  readonly desk: Desk;
  readonly fleet: Fleet;
  readonly page: BoardPage;
  readonly echo: (round: number) => void;
  readonly socket: Socket;
}

/** The record that changes is the only one on boards while this lasts, so that they show it at once. */
const RECORD = id(isRecordId, 'bulk-004177');

async function measure(setting: Setting, round: number): Promise<Round> {
  const { desk, fleet, page, echo } = setting;
  const { approve, showing } = await desk.prepare(RECORD, RECORDS + 1 + round);
  const version = (await desk.version()) + 1;
  const flipped = fleet.flipped(version);
  const painted = page.painted(version, showing);
  await fleet.collect(round);
  await rest(REST_MS);
  const began = moment();
  const [flips, paintedAt] = await within(
    30,
    'a publish',
    Promise.all([flipped, painted, approve()]),
  );
  await rest(REST_MS);
  const echoed = fleet.echoed(round);
  const echoBegan = moment();
  echo(round);
  const echoes = await within(30, 'an echo', echoed);
  return {
    firstFlip: Math.min(...flips) - began,
    lastFlip: Math.max(...flips) - began,
    painted: paintedAt - began,
    bare: Math.max(...echoes) - echoBegan,
  };
}

/** Everything running and level: screens, their keys approved, a page, and the record on boards. */
async function furnish(
  { folder, rootFingerprint }: LargeHall,
  server: Running,
  bare: Running,
  browser: Browser,
): Promise<Setting> {
  const desk = await openDesk(server.url);
  const { manager } = desk;
  const screens = screensFor(TOUCH_SCREENS, BOARDS, Object.keys(boardProfiles));
  for (const screen of screens) await manager.call('putScreen', screen);
  const { approve, showing } = await desk.prepare(RECORD, RECORDS, {
    carriers: ['touch', 'board'],
  });
  await approve();
  await manager.call('putSlot', {
    id: id(isSlotId, 'measured'),
    record: RECORD,
    class: 'dated',
    window: { kind: 'during', from: Date.now(), until: Date.now() + 86_400_000 },
    order: 0,
  });
  const version = await desk.version();
  const keys: (readonly [ScreenId, PublicKey])[] = [];
  const root = id(isSha256, rootFingerprint);
  const order = { board: server.url, bare: bare.url, root, dataFolder: folder };
  const names = screens.map(({ id: name }) => name);
  const fleet = startFleet({ ...order, screens: names }, FLEET_PROCESSES, (...key) =>
    keys.push(key),
  );
  await within(240, 'screens that show what is out', fleet.flipped(version));
  for (const [index, [screen, key]] of keys.entries()) {
    await pair(manager, screen, key, `10.0.0.${index + 1}`);
  }
  const page = await openBoardPage(browser, `${server.url}/board/?screen=led-hall&root=${root}`);
  await approveKey(manager, id(isScreenId, 'led-hall'));
  await within(60, 'a painted page', page.painted(version, showing));
  const socket = io(bare.url, { transports: ['websocket'] });
  return { desk, fleet, page, echo: (round) => socket.emit('echo', round), socket };
}
