import type { KeyedScreen } from './many-screens.ts';

/** What a bench says to a process full of light screens. */
export interface CrowdOrder {
  readonly kind: 'gather';
  readonly port: number;
  readonly screens: readonly KeyedScreen[];
  /** Whether screens that were away say what they show, as real ones do; a bare server takes no reports. */
  readonly reports: boolean;
}

/** What the process says of its screens. */
export type CrowdNews =
  /** All of them are connected and have greeted. */
  | { readonly kind: 'gathered' }
  /** The server has the report of this version from every one of them. */
  | { readonly kind: 'reported'; readonly version: number }
  | Converged;

/** Every one of them was away, is back, and has its state. */
export interface Converged {
  readonly kind: 'converged';
  /** Connections tried, those refused among them. */
  readonly attempts: number;
  /** Milliseconds from losing the server until the last was back. */
  readonly lastMs: number;
}
