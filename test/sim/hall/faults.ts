import type { Chance } from '../chance.ts';
import type { World } from '../world.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../seconds.ts';
import type { HallProcess } from './process.ts';
import type { People } from './people.ts';

/** What goes wrong at the hall: its server is killed, its clock jumps, its objects are damaged. */
export interface HallFaults {
  begin(): void;
  end(): void;
}

export function createHallFaults(
  world: World,
  chance: Chance,
  process: HallProcess,
  people: People,
  everyMs: number,
): HallFaults {
  const { timeline } = world;
  let cancels: (() => void)[] = [];
  let isWrong = false;
  const later = (ms: number, run: () => Promise<void> | void): void => {
    cancels.push(timeline.at(timeline.now() + ms, run));
  };
  const kinds = [kill, kill, killInWrite, clockJumps, damageObject, wander];

  function next(): void {
    later(chance.wait(everyMs), () => {
      if (process.running() !== undefined && !isWrong) chance.pick(kinds)();
      next();
    });
  }

  function restartAfter(ms: number): void {
    later(ms, () => (process.running() === undefined ? process.start() : undefined));
  }

  function kill(): void {
    world.fault('hall', 'server killed');
    process.kill();
    restartAfter(chance.between(2, 900) * SECOND);
  }

  /** Killed at some call to the disk, most likely in the middle of a commit. */
  function killInWrite(): void {
    world.fault('hall', 'server killed in a write');
    process.kill(1 + chance.below(25));
    if (chance.is(0.7)) people.act();
    later(3 * MINUTE, () => process.kill());
    restartAfter((3 + chance.between(0.1, 10)) * MINUTE);
  }

  /** [TR10] It jumps so far that nothing may be signed until somebody has looked. */
  function clockJumps(): void {
    world.fault('hall', 'server clock jumps');
    const sign = chance.is(0.5) ? 1 : -1;
    process.setClock(sign * Math.floor(chance.pick([0.5 * HOUR, 5 * HOUR, 20 * DAY, 3650 * DAY])));
    isWrong = true;
    later(chance.between(1, 40) * MINUTE, putClockRight);
  }

  function putClockRight(): void {
    process.setClock(0);
    isWrong = false;
    void people.confirmClock();
  }

  /** As a time server leaves it. */
  function wander(): void {
    world.fault('hall', 'server clock wanders');
    process.setClock(Math.floor(chance.between(-80, 80)));
  }

  function damageObject(): void {
    const names = [...process.objects.names()];
    if (names.length === 0) return;
    world.fault('hall', 'server object damaged');
    void process.objects.remove(chance.pick(names));
  }

  return {
    begin: next,
    end() {
      for (const cancel of cancels) cancel();
      cancels = [];
      if (isWrong) putClockRight();
      if (process.running() === undefined) restartAfter(0);
      else process.spare();
    },
  };
}
