import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ScreenId } from '../../../shared/kit/ids.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { FleetNews, FleetOrder, FleetSetting } from './fleet-messages.ts';

/** Screens without glass, spread over processes so that no one core holds them all. */
export interface Fleet {
  /** The moments at which each of them came to show this version. */
  flipped(version: number): Promise<readonly number[]>;
  echoed(round: number): Promise<readonly number[]>;
  /**
   * Each of two hundred screens has a machine and a heap of its own; here a hundred share one, and its
   * collections would fall on whichever round comes next.
   */
  collect(round: number): Promise<void>;
  close(): void;
}

export function startFleet(
  setting: FleetSetting,
  processes: number,
  keyMade: (screen: ScreenId, key: PublicKey) => void,
): Fleet {
  const flips = createGathering(processes);
  const echoes = createGathering(processes);
  const collections = createGathering(processes);
  const hear = (news: FleetNews): void => {
    switch (news.kind) {
      case 'key':
        return keyMade(news.screen, news.key);
      case 'flipped':
        return flips.add(news.version, news.at);
      case 'collected':
        return collections.add(news.round, []);
      case 'echoed':
        return echoes.add(news.round, news.at);
    }
  };
  const children = Array.from({ length: processes }, (_, index): ChildProcess => {
    const child = fork(fileURLToPath(new URL('./fleet-process.ts', import.meta.url)), {
      execArgv: [...process.execArgv, '--expose-gc', YOUNG_SPACE],
    });
    child.on('message', hear);
    const screens = setting.screens.filter((_screen, at) => at % processes === index);
    child.send({ kind: 'open', ...setting, screens } satisfies FleetOrder);
    return child;
  });
  return {
    async collect(round) {
      const collected = collections.whole(round);
      for (const child of children) child.send({ kind: 'collect', round } satisfies FleetOrder);
      await collected;
    },
    flipped: flips.whole,
    echoed: echoes.whole,
    close: () => children.forEach((child) => child.disconnect()),
  };
}

/** In MB; room for what a hundred screens make at once, as each would have on its own. */
const YOUNG_SPACE = '--max-semi-space-size=64';

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
