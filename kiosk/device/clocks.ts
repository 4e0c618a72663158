import type { Clocks, Timer } from '../../shared/sync/ports.ts';

/** The only place where the kiosk reads a clock. */
export const clocks: Clocks = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Browsers count a timeout's milliseconds in 31 bits; a longer wait is made of several. */
const LONGEST_MS = 2 ** 31 - 1;

export const timer: Timer = (at, run) => {
  let handle: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    const inMs = Math.ceil(at - clocks.monotonic());
    if (inMs <= 0) run();
    else handle = setTimeout(wait, Math.min(inMs, LONGEST_MS));
  };
  handle = setTimeout(wait, Math.max(0, Math.min(Math.ceil(at - clocks.monotonic()), LONGEST_MS)));
  return () => clearTimeout(handle);
};

export const random = (): number => {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / 2 ** 32;
};
