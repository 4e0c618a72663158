import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';

/** Does costly work a few at a time; refuses when too many wait already. */
export interface Lanes {
  run<Value>(work: () => Promise<Value>): Promise<Result<Value, 'busy'>>;
}

export function createLanes({ lanes, waiting }: { lanes: number; waiting: number }): Lanes {
  const queue: (() => void)[] = [];
  let free = lanes;

  return {
    async run(work) {
      if (free > 0) free -= 1;
      else if (queue.length >= waiting) return refused('busy');
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return accepted(await work());
      } finally {
        const next = queue.shift(); // A lane is handed over, not freed and taken again.
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
