import type { Reporter } from '../../../kiosk/device/reporter.ts';
import { createReporter } from '../../../kiosk/device/reporter.ts';
import { digest } from '../../../board-server/trust/digest.ts';
import type { ScreenId, Sha256 } from '../../../shared/kit/ids.ts';
import type { Device } from '../../../shared/protocol/statements.ts';
import type { Leased, Moved } from '../../../shared/protocol/screen.ts';
import type { SyncPorts } from '../../../shared/sync/ports.ts';
import type { Screen } from '../../../shared/sync/generation.ts';
import type { OpenScreen } from '../../../shared/sync/screen.ts';
import { openScreen } from '../../../shared/sync/screen.ts';
import type { Verify } from '../../../shared/trust/digest.ts';
import type { Chance } from '../chance.ts';
import type { ScreenKey } from '../hall/keys.ts';
import type { HallProcess } from '../hall/process.ts';
import type { Line } from '../line/line.ts';
import type { Referee } from '../referee/referee.ts';
import type { LifeWatch, Watched } from '../referee/watched.ts';
import type { World } from '../world.ts';
import { SECOND } from '../seconds.ts';
import type { WallClock } from './clocks.ts';
import type { Disk, DiskPorts } from './disk.ts';
import { notebookOn, shelfOn } from './disk.ts';
import { lightBoard, lightTouch, withNewsOnly } from './glass.ts';
import type { Life } from './life.ts';
import { startLife } from './life.ts';

/** A screen's box: power, disk, clocks, line and glass around the real engine. */
export interface Box {
  readonly screen: ScreenId;
  readonly device: Device;
  readonly disk: Disk;
  readonly wall: WallClock;
  readonly line: Line;
  readonly watched: Watched;
  /** A person approved its key: its reports count. */
  readonly isApproved: boolean;
  readonly key: ScreenKey | undefined;
  isOn(): boolean;
  switchOn(): void;
  /** The power goes, in the middle of whatever it does. */
  cutPower(): void;
  /** What its socket brings. */
  moved(message: Moved): void;
  leased(message: Leased): void;
  lineup(): void;
  /** The hall or the line came up or went: the socket follows in its own time. */
  reconnect(): void;
  open(): OpenScreen | undefined;
}

export interface BoxParts {
  readonly world: World;
  readonly chance: Chance;
  readonly screen: ScreenId;
  readonly device: Device;
  readonly disk: Disk;
  readonly wall: WallClock;
  readonly drift: number;
  readonly line: Line;
  readonly watched: Watched;
  readonly referee: Referee;
  readonly process: HallProcess;
  readonly root: Sha256;
  readonly verify: Verify;
  /** Of a box that a person approved: its reports count. */
  readonly key: ScreenKey | undefined;
  readonly ports: ((ports: SyncPorts, life: Life) => SyncPorts) | undefined;
}

/** A running page with its socket. */
interface Page {
  readonly life: Life;
  readonly watch: LifeWatch;
  screen: OpenScreen | undefined;
  reporter: Reporter | undefined;
  socket: 'down' | 'coming' | 'up';
}

