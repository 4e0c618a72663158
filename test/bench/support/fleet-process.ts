// A process of screens, started by fleet.ts, with a bare client beside each for the baseline.
import { io } from 'socket.io-client';
import { assert } from '../../../shared/kit/assert.ts';
import type { FleetNews, FleetOrder, FleetSetting } from './fleet-messages.ts';
import { createGetter } from './getter.ts';
import { readKeptObjects } from './kept-objects.ts';
import { moment } from './moments.ts';
import type { ProtocolScreen } from './protocol-screen.ts';
import { openProtocolScreen } from './protocol-screen.ts';

process.once('disconnect', () => process.exit(0));
process.on('message', (order: FleetOrder) => {
  if (order.kind === 'open') return void open(order);
  assert(gc !== undefined, 'a process started with --expose-gc');
  gc();
  say({ kind: 'collected', round: order.round });
});

async function open({ board, bare, root, dataFolder, screens }: FleetSetting): Promise<void> {
  const flips = createTally(screens.length, (version, at) => say({ kind: 'flipped', version, at }));
  const echoes = createTally(screens.length, (round, at) => say({ kind: 'echoed', round, at }));
  const objects = await readKeptObjects(dataFolder);
  for (const name of screens) {
    const screen = await openProtocolScreen({
      base: board,
      screen: name,
      root,
      objects,
      flipped: flips,
    });
    say({ kind: 'key', screen: name, key: screen.publicKey });
    openBareClient(bare, screen, echoes);
  }
}

function openBareClient(base: string, screen: ProtocolScreen, done: (round: number) => void): void {
  const get = createGetter(base);
  let bytes = 0;
  io(base, { transports: ['websocket'], forceNew: true }).on('echo', async (round: number) => {
    bytes = screen.take().wire || bytes;
    await get(`/bytes/${bytes}`);
    done(round);
  });
}

/** Calls back once a number has been counted by all; numbers are counted in ascending order. */
function createTally(size: number, complete: (number: number, at: readonly number[]) => void) {
  const counted = new Map<number, number[]>();
  return (number: number): void => {
    const at = [...(counted.get(number) ?? []), moment()];
    counted.set(number, at);
    if (at.length === size) complete(number, at);
  };
}

const say = (news: FleetNews): void => void process.send?.(news);
