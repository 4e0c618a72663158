import type { ChannelId, ProfileId, RecordId } from '../kit/ids.ts';
import type { Layer, PlayableSlot, SlotClass } from './programme.ts';
import { itemKey } from './programme.ts';
import type { BoardEntry, Item, Release } from './release.ts';

/**
 * What a board plays: the channels it holds, resolved for its profile. Build the layers anew only
 * when the generation or the condition changed, so that playback can reuse its earlier work.
 *
 * @param channels top first, as the lineup lists them
 */
export function layersOf(
  channels: readonly PlayedChannel[],
  condition: PlayedCondition,
  profile: ProfileId,
): readonly Layer[] {
  return channels.map(({ channel, cap, head, release, board }) => ({
    channel,
    cap,
    zone: release.zone,
    calendar: release.calendar,
    slots: board.flatMap(({ entry, item }) => playableSlot(entry, item, profile)),
    freshAt: condition.freshAt[channel] ?? -Infinity,
    revoked: new Set([
      ...head.revoked.map(({ record, version }) => itemKey(record, version)),
      ...(condition.revoked[channel] ?? []),
    ]),
  }));
}

/** The part of a screen's channel content that playback needs. */
export interface PlayedChannel {
  readonly channel: ChannelId;
  readonly cap: SlotClass;
  readonly head: {
    readonly revoked: readonly { readonly record: RecordId; readonly version: number }[];
  };
  readonly release: Pick<Release, 'zone' | 'calendar'>;
  readonly board: readonly { readonly entry: BoardEntry; readonly item: Item }[];
}

export interface PlayedCondition {
  /** Newest proof by channel, epoch milliseconds. */
  readonly freshAt: Readonly<Record<ChannelId, number>>;
  /** Withdrawn versions by channel, as `record/version`. */
  readonly revoked: Readonly<Record<ChannelId, ReadonlySet<string>>>;
}

/** Empty when the item has no pages for this board: it was approved before the profile existed. */
function playableSlot(entry: BoardEntry, item: Item, profile: ProfileId): PlayableSlot[] {
  const rendering = item.boards[profile];
  if (rendering === undefined) return [];
  return [
    {
      id: entry.key,
      record: entry.record,
      version: item.version,
      class: entry.class,
      window: entry.window,
      phaseAt: entry.phaseAt,
      order: entry.order,
      turnSeconds: entry.turnSeconds,
      dwellSeconds: rendering.dwellSeconds,
      earliestAt: item.earliestAt ?? -Infinity,
      latestAt: item.latestAt ?? Infinity,
      maxStaleSeconds: item.maxStaleSeconds ?? Infinity,
    },
  ];
}
