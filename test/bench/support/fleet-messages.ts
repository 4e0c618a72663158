import type { ScreenId, Sha256 } from '../../../shared/kit/ids.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';

/** What a bench says to a process full of screens. */
export type FleetOrder =
  | ({ readonly kind: 'open' } & FleetSetting)
  /** Collects the garbage of all its screens. */
  | { readonly kind: 'collect'; readonly round: number };

export interface FleetSetting {
  readonly board: string;
  readonly bare: string;
  readonly root: Sha256;
  readonly dataFolder: string;
  readonly screens: readonly ScreenId[];
}

/** What the process says of its screens. Moments are those of `moment()`. */
export type FleetNews =
  | { readonly kind: 'collected'; readonly round: number }
  | { readonly kind: 'key'; readonly screen: ScreenId; readonly key: PublicKey }
  /** Every screen of the process shows this version; `at` has the moment of each. */
  | { readonly kind: 'flipped'; readonly version: number; readonly at: readonly number[] }
  /** Every bare client has heard the echo and has as many bytes as its screen last fetched. */
  | { readonly kind: 'echoed'; readonly round: number; readonly at: readonly number[] };
