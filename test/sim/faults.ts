import type { Box } from './box/box.ts';
import { wrongBy } from './box/clocks.ts';
import type { Chance } from './chance.ts';
import { createAttacker, flippedBytes } from './line/attacker.ts';
import type { Overheard, Trick } from './line/attacker.ts';
import type { Weather } from './line/weather.ts';
import { FAIR, LOSSY } from './line/weather.ts';
import type { Referee } from './referee/referee.ts';
import type { World } from './world.ts';
import { HOUR, MINUTE, SECOND } from './seconds.ts';

/** What goes wrong with one box, and how it is put right again. */
export interface Faults {
  /** From now on something goes wrong every few hours. */
  begin(): void;
  /** All of it ends: the line is fair, the disk has room, and the box is on if it should be. */
  end(): void;
  /** Something was just published: the moment at which faults hurt most. */
  ambush(): void;
}

/** What is published is on the glass within about so long: the hint, one answer, a few writes. */
const FLIP_MS = 500;

export interface FaultParts {
  readonly world: World;
  readonly chance: Chance;
  readonly box: Box;
  readonly referee: Referee;
  readonly overheard: Overheard;
  /** On average. */
  readonly everyMs: number;
  /** Whether the box should be on now. */
  readonly hasHours: () => boolean;
}

/** What a box is likelier to meet within this of something published. */
const AMBUSH_MS = 12 * MINUTE;

export function createFaults(parts: FaultParts): Faults {
  const { world, chance, box } = parts;
  const { timeline } = world;
  const act = createActs(parts);
  let isOn = false;
  let cancels: (() => void)[] = [];

  const later = (ms: number, run: () => void): void => {
    cancels.push(timeline.at(timeline.now() + ms, run));
  };

  const KINDS: readonly (readonly [string, number, () => void])[] = [
    ['power cut', 4, () => act.reboot(later, chance.between(0.1, 10) * MINUTE)],
    ['power cut in a write', 4, () => act.cutInWrite(later)],
    ['line down', 2, () => act.down(later, chance.between(1, 150) * MINUTE)],
    ['lossy line', 3, () => act.weather(later, LOSSY, chance.between(5, 120) * MINUTE)],
    ['attacker on the line', 3, () => act.attacked(later, chance.between(5, 60) * MINUTE)],
    ['statements without objects', 2, () => act.halfHeard(later)],
    ['dark hours', 3, () => act.darkHours(later)],
    ['wall clock jumps', 2, () => act.clockJumps()],
    ['damaged object', 2, () => act.damageObject()],
    ['damaged objects in the dark', 2, () => act.damagedInTheDark(later)],
    ['lost object', 1, () => act.loseObject()],
    ['disk full', 1, () => act.diskFull(later, chance.between(5, 50) * MINUTE)],
    ['store wiped', 1, () => act.wipe(later)],
    ['second notebook lost', 1, () => act.loseSecond(later)],
  ];
  const AMBUSHES: readonly (readonly [string, number, () => void])[] = [
    ['power cut in a write', 3, () => act.cutInWrite(later)],
    ['statements without objects', 3, () => act.halfHeard(later)],
    ['store wiped under attack', 3, () => act.wipedUnderAttack(later)],
    ['disk full', 2, () => act.diskFull(later, chance.between(5, 50) * MINUTE)],
    ['line down', 2, () => act.down(later, chance.between(1, 60) * MINUTE)],
  ];

  function strike(kinds: typeof KINDS): void {
    const [kind, , run] = weighed(chance, kinds);
    if (!box.isOn()) return;
    world.fault(box.screen, kind);
    run();
  }

  function next(): void {
    later(chance.wait(parts.everyMs), () => {
      strike(KINDS);
      next();
    });
  }

  return {
    begin() {
      isOn = true;
      next();
    },
    end() {
      isOn = false;
      for (const cancel of cancels) cancel();
      cancels = [];
      act.putRight();
    },
    ambush() {
      if (isOn && chance.is(AMBUSH_MS / parts.everyMs))
        later(chance.between(0, FLIP_MS), () => strike(AMBUSHES));
    },
  };
}

type Later = (ms: number, run: () => void) => void;

