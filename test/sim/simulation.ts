import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spreadMs } from '../../board-server/live/spread.ts';
import type { Announcer } from '../../board-server/live/announcer.ts';
import { as } from '../server/service-hall.ts';
import type { SyncPorts } from '../../shared/sync/ports.ts';
import type { Box } from './box/box.ts';
import type { Life } from './box/life.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createFleet } from './fleet.ts';
import { createHallFaults } from './hall/faults.ts';
import { layKeys } from './hall/keys.ts';
import { createPeople } from './hall/people.ts';
import type { People } from './hall/people.ts';
import type { HallProcess, RunningHall } from './hall/process.ts';
import { createHallProcess } from './hall/process.ts';
import { hoursOf, isWithin, keepHours } from './hours.ts';
import { createOverheard } from './line/attacker.ts';
import { checkCalm } from './referee/calm.ts';
import type { Broken } from './referee/invariants.ts';
import { createReferee } from './referee/referee.ts';
import type { Referee } from './referee/referee.ts';
import { createTruth } from './referee/truth.ts';
import type { Truth } from './referee/truth.ts';
import { createTally } from './tally.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';
import { DAY, HOUR, MINUTE } from './seconds.ts';
import { createWorld, timeOfDay } from './world.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly screens: number;
  /** A part of a day ends early. */
  readonly days: number;
  /** Minutes between the faults of a box, on average. */
  readonly faultMinutes: number;
  /** Minutes between the deeds of people in office hours, on average. */
  readonly deedMinutes: number;
  /** A seeded bug: what it does to what a page is given. */
  readonly ports?: ((ports: SyncPorts, life: Life) => SyncPorts) | undefined;
  /** Called at the end of each virtual day. */
  readonly progress?: (day: number, outcome: Outcome) => void;
}

export interface Outcome {
  readonly broken: Broken | undefined;
  readonly lastOf: (who: string) => readonly string[];
  readonly events: number;
  /** Newest version out. */
  readonly publishes: number;
  readonly deeds: Tally;
  readonly faults: Tally;
  readonly checks: Tally;
  readonly powerCuts: number;
}

export interface Ended extends Outcome {
  readonly hash: string;
}

