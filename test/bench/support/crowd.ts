import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Converged, CrowdNews, CrowdOrder, Following } from './crowd-messages.ts';
import type { KeyedScreen } from './many-screens.ts';

/** Light screens in processes of their own, so that the server's costs are the server's alone. */
export interface Crowd {
  /** Resolves once all are connected and have greeted. */
  readonly gathered: Promise<void>;
  /** Resolves once every one of them has sent its report of this version. */
  reported(version: number): Promise<void>;
  /** Resolves once all have lost their server and are level again. */
  converged(): Promise<readonly Converged[]>;
  close(): void;
}

const PROCESSES = 2;

export function gatherCrowd(
  port: number,
  screens: readonly KeyedScreen[],
  reports: boolean,
  following: Following = 'at-once',
): Crowd {
  const news = createGathering();
  const children = Array.from({ length: PROCESSES }, (_, index): ChildProcess => {
    const child = fork(fileURLToPath(new URL('./crowd-process.ts', import.meta.url)));
    child.on('message', news.add);
    child.send({
      kind: 'gather',
      port,
      reports,
      following,
      screens: screens.filter((_screen, at) => at % PROCESSES === index),
    } satisfies CrowdOrder);
    return child;
  });
  return {
    gathered: news.fromAll('gathered').then(() => undefined),
    reported: async (version) => {
      await news.fromAll('reported', (one) => one.version === version);
    },
    converged: () => news.fromAll('converged'),
    close: () => children.forEach((child) => child.disconnect()),
  };
}

type Of<Kind> = Extract<CrowdNews, { readonly kind: Kind }>;

/** News told by several processes, handed over once all have told theirs, and then forgotten. */
function createGathering() {
  let told: CrowdNews[] = [];
  const waiting = new Set<() => void>();

  function fromAll<Kind extends CrowdNews['kind']>(
    kind: Kind,
    is: (one: Of<Kind>) => boolean = () => true,
  ): Promise<readonly Of<Kind>[]> {
    return new Promise((resolve) => {
      const settle = (): void => {
        const found = told.filter((one): one is Of<Kind> => one.kind === kind).filter(is);
        if (found.length < PROCESSES) return;
        waiting.delete(settle);
        told = told.filter((one) => !found.some((each) => each === one));
        resolve(found);
      };
      waiting.add(settle);
      settle();
    });
  }

  return {
    fromAll,
    add(one: CrowdNews): void {
      told.push(one);
      for (const settle of waiting) settle();
    },
  };
}