export function createBox(parts: BoxParts): Box {
  const { world, chance, disk, line, wall, watched, referee, process } = parts;
  let page: Page | undefined;

  function cutPower(): void {
    if (page === undefined) return;
    world.note(parts.screen, 'power cut');
    const { life, socket } = page;
    life.end();
    if (socket === 'up') line.close(process.running());
    page = undefined;
    watched.life = undefined;
    disk.writesLeft = Infinity;
  }

  function switchOn(): void {
    if (page !== undefined) return;
    world.note(parts.screen, 'power on');
    wall.booted();
    const life = startLife(world.timeline, parts.drift);
    const mine: Page = {
      life,
      watch: referee.switchedOn(watched),
      screen: undefined,
      reporter: undefined,
      socket: 'down',
    };
    page = mine;
    void start(parts, mine, cutPower);
    reconnect();
  }

  /** Up within ten seconds, down at once or only when a ping goes unanswered. */
  function reconnect(): void {
    const mine = page;
    if (mine === undefined) return;
    const isOpen = line.weather.isUp && process.running() !== undefined;
    if (isOpen && mine.socket === 'down') {
      mine.socket = 'coming';
      mine.life.after(chance.between(0.05, 10) * SECOND, () => greet(mine));
    }
    if (!isOpen && mine.socket === 'up') {
      mine.socket = 'down';
      mine.life.after(chance.between(0, 25) * SECOND, () => mine.screen?.connected(false));
    }
  }

  function greet(mine: Page): void {
    const hall = process.running();
    const isOpen = line.weather.isUp && hall !== undefined;
    mine.socket = isOpen ? 'up' : 'down';
    if (!isOpen) return;
    mine.screen?.connected(true, line.greet(hall, mine.reporter?.reported()));
  }

  const hint = (deliver: (screen: OpenScreen) => void): void => {
    const mine = page;
    if (mine?.socket !== 'up') return;
    line.hint(mine.life, () => {
      if (mine.screen !== undefined) deliver(mine.screen);
    });
  };

  return {
    screen: parts.screen,
    device: parts.device,
    disk,
    wall,
    line,
    watched,
    isApproved: parts.key !== undefined,
    key: parts.key,
    isOn: () => page !== undefined,
    switchOn,
    cutPower,
    reconnect,
    open: () => page?.screen,
    moved: (message) => hint((screen) => screen.moved(message)),
    leased: (message) => hint((screen) => void screen.leased(message)),
    lineup: () => hint((screen) => void screen.ask()),
  };
}

/** What the page does when it starts: opens what the box holds, lights the glass, reports. */
async function start(parts: BoxParts, page: Page, powerFails: () => void): Promise<void> {
  const { chance, disk, watched, referee, line, wall, key, device } = parts;
  const { life } = page;
  const diskPorts: DiskPorts = {
    disk,
    chance,
    isPowered: life.isPowered,
    powerFails,
    watch: {
      writing: (home, name, value) => referee.writing(watched, home, name, value),
      written: (home, name, value) => referee.written(watched, home, name, value),
      torn: (home, name) => referee.torn(watched, home, name),
    },
  };
  const second = notebookOn(diskPorts, 1);
  const given: SyncPorts = {
    upstream: line.upstream(life),
    shelf: shelfOn(diskPorts),
    notebooks: [notebookOn(diskPorts, 0), second],
    clocks: { wall: wall.now, monotonic: life.monotonic },
    timer: life.timer,
    random: chance.random,
    digest,
    verify: parts.verify,
  };
  const ports = parts.ports?.(given, life) ?? given;
  const reporter =
    key &&
    createReporter({
      key,
      shell: 'simulated',
      notebook: second,
      send: (envelope) => void line.report(life, envelope),
    });
  const screen = await openScreen({
    screen: parts.screen,
    root: parts.root,
    ports,
    report(body) {
      referee.reported(watched, body);
      reporter?.report(body);
    },
  });
  Object.assign(page, { screen, reporter });
  page.watch.screen = screen;
  referee.booted(watched, disk);
  screen.listen(() => referee.changed(watched, disk));
  if (page.socket === 'up') screen.connected(true);
  light(withNewsOnly({ ...screen, ...seen(parts, screen) }), life, device, parts);
}

/** The same screen, with the referee looking at what passes between page and engine. */
function seen(
  { watched, referee }: BoxParts,
  screen: OpenScreen,
): Pick<OpenScreen, 'painted' | 'object'> {
  return {
    painted(generation, showing) {
      referee.painted(watched, generation, showing);
      screen.painted(generation, showing);
    },
    async object(ref) {
      const bytes = await screen.object(ref);
      if (bytes !== undefined) referee.read(watched, ref, bytes);
      return bytes;
    },
  };
}

function light(screen: Screen, life: Life, device: Device, parts: BoxParts): void {
  const { watched, referee } = parts;
  if (device.kind === 'board')
    lightBoard(screen, life, device.profile, (scene) => referee.drawn(watched, scene));
  else lightTouch(screen, life, (keys) => referee.listed(watched, keys));
}
