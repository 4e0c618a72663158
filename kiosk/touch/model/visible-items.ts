import { itemKey } from '../../../shared/domain/programme.ts';
import type { Item, SearchEntry } from '../../../shared/domain/release.ts';
import type { Span } from '../../../shared/domain/span.ts';
import type { ChannelContent, Condition, Generation } from '../../../shared/sync/generation.ts';

/** One record on the touch screen, and what search looks through for it. */
export interface Shown {
  readonly item: Item;
  readonly entry: SearchEntry | undefined;
}

/**
 * What citizens may see at `t`, newest first, and for how long that holds. An item shows within its
 * own time, while its channel is fresh enough for it, unless its version was withdrawn; of a record
 * in several channels the topmost counts. [PB3] [PB10] [SC9]
 */
export function visibleItems(
  generation: Generation,
  condition: Condition,
  t: number,
): Span<readonly Shown[]> {
  const revoked = new Map(
    generation.channels.map((content) => [content.channel, revokedIn(content, condition)]),
  );
  const taken = new Set<string>();
  const value: Shown[] = [];
  let [since, until] = [-Infinity, Infinity];
  for (const { channel, shown } of newestFirst(generation)) {
    const { record, version } = shown.item;
    if (revoked.get(channel)?.has(itemKey(record, version)) === true) continue;
    const [from, end] = timeOf(shown.item, condition.freshAt[channel] ?? -Infinity);
    for (const edge of from < end ? [from, end] : []) {
      if (edge <= t) since = Math.max(since, edge);
      else until = Math.min(until, edge);
    }
    if (t < from || t >= end || taken.has(record)) continue;
    taken.add(record);
    value.push(shown);
  }
  return { value, since, until };
}

/** [from, end) as far as its own time and the newest proof of its channel reach. */
export function timeOf(item: Item, freshAt: number): readonly [number, number] {
  const stale = item.maxStaleSeconds === null ? Infinity : freshAt + item.maxStaleSeconds * 1000;
  return [item.earliestAt ?? -Infinity, Math.min(item.latestAt ?? Infinity, stale)];
}

function revokedIn(content: ChannelContent, condition: Condition): ReadonlySet<string> {
  const revoked = new Set(condition.revoked[content.channel] ?? []);
  for (const { record, version } of content.head.revoked) revoked.add(itemKey(record, version));
  return revoked;
}

interface Placed {
  readonly channel: ChannelContent['channel'];
  readonly shown: Shown;
  readonly date: string;
  /** Orders what came on one day. */
  readonly since: number;
}

/** Ordering ten thousand records takes longer than a frame has, so each generation is put in order once. */
const ordered = new WeakMap<Generation, readonly Placed[]>();

function newestFirst(generation: Generation): readonly Placed[] {
  const known = ordered.get(generation);
  if (known !== undefined) return known;
  const placed = generation.channels.flatMap(({ channel, touch, search }) => {
    const entries = new Map(search.map((entry) => [entry.key, entry]));
    return touch.map(({ item, since }) => ({
      channel,
      shown: { item, entry: entries.get(item.record) },
      date: dateOf(item),
      since,
    }));
  });
  placed.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.since - a.since));
  ordered.set(generation, placed);
  return placed;
}

/** `YYYY-MM-DD` by which lists are ordered and that they show. */
export const dateOf = ({ listing }: Item): string => listing.publishedOn ?? listing.madeOn ?? '';
