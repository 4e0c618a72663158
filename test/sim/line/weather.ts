import type { Attacker } from './attacker.ts';

/** The way between one box and the hall, as it is now. */
export interface Weather {
  isUp: boolean;
  /** Objects come through; statements are small and come through before them. */
  hasObjects: boolean;
  /** How probable it is that a message is lost, comes twice, or comes damaged. */
  loss: number;
  twice: number;
  damage: number;
  /** Least and most milliseconds of one way. */
  delayMs: readonly [number, number];
  attacker: Attacker | undefined;
}

export const FAIR: Readonly<Weather> = {
  isUp: true,
  hasObjects: true,
  loss: 0.001,
  twice: 0.001,
  damage: 0,
  delayMs: [2, 60],
  attacker: undefined,
};

export const LOSSY: Readonly<Weather> = {
  ...FAIR,
  loss: 0.2,
  twice: 0.1,
  damage: 0.1,
  delayMs: [20, 2500],
};