/** Runs a county for some days of virtual time; the same seed does the same, event by event. */
export async function simulate(options: SimulationOptions): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'openhall-sim-'));
  try {
    const world = createWorld(options);
    await layKeys(`${folder}/keys`, options.seed);
    const county = await openCounty(world, folder, options);
    schedule(county, options);
    for (let day = 1; day < options.days + 1; day += 1) {
      await world.timeline.runUntil(Math.min(world.startAt + day * DAY, world.endAt));
      options.progress?.(day, county.outcome());
      if (county.referee.broken() !== undefined) break;
    }
    return { ...county.outcome(), hash: world.trace.hash() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface County {
  readonly world: World;
  readonly process: HallProcess;
  readonly truth: Truth;
  readonly referee: Referee;
  readonly people: People;
  readonly boxes: readonly Box[];
  readonly faults: readonly Faults[];
  readonly hallFaults: ReturnType<typeof createHallFaults>;
  outcome(): Outcome;
}

async function openCounty(
  world: World,
  folder: string,
  { screens, faultMinutes, ports }: SimulationOptions,
): Promise<County> {
  const boxes: Box[] = [];
  const faults: Faults[] = [];
  const tell = (say: (box: Box) => void): void => boxes.forEach(say);
  const process = createHallProcess(world, `${folder}/keys`, {
    announced: announcedTo(
      tell,
      () => referee,
      () => process,
    ),
    started(hall) {
      const current = hall.publishing.current();
      if (current !== undefined) referee.out(current.document);
      tell((box) => box.reconnect());
    },
    died: () => tell((box) => box.reconnect()),
  });
  const truth = createTruth(process.objects);
  const referee = createReferee(world, truth, process);
  const deeds = createTally();
  const people = createPeople({
    world,
    chance: world.chance('people'),
    process,
    deeds,
    moved: () => faults.forEach((each) => each.ambush()),
  });
  await process.start();
  await people.furnish();
  const hall = process.running();
  if (hall === undefined) throw new Error('broken assumption: the hall runs');
  const overheard = createOverheard();
  boxes.push(
    ...createFleet(
      {
        world,
        process,
        referee,
        overheard,
        ports,
        root: hall.signer.rootFingerprint as string as Parameters<typeof createFleet>[0]['root'],
        approvedEvery: screens > 50 ? 25 : 5,
        answered(running, { leases }) {
          const current = running.publishing.current();
          if (current === undefined) return 0;
          for (const lease of leases) referee.leased(lease);
          return referee.out(current.document).version;
        },
      },
      screens,
    ),
  );
  for (const box of boxes) await welcome(hall, box, process);
  const hours = boxes.map((box, index) => hoursOf(box, index, world.chance(`hours ${index}`)));
  for (const [index, box] of boxes.entries()) {
    const own = hours[index] ?? { fromMs: 0, untilMs: DAY };
    faults.push(
      createFaults({
        world,
        chance: world.chance(`faults ${index}`),
        box,
        referee,
        overheard,
        everyMs: faultMinutes * MINUTE,
        hasHours: () => isWithin(world, own),
      }),
    );
    keepHours(world, box, own, Math.ceil((world.endAt - world.startAt) / DAY));
  }
  const hallFaults = createHallFaults(
    world,
    world.chance('hall'),
    process,
    people,
    2 * faultMinutes * MINUTE,
  );
  return {
    world,
    process,
    truth,
    referee,
    people,
    boxes,
    faults,
    hallFaults,
    outcome: () => ({
      broken: referee.broken(),
      lastOf: world.trace.lastOf,
      events: world.timeline.events(),
      publishes: truth.newest()?.version ?? 0,
      deeds,
      faults: world.faults,
      checks: referee.checks,
      powerCuts: 0,
    }),
  };
}

function announcedTo(
  tell: (say: (box: Box) => void) => void,
  refereeOf: () => Referee,
  processOf: () => HallProcess,
): Announcer {
  return {
    moved(head, addedFor) {
      const current = processOf().running()?.publishing.current();
      if (current !== undefined) refereeOf().out(current.document);
      if (head.statements !== null) refereeOf().leased(head.statements.lease);
      let listeners = 0;
      tell((box) => {
        if (box.isOn()) listeners += 1;
      });
      const message = { ...head, spreadMs: spreadMs(listeners) };
      tell(
        (box) =>
          void addedFor(box.watched.sections).then((added) => box.moved({ ...message, added })),
      );
    },
    leased(message) {
      refereeOf().leased(message.lease);
      tell((box) => box.leased(message));
    },
    lineup: (screen) =>
      tell((box) => {
        if (box.screen === screen) box.lineup();
      }),
    changed: () => undefined,
  };
}

/** The hall says what a screen is; somebody approves its key. */
async function welcome(hall: RunningHall, box: Box, process: HallProcess): Promise<void> {
  const by = as({ clock: { now: process.clock(), monotonic: 0 } }, 'administrator');
  const { screen, device, key } = box;
  const put = await hall.handlers.putScreen(by, { id: screen, name: screen, device });
  if (!put.ok) throw new Error(`putScreen: ${put.refusal}`);
  if (key === undefined) return;
  const asked = await hall.handlers.pairScreen(by, { screen, key: key.publicKey });
  if (!asked.ok) throw new Error(`pairScreen: ${asked.refusal}`);
  const approved = await hall.handlers.approveScreen(by, { id: screen, fingerprint: key.keyid });
  if (!approved.ok) throw new Error(`approveScreen: ${approved.refusal}`);
}

/** Faults rest at noon and in the last hour; after a while of that everything must be well. */
const NOON_MS = 12 * HOUR + 20 * MINUTE;
const SETTLES_MS = 25 * MINUTE;
const REST_MS = 40 * MINUTE;

function schedule(county: County, { days, deedMinutes }: SimulationOptions): void {
  const { world, boxes, people } = county;
  const { timeline, startAt, endAt } = world;
  const begin = (): void => {
    county.faults.forEach((each) => each.begin());
    county.hallFaults.begin();
  };
  const rest = (): void => {
    county.hallFaults.end();
    county.faults.forEach((each) => each.end());
    // Nobody publishes while all rests: what is to begin must begin by time alone.
    timeline.at(timeline.now() + MINUTE, () => people.announce(10 * MINUTE));
  };
  begin();
  for (let day = 0; day < days; day += 1) {
    const noonAt = startAt + day * DAY + NOON_MS;
    timeline.at(noonAt, rest);
    timeline.at(noonAt + SETTLES_MS, () => calm(county));
    timeline.at(noonAt + REST_MS, begin);
  }
  const lastAt = endAt - HOUR;
  timeline.at(lastAt, () => {
    rest();
    boxes.forEach((box) => box.switchOn());
  });
  timeline.at(lastAt + SETTLES_MS, () => {
    calm(county);
    people.act();
  });
  timeline.at(endAt - MINUTE, () => calm(county));
  deeds(county, deedMinutes * MINUTE);
}

function calm({ referee, truth, process, people, boxes, world }: County): void {
  checkCalm(referee, truth, process.running(), people, boxes, world.timeline.now());
}

/** People act in office hours. */
function deeds({ world, people }: County, everyMs: number): void {
  const chance = world.chance('deeds');
  const next = (): void => {
    world.timeline.at(world.timeline.now() + chance.wait(everyMs), () => {
      const t = timeOfDay(world, world.timeline.now());
      const isNoon = t >= NOON_MS && t < NOON_MS + SETTLES_MS;
      if (t >= 7 * HOUR && t < 20 * HOUR && !isNoon) people.act();
      next();
    });
  };
  next();
}
