import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ScreenId } from '../../../shared/kit/ids.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { FleetNews, FleetOrder } from './fleet-messages.ts';

/** Screens without glass, spread over processes so that no one core holds them all. */
export interface Fleet {
  /** The moments at which each of them came to show this version. */
  flipped(version: number): Promise<readonly number[]>;
  echoed(round: number): Promise<readonly number[]>;
  close(): void;
}

export function startFleet(
  order: FleetOrder,
  processes: number,
  keyMade: (screen: ScreenId, key: PublicKey) => void,
): Fleet {
  const flips = createGathering(processes);
  const echoes = createGathering(processes);
  const hear = (news: FleetNews): void => {
    switch (news.kind) {
      case 'key':
        return keyMade(news.screen, news.key);
      case 'flipped':
        return flips.add(news.version, news.at);
      case 'echoed':
        return echoes.add(news.round, news.at);
    }
  };
  const children = Array.from({ length: processes }, (_, index): ChildProcess => {
    const child = fork(fileURLToPath(new URL('./fleet-process.ts', import.meta.url)));
    child.on('message', hear);
    child.send({
      ...order,
      screens: order.screens.filter((_screen, at) => at % processes === index),
    });
    return child;
  });
  return {
    flipped: flips.whole,
    echoed: echoes.whole,
    close: () => children.forEach((child) => child.disconnect()),
  };
}

/** Moments told by several processes, handed over once all have told theirs. */
function createGathering(processes: number) {
  const told = new Map<number, (readonly number[])[]>();
  const waiting = new Map<number, (at: readonly number[]) => void>();
  const settle = (number: number): void => {
    const parts = told.get(number) ?? [];
    if (parts.length === processes) waiting.get(number)?.(parts.flat());
  };
  return {
    add(number: number, at: readonly number[]): void {
      told.set(number, [...(told.get(number) ?? []), at]);
      settle(number);
    },
    whole: (number: number): Promise<readonly number[]> =>
      new Promise((resolve) => {
        waiting.set(number, resolve);
        settle(number);
      }),
  };
}
