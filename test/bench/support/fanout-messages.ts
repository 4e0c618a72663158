import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { Moved } from './light-screen.ts';

/** What the fanout bench tells its servers. */
export type FanoutOrder =
  | { readonly kind: 'keys'; readonly keys: Readonly<Record<string, PublicKey>> }
  /** `acknowledged`: with Socket.IO's own acknowledgements, where a server can. */
  | { readonly kind: 'fan-out'; readonly moved: Moved; readonly way: 'event' | 'acknowledged' }
  /** How many screens are known to show this version, or a later one. */
  | { readonly kind: 'count'; readonly version: number }
  /** From now on the stock server checks the signature of each report. */
  | { readonly kind: 'check' };

export interface Counted {
  readonly kind: 'counted';
  readonly screens: number;
}

/** Every acknowledgement of this version has come. */
export interface Acknowledged {
  readonly kind: 'acknowledged';
  readonly version: number;
}