function createActs({ world, chance, box, referee, overheard, hasHours }: FaultParts) {
  const { disk, wall, watched, line } = box;

  const become = (weather: Readonly<Weather>): void => {
    Object.assign(line.weather, weather);
    world.note(box.screen, `line: ${nameOf(weather)}`);
    box.reconnect();
  };
  const boot = (): void => {
    if (hasHours()) box.switchOn();
  };
  const reboot = (later: Later, offMs: number): void => {
    box.cutPower();
    later(offMs, boot);
  };
  const weather = (later: Later, kind: Readonly<Weather>, ms: number): void => {
    become(kind);
    later(ms, () => become(FAIR));
  };
  const down = (later: Later, ms: number): void => weather(later, { ...FAIR, isUp: false }, ms);
  const attacker = (tricks?: readonly Trick[]): Weather => ({
    ...FAIR,
    attacker: createAttacker(chance, overheard, tricks),
  });
  const loseFirst = (): void => {
    disk.objects.clear();
    disk.notes[0].clear();
    referee.lost(watched, 0);
  };
  const someObject = () => {
    const names = [...disk.objects.keys()];
    return names.length === 0 ? undefined : chance.pick(names);
  };

  return {
    reboot,
    weather,
    down,
    cutInWrite(later: Later) {
      disk.writesLeft = 1 + chance.below(8);
      later(chance.between(2, 6) * MINUTE, boot);
    },
    attacked: (later: Later, ms: number) => weather(later, attacker(), ms),
    /** It hears what is new, cannot fetch it, and starts again without a line. */
    halfHeard(later: Later) {
      become({ ...FAIR, hasObjects: false });
      const cutMs = chance.between(1, 3) * MINUTE;
      later(cutMs, () => {
        become({ ...FAIR, isUp: false });
        reboot(later, chance.between(5, 60) * SECOND);
      });
      later(cutMs + chance.between(5, 40) * MINUTE, () => become(FAIR));
    },
    /** Hours without a line, with power cuts, and a clock that may be wrong after them. */
    darkHours(later: Later) {
      const ms = chance.between(1, 7) * HOUR;
      down(later, ms);
      for (let cut = 1 + chance.below(2); cut > 0; cut -= 1) {
        later(chance.between(0, 0.9) * ms, () => {
          if (chance.is(0.6)) wall.jump(wrongBy(chance));
          if (chance.is(0.2)) wall.batteryDies();
          reboot(later, chance.between(5, 600) * SECOND);
        });
      }
    },
    clockJumps() {
      if (chance.is(0.3)) wall.batteryReplaced();
      wall.jump(chance.is(0.3) ? 0 : wrongBy(chance));
    },
    damageObject() {
      const name = someObject();
      const bytes = name === undefined ? undefined : disk.objects.get(name);
      if (name === undefined || bytes === undefined) return;
      referee.hurt(watched);
      disk.objects.set(name, flippedBytes(bytes, chance));
    },
    /** It finds the damage when it starts, and has no line to mend it. */
    damagedInTheDark(later: Later) {
      for (let n = 0; n < 4; n += 1) this.damageObject();
      down(later, chance.between(5, 60) * MINUTE);
      reboot(later, chance.between(5, 60) * SECOND);
    },
    loseObject() {
      const name = someObject();
      if (name === undefined) return;
      referee.hurt(watched);
      disk.objects.delete(name);
    },
    diskFull(later: Later, ms: number) {
      let size = 0;
      for (const bytes of disk.objects.values()) size += bytes.length;
      disk.capacity = chance.is(0.3) ? 0 : size + chance.below(2000);
      later(ms, () => {
        disk.capacity = Infinity;
      });
    },
    wipe(later: Later) {
      box.cutPower();
      loseFirst();
      later(chance.between(5, 120) * SECOND, boot);
    },
    loseSecond(later: Later) {
      box.cutPower();
      disk.notes[1].clear();
      referee.lost(watched, 1);
      later(chance.between(5, 120) * SECOND, boot);
    },
    /** A new disk, and somebody who answers with what was true before. */
    wipedUnderAttack(later: Later) {
      later(chance.between(5, 60) * SECOND, () => {
        box.cutPower();
        loseFirst();
        become(attacker(['older', 'older', 'oldest', 'mixed']));
        later(chance.between(5, 30) * SECOND, boot);
        later(chance.between(3, 10) * MINUTE, () => become(FAIR));
      });
    },
    putRight() {
      disk.capacity = Infinity;
      disk.writesLeft = Infinity;
      become(FAIR);
      boot();
    },
  };
}

function nameOf(weather: Readonly<Weather>): string {
  if (!weather.isUp) return 'down';
  if (weather.attacker !== undefined) return 'attacked';
  if (!weather.hasObjects) return 'without objects';
  return weather.loss > FAIR.loss ? 'lossy' : 'fair';
}

function weighed<Kind extends readonly [string, number, ...unknown[]]>(
  chance: Chance,
  kinds: readonly Kind[],
): Kind {
  const total = kinds.reduce((sum, [, weight]) => sum + weight, 0);
  let left = chance.between(0, total);
  for (const kind of kinds) {
    left -= kind[1];
    if (left < 0) return kind;
  }
  return chance.pick(kinds);
}
