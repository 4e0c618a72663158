import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import { createBox } from './box/box.ts';
import type { Box, BoxParts } from './box/box.ts';
import { createWallClock, driftOf } from './box/clocks.ts';
import { createDisk } from './box/disk.ts';
import { createVerify } from './box/verify.ts';
import { screenKey } from './hall/keys.ts';
import type { HallProcess } from './hall/process.ts';
import { createLine } from './line/line.ts';
import type { LineParts } from './line/line.ts';
import { FAIR } from './line/weather.ts';
import type { Referee } from './referee/referee.ts';
import type { Watched } from './referee/watched.ts';
import type { World } from './world.ts';

const touch: Device = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 32,
  bottomMm: 700,
};
const board = (profile: string): Device => ({ kind: 'board', profile: id(isProfileId, profile) });

/** What a county's halls have, over and over. */
const DEVICES = [
  touch,
  board('led-384x64'),
  touch,
  board('led-640x320'),
  touch,
  touch,
  touch,
  board('tv-1920x1080'),
  touch,
  touch,
];

export interface FleetParts
  extends Pick<LineParts, 'process' | 'overheard' | 'answered'>, Pick<BoxParts, 'ports'> {
  readonly world: World;
  readonly process: HallProcess;
  readonly referee: Referee;
  readonly root: Sha256;
  /** Every so many boxes one is approved, and its reports count. */
  readonly approvedEvery: number;
}

/** The boxes of a county. */
export function createFleet(parts: FleetParts, count: number): readonly Box[] {
  const verify = createVerify();
  return Array.from({ length: count }, (_, index) => {
    const screen = id(isScreenId, `screen-${String(index).padStart(3, '0')}`);
    const chance = parts.world.chance(screen);
    const device = DEVICES[index % DEVICES.length] ?? touch;
    const drift = driftOf(chance);
    const watched = createWatched(screen, device);
    const line = createLine({
      ...parts,
      screen,
      chance: parts.world.chance(`${screen} line`),
      weather: { ...FAIR },
      asked: () => parts.referee.asked(watched),
    });
    const isApproved = index % parts.approvedEvery === 1;
    return createBox({
      ...parts,
      verify,
      chance,
      screen,
      device,
      drift,
      line,
      watched,
      disk: createDisk(),
      wall: createWallClock(parts.world, drift),
      key: isApproved ? screenKey(parts.world.seed, screen) : undefined,
    });
  });
}

function createWatched(screen: Watched['screen'], device: Device): Watched {
  const isBoard = device.kind === 'board';
  return {
    screen,
    sections: isBoard ? [`board/${device.profile}`] : ['touch', 'search'],
    profile: isBoard ? device.profile : undefined,
    marks: [0, 0],
    pointers: { accepted: 0, current: 0 },
    shown: 0,
    hurt: 'no',
    ended: new Set(),
    latestAt: 0,
    life: undefined,
  };
}
