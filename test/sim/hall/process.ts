import type { Alarm } from '../../../board-server/services/alarm.ts';
import type { HallServices } from '../../../board-server/services/hall-services.ts';
import { openHallServices } from '../../../board-server/services/hall-services.ts';
import { createHall } from '../../../board-server/services/hall.ts';
import { SYSTEM } from '../../../board-server/services/audit.ts';
import { openJournalStore } from '../../../board-server/store/journal-store.ts';
import type { Announcer } from '../../../board-server/live/announcer.ts';
import type { Store } from '../../../board-server/store/store.ts';
import { seeded } from '../../server/hall.ts';
import { createMemoryDisk } from '../../store/memory-disk.ts';
import { survivor } from '../../store/open-journal.ts';
import { MINUTE } from '../seconds.ts';
import type { World } from '../world.ts';
import type { HallObjects } from './objects.ts';
import { createHallObjects } from './objects.ts';
import type { Life } from './mortal.ts';
import { mortal } from './mortal.ts';

/** The hall's server as a process that starts and is killed, over a disk that stays. */
export interface HallProcess {
  readonly objects: HallObjects;
  /** Undefined while it is down. */
  running(): RunningHall | undefined;
  /** The server's own clock. */
  clock(): number;
  /** Its clock is set to run so far from true time. */
  setClock(offsetMs: number): void;
  start(): Promise<void>;
  /** kill -9, after so many more calls to the disk or at once. */
  kill(afterCalls?: number): void;
  /** It is not killed after all. */
  spare(): void;
}

export interface RunningHall extends HallServices {
  readonly store: Store;
  isAlive(): boolean;
}

export interface HallListener {
  readonly announced: Announcer;
  started(hall: RunningHall): void;
  died(): void;
}

export function createHallProcess(
  world: World,
  keyFolder: string,
  listener: HallListener,
): HallProcess {
  const { timeline } = world;
  const disk = createMemoryDisk();
  const objects = createHallObjects();
  let offsetMs = 0;
  let starts = 0;
  let life: Life | undefined;
  let running: RunningHall | undefined;
  const clock = (): number => Math.floor(timeline.now()) + offsetMs;

  async function start(): Promise<void> {
    starts += 1;
    const cancels = new Set<() => void>();
    const mine: Life = {
      isAlive: true,
      callsLeft: Infinity,
      die() {
        if (!mine.isAlive) return;
        mine.isAlive = false;
        [life, running] = [undefined, undefined];
        for (const cancel of cancels) cancel();
        world.note('hall', 'killed');
        listener.died();
      },
    };
    life = mine;
    const store = await openJournalStore({
      folder: '/data',
      fileSystem: mortal(disk, mine),
      processes: survivor,
      clock,
      checkpointBytes: 64 << 10,
    });
    if (!store.ok) throw new Error(`the store did not open: ${store.refusal}`);
    const startedAt = timeline.now();
    const services = await openHallServices({
      store: store.value,
      objects,
      keyFolder,
      clock,
      monotonic: () => timeline.now() - startedAt,
      alarm: createVirtualAlarm(world, clock, cancels),
      random: seeded(`${world.seed} ${starts}`),
      log: (message) => world.note('hall', message),
      pairingsPerMinute: 100_000,
    });
    if (starts === 1) await createHall(store.value, services.collections, HALL, SYSTEM);
    const hall = { ...services, store: store.value, isAlive: () => mine.isAlive };
    cancels.add(services.announcer.listen(listener.announced));
    running = hall;
    world.note('hall', 'started');
    // What is out is told as the server opens, before it publishes what came due meanwhile.
    listener.started(hall);
    void services.publishing.start();
  }

  return {
    objects,
    running: () => running,
    clock,
    setClock: (offset) => {
      offsetMs = offset;
    },
    start,
    kill(afterCalls = 0) {
      if (life === undefined) return;
      life.callsLeft = afterCalls;
      if (afterCalls === 0) life.die();
    },
    spare() {
      if (life !== undefined) life.callsLeft = Infinity;
    },
  };
}

const nothingToCancel = (): void => undefined;

/** As the real one: a wall clock may be set, so a long wait looks again each minute. */
function createVirtualAlarm(
  { timeline }: World,
  clock: () => number,
  cancels: Set<() => void>,
): Alarm {
  function after(ms: number, run: () => void): () => void {
    const cancelTurn = timeline.at(timeline.now() + ms, () => {
      cancels.delete(cancel);
      run();
    });
    const cancel = (): void => {
      cancels.delete(cancel);
      cancelTurn();
    };
    cancels.add(cancel);
    return cancel;
  }
  return {
    after,
    at(at, run) {
      if (at === Infinity) return () => undefined;
      let cancel = nothingToCancel;
      const look = (): void => {
        if (at <= clock()) run();
        else wait();
      };
      const wait = (): void => {
        cancel = after(Math.min(Math.max(0, at - clock()), MINUTE), look);
      };
      wait();
      return () => cancel();
    },
  };
}

const HALL = {
  card: {
    name: '安澜县政务服务中心',
    county: '安澜县',
    desk: '一楼总服务台',
    phone: '0312-0000000',
    hours: [{ fromMinute: 510, untilMinute: 1050 }],
    demo: false,
  },
  departments: ['供水公司', '民政局'],
  zone: 'Asia/Shanghai',
};
