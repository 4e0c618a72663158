import type { ChannelId, Sha256 } from '../kit/ids.ts';
import { acceptLease } from '../trust/accept.ts';
import type { KnownTime } from '../trust/accept.ts';
import type { Proof } from './accept.ts';
import type { Notebook } from './ports.ts';
import { leasesText, parseLeases } from './records.ts';
import type { Base, SignedHead, SignedLease, Statements, Trust } from './statements.ts';
import { readLease } from './statements.ts';

/** The newest lease of each head a screen shows or is about to show. */
export interface Proofs {
  /** [SK5] signedAt of the newest that was carried here on a stick; NaN when none was. */
  carriedAt: number;
  /** By channel: none older is taken. */
  readonly newestAt: ReadonlyMap<ChannelId, number>;
  /** signedAt of the newest proof of exactly this head; -Infinity when there is none. */
  freshAt(head: SignedHead): number;
  take(proof: Proof): void;
  /** [TR6] Takes a lease that came by itself, if it counts for `head`. */
  offer(
    text: string,
    head: SignedHead,
    base: Base,
    time: KnownTime,
  ): Promise<SignedLease | undefined>;
  /** Writes those of the heads in use and forgets the others. */
  keep(inUse: readonly Statements[]): Promise<void>;
  /** Takes what was written for these heads: it counts for freshness, never for the time. */
  recall(statements: Statements): Promise<void>;
}

export function createProofs(notebook: Notebook, trust: Trust): Proofs {
  let byHead = new Map<Sha256, SignedLease>();
  const newestAt = new Map<ChannelId, number>();

  function take({ head, lease }: Proof): void {
    byHead.set(head.mark.digest, lease);
    newestAt.set(
      head.head.channel,
      Math.max(newestAt.get(head.head.channel) ?? -Infinity, lease.lease.signedAt),
    );
  }

  const proofs: Proofs = {
    carriedAt: NaN,
    newestAt,
    freshAt: ({ mark }) => byHead.get(mark.digest)?.lease.signedAt ?? -Infinity,
    take,
    async offer(text, head, base, time) {
      const read = await readLease(text, head, base, trust);
      if (!read.ok) return undefined;
      const newest = newestAt.get(head.head.channel) ?? -Infinity;
      if (!acceptLease(newest, head.mark.digest, read.value.lease, time).ok) return undefined;
      take({ head, lease: read.value });
      return read.value;
    },
    async keep(inUse) {
      const heads = inUse.flatMap((statements) => [...statements.heads.values()]);
      const used = new Set(heads.map(({ mark }) => mark.digest));
      byHead = new Map([...byHead].filter(([digest]) => used.has(digest)));
      await notebook.write('leases', leasesText(byHead));
    },
    async recall({ base, heads }) {
      proofs.carriedAt = Number(await notebook.read('carried'));
      const texts = parseLeases(await notebook.read('leases'));
      for (const head of heads.values()) {
        const text = texts.get(head.mark.digest);
        const read = text === undefined ? undefined : await readLease(text, head, base, trust);
        if (read?.ok === true) take({ head, lease: read.value });
      }
    },
  };
  return proofs;
}
