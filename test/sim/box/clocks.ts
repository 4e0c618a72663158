import type { World } from '../world.ts';
import { DAY, HOUR } from '../seconds.ts';
import type { Chance } from '../chance.ts';

/** A box's own clock, which nobody looks after: it drifts, it jumps, and its battery dies. */
export interface WallClock {
  now(): number;
  /** The box starts: one with a dead battery begins in 1970. */
  booted(): void;
  /** Somebody or something sets it. */
  jump(errorMs: number): void;
  batteryDies(): void;
  batteryReplaced(): void;
}

/** Parts in a million by which crystals of boxes are off at most. */
const DRIFT = 20e-6;

export function driftOf(chance: Chance): number {
  return chance.between(-DRIFT, DRIFT);
}

export function createWallClock({ timeline, startAt }: World, drift: number): WallClock {
  let errorMs = 0;
  let bootedAt = startAt;
  let isDead = false;
  return {
    now() {
      const t = timeline.now();
      return Math.floor(isDead ? t - bootedAt : t + errorMs + (t - startAt) * drift);
    },
    booted() {
      bootedAt = timeline.now();
    },
    jump(error) {
      errorMs = error;
    },
    batteryDies() {
      isDead = true;
    },
    batteryReplaced() {
      isDead = false;
    },
  };
}

/** How clocks go wrong: by minutes, by hours, by years. */
export function wrongBy(chance: Chance): number {
  const sign = chance.is(0.5) ? 1 : -1;
  const size = chance.pick([
    chance.between(0.1, 1) * HOUR,
    chance.between(1, 20) * HOUR,
    chance.between(1, 12) * DAY,
    chance.between(1, 9) * 365 * DAY,
  ]);
  return sign * Math.floor(size);
}
