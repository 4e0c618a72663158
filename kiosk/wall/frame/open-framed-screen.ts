import type { Faults, FrameToWall } from '../../../shared/protocol/wall.ts';
import type { OpenScreen } from '../../../shared/sync/screen.ts';
import { clocks, timer } from '../../device/clocks.ts';
import { digest } from '../../device/crypto.ts';
import { databaseName } from '../../device/database.ts';
import type { BrowserScreenOptions, OpenedScreen, Wiring } from '../../device/screen.ts';
import { openBrowserScreen } from '../../device/screen.ts';
import { simulateClocks } from './device-clock.ts';
import type { Line } from './line.ts';
import { simulateLine } from './line.ts';
import { shareKey } from './one-key.ts';
import { createFacts } from './read-facts.ts';
import { simulateSocket } from './socket.ts';
import type { Disk } from './store.ts';
import { drawnFrom, simulateDisk } from './store.ts';
import type { Trouble } from './trouble.ts';

/** The real screen, its engine and its own database, on a device whose ports go wrong when told to. */
export async function openFramedScreen(
  options: BrowserScreenOptions,
  trouble: Trouble,
  say: (message: FrameToWall) => void,
): Promise<OpenedScreen> {
  const own = databaseName(options.screen);
  // [WA3] Beside the screen's own page, whose database and lock are left alone.
  const name = `wall-${own}`;
  await shareKey(own, name);
  let device: Device | undefined;
  const opened = await openBrowserScreen({
    ...options,
    name,
    rewire(wiring) {
      device = simulateDevice(wiring, trouble, () => isHeld(own));
      return device.wiring;
    },
  });
  if (opened.ok && device !== undefined) attend(opened.screen.bench.open, device, trouble, say);
  return opened;
}

interface Device {
  readonly wiring: Wiring;
  readonly line: Line;
  readonly disk: Disk;
}

function simulateDevice(
  { ports, connect }: Wiring,
  trouble: Trouble,
  isSpokenFor: () => Promise<boolean>,
): Device {
  const line = simulateLine(ports.upstream, trouble);
  const disk = simulateDisk(ports.shelf, digest);
  const wiring = {
    ports: {
      ...ports,
      upstream: line.upstream,
      shelf: disk.shelf,
      clocks: simulateClocks(ports.clocks, trouble),
    },
    connect: simulateSocket({ connect, line, trouble, isSpokenFor }),
  };
  return { wiring, line, disk };
}

async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}

const SECOND_MS = 1000;
const DAMAGED = 3;

/** Tells the wall how its screen is, at each change and each second; and turns bits when told to. */
function attend(
  screen: OpenScreen,
  { wiring, line, disk }: Device,
  trouble: Trouble,
  say: (message: FrameToWall) => void,
): void {
  const facts = createFacts({ screen, clocks: wiring.ports.clocks, line, disk });
  const tell = (): void => say({ v: 1, kind: 'facts', facts: facts() });
  timer(clocks.monotonic() + SECOND_MS, function next() {
    tell();
    timer(clocks.monotonic() + SECOND_MS, next);
  });

  let isDamaged = false;
  async function spoil(): Promise<void> {
    const generation = screen.generation();
    if (!trouble.now.corrupt || isDamaged || generation === undefined) return;
    isDamaged = true;
    const refs = drawnFrom(generation, DAMAGED);
    await disk.damage(refs);
    // Read as by a page that looks: the engine hashes what it reads, and finds the damage itself.
    await Promise.all(refs.map((ref) => screen.object(ref)));
  }

  async function follow(before: Faults): Promise<void> {
    if (!trouble.now.corrupt) isDamaged = false;
    await spoil();
    // [WA6] A line is known by what it brings: it is asked at once, as after each reconnect.
    const isMended = before.corrupt && !trouble.now.corrupt;
    if (isMended || before.slow !== trouble.now.slow) await screen.ask();
    tell();
  }

  screen.listen(() => {
    tell();
    void spoil();
  });
  trouble.listen((before) => void follow(before));
  void spoil();
  tell();
}
