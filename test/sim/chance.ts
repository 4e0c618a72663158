import { present } from '../../shared/kit/assert.ts';
import { hash32 } from '../../shared/kit/hash.ts';
import type { Random } from '../store/random.ts';
import { below, createRandom } from '../store/random.ts';

/** Everything that is left to chance, from one seed. */
export interface Chance {
  readonly random: Random;
  is(probability: number): boolean;
  between(least: number, most: number): number;
  /** Whole, from 0 to below `count`. */
  below(count: number): number;
  pick<Value>(list: readonly Value[]): Value;
  /** Milliseconds until something that comes every `meanMs` on average. */
  wait(meanMs: number): number;
  bytes(count: number): Uint8Array<ArrayBuffer>;
}

/** Each part of a run draws from its own name, so that none shifts what another draws. */
export function createChance(seed: number, name: string): Chance {
  const random = createRandom(hash32(name, seed));
  return {
    random,
    is: (probability) => random() < probability,
    between: (least, most) => least + random() * (most - least),
    below: (count) => below(random, count),
    pick: (list) => present(list[below(random, list.length)], 'something to pick'),
    wait: (meanMs) => -Math.log(1 - random()) * meanMs,
    bytes: (count) => Uint8Array.from({ length: count }, () => below(random, 256)),
  };
}
