import type { Ordered } from '../../../shared/trust/accept.ts';

/** Epochs and versions as one number that orders them; 0 is before all. */
export const orderOf = ({ epoch, version }: Ordered): number => epoch * 1e9 + version;

export const orderIn = (order: number): Ordered => ({
  epoch: Math.floor(order / 1e9),
  version: order % 1e9,
});
