import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { Lease } from '../../shared/protocol/statements.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import { auditHead } from './audit.ts';
import type { ChannelDocument, Collections } from './stored.ts';

/** The newest lease of a channel: proof that its head still stands, the same bytes for everyone. */
export interface Leasing {
  current(): HeldLease | undefined;
  /** Signs anew for this head; undefined when nothing may be signed, and the old one stays. */
  renew(head: ChannelDocument['head'], digest: Sha256): Promise<HeldLease | undefined>;
  /**
   * A lease signed within the last second, the same for all who ask within it: a screen that starts
   * takes its time from the lease, and would be late by the lease's age.
   */
  fresh(head: ChannelDocument['head'], digest: Sha256, t: number): Promise<HeldLease | undefined>;
}

export interface HeldLease {
  readonly lease: Lease;
  readonly envelope: string;
}

export const LEASE_EVERY_MS = 60_000;
const FRESH_FOR_MS = 1000;
/** A screen that missed four leases in a row is told by its own clock that it hears nothing. */
const LEASE_LASTS_MS = 5 * LEASE_EVERY_MS;

export function createLeasing(deps: {
  readonly store: Store;
  readonly leases: Collections['leases'];
  readonly channel: string;
  readonly signer: Signer;
  readonly log: (message: string, error?: unknown) => void;
}): Leasing {
  const { store, leases, channel, signer, log } = deps;
  let latest: HeldLease | undefined = leases.get(channel)?.value;
  let answered:
    | {
        readonly digest: Sha256;
        readonly at: number;
        readonly held: Promise<HeldLease | undefined>;
      }
    | undefined;

  async function sign(
    { channel: name, epoch, version }: ChannelDocument['head'],
    digest: Sha256,
  ): Promise<HeldLease | undefined> {
    const audit = id(isSha256, auditHead(store));
    const signed = await signer.sign('lease', (at) => ({
      v: 1,
      channel: name,
      epoch,
      version,
      head: digest,
      audit,
      signedAt: at,
      expires: at + LEASE_LASTS_MS,
    }));
    if (signed.ok) return { lease: signed.value.payload, envelope: signed.value.envelope };
    log(`no lease was signed: ${signed.refusal} ${signed.detail ?? ''}`);
    return undefined;
  }

  return {
    current: () => latest,
    fresh(head, digest, t) {
      if (answered?.digest !== digest || Math.abs(t - answered.at) > FRESH_FOR_MS) {
        answered = { digest, at: t, held: sign(head, digest) };
      }
      return answered.held;
    },
    async renew(head, digest) {
      const held = await sign(head, digest);
      if (held === undefined) return undefined;
      latest = held;
      // Kept so that a start with a suspect clock still has the newest proof to show. A full disk
      // must not stop proof from reaching the screens, so the outcome is only logged.
      const kept = await store.commit({ puts: [leases.put(channel, { v: 1, ...latest })] });
      if (!kept.ok) log(`the lease was not kept: ${kept.refusal}`);
      return latest;
    },
  };
}
