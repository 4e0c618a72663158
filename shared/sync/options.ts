import type { ScreenId, Sha256 } from '../kit/ids.ts';
import type { Pairing } from './generation.ts';
import type { Limits } from './plan.ts';
import type { SyncPorts } from './ports.ts';
import type { ReportBody } from './reporting.ts';

export interface ScreenOptions {
  readonly screen: ScreenId;
  /** Fingerprint of the trusted root; undefined trusts the first root seen, and pins it. */
  readonly root: Sha256 | undefined;
  readonly ports: SyncPorts;
  readonly limits?: Limits;
  /** Takes each report to be signed and sent; the newest replaces one that still waits. */
  readonly report?: (body: ReportBody) => void;
  readonly pairing?: () => Pairing;
}
