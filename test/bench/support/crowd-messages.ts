import type { KeyedScreen } from './many-screens.ts';

/** What a bench says to a process full of light screens. */
export interface CrowdOrder {
  readonly kind: 'gather';
  readonly port: number;
  readonly screens: readonly KeyedScreen[];
  /** Whether screens that were away say what they show, as real ones do; a bare server takes no reports. */
  readonly reports: boolean;
  /** Whether they follow a hint over the time that it names, or at once. */
  readonly following: Following;
}

export type Following = 'spread' | 'at-once';

/** What the process says of its screens. */
export type CrowdNews =
  /** All of them are connected and have greeted. */
  | { readonly kind: 'gathered' }
  /** Every one of them has sent its report of this version. */
  | { readonly kind: 'reported'; readonly version: number }
  | Converged;

/** Every one of them was away, is back, has its state, and has sent its report if it makes one. */
export interface Converged {
  readonly kind: 'converged';
  /** Connections tried, those refused among them. */
  readonly attempts: number;
  /** Milliseconds from losing the server until the last was back. */
  readonly lastMs: number;
}
