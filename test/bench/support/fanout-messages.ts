import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { Moved } from './light-screen.ts';

/** What the fanout bench tells its servers. */
export type FanoutOrder =
  | { readonly kind: 'keys'; readonly keys: Readonly<Record<string, PublicKey>> }
  /** `acknowledged`: with Socket.IO's own acknowledgements, where a server can. */
  | { readonly kind: 'fan-out'; readonly moved: Moved; readonly way: 'event' | 'acknowledged' }
  /** From now on the stock server checks the signature of each report. */
  | { readonly kind: 'check' };

/** Every acknowledgement of this version has come. */
export interface Acknowledged {
  readonly kind: 'acknowledged';
  readonly version: number;
}
