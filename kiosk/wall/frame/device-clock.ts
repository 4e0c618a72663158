import { unreachable } from '../../../shared/kit/assert.ts';
import type { Clocks } from '../../../shared/sync/ports.ts';
import type { Trouble } from './trouble.ts';

const WRONG_BY_MS = 3 * 3_600_000;

/** The simulated device's own clock. Monotonic time comes from the processor and is never wrong. */
export function simulateClocks(clocks: Clocks, trouble: Trouble): Clocks {
  let wrongSince = clocks.wall();
  trouble.listen(({ clock }) => {
    if (clock !== trouble.now.clock) wrongSince = clocks.wall();
  });
  return {
    monotonic: clocks.monotonic,
    wall() {
      const { clock } = trouble.now;
      switch (clock) {
        case null:
          return clocks.wall();
        case 'ahead':
          return clocks.wall() + WRONG_BY_MS;
        case 'behind':
          return clocks.wall() - WRONG_BY_MS;
        case 'reset':
          // As of a box whose battery is flat: it counts from 1970 on.
          return clocks.wall() - wrongSince;
        default:
          return unreachable(clock);
      }
    },
  };
}
