import type { Span } from '../../../shared/domain/span.ts';
import type { Condition, Generation } from '../../../shared/sync/generation.ts';

/** [SC5] What the glass says about its own content. */
export interface Freshness {
  readonly state: 'fresh' | 'offline' | 'carried' | 'stale';
  /** Time of the newest proof, epoch milliseconds; of several channels the one longest unheard. */
  readonly provedAt: number;
}

/** A cut this short is nobody's business. */
const OFFLINE_AFTER_MS = 10 * 60_000;
const STALE_AFTER_MS = 24 * 3_600_000;
/** [SK5] A stick comes once in a while, and says when it was made. */
const CARRIED_STALE_AFTER_MS = 30 * 24 * 3_600_000;

/**
 * Fresh for ten minutes after the newest proof; then offline, and stale after a day. While the
 * server answers but proves nothing, content is stale at once: the network is not the reason.
 */
export function freshnessAt(
  { channels }: Generation,
  condition: Condition,
  t: number,
): Span<Freshness> {
  const provedAt = Math.min(
    ...channels.map(({ channel }) => condition.freshAt[channel] ?? -Infinity),
  );
  if (provedAt === condition.carriedAt) {
    const until = provedAt + CARRIED_STALE_AFTER_MS;
    return t < until
      ? { value: { state: 'carried', provedAt }, since: -Infinity, until }
      : { value: { state: 'stale', provedAt }, since: until, until: Infinity };
  }
  const offlineAt = provedAt + OFFLINE_AFTER_MS;
  const staleAt = condition.connected ? offlineAt : provedAt + STALE_AFTER_MS;
  if (t < offlineAt)
    return { value: { state: 'fresh', provedAt }, since: -Infinity, until: offlineAt };
  if (t < staleAt)
    return { value: { state: 'offline', provedAt }, since: offlineAt, until: staleAt };
  return { value: { state: 'stale', provedAt }, since: staleAt, until: Infinity };
}
