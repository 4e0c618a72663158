import type { Item } from '../domain/release.ts';
import { itemKey } from '../domain/programme.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import type { ClockState, Problem } from '../protocol/report.ts';
import type { Built } from './contents.ts';
import type { ChannelContent, Condition } from './generation.ts';
import type { Statements } from './statements.ts';

export interface Facts {
  readonly shown: Built | undefined;
  readonly target: Statements | undefined;
  readonly freshAt: (channel: ChannelId) => number;
  readonly carriedAt: number;
  /** [CK4] [CK5] `record/version` */
  readonly withheld: ReadonlySet<string>;
  /** Objects found damaged and not yet fetched again. */
  readonly damaged: ReadonlyMap<Sha256, unknown>;
  readonly problems: ReadonlyMap<ChannelId, Problem>;
  readonly connected: boolean;
  readonly clock: ClockState;
}

/**
 * What playback and the pages need beside the generation. Everything that takes an item off the
 * glass before its release changes comes in `revoked`: withdrawal by a head [SY7], doubt about the
 * time [CK4], an end once reached [CK5], and a picture that is damaged [SY3].
 */
export function conditionOf(facts: Facts): Condition {
  const { shown, target } = facts;
  const channels = shown?.generation.channels ?? [];
  const named = new Set([
    ...channels.map(({ channel }) => channel),
    ...(target?.heads.keys() ?? []),
    ...facts.problems.keys(),
  ]);
  return {
    freshAt: byChannel(named, facts.freshAt),
    revoked: byChannel(named, (channel) => revokedOn(channel, facts)),
    carriedAt: facts.carriedAt,
    connected: facts.connected,
    clock: facts.clock,
    problems: byChannel(named, (channel) => problemOn(channel, facts)),
  };
}

function revokedOn(
  channel: ChannelId,
  { shown, target, withheld, damaged }: Facts,
): ReadonlySet<string> {
  const content = shown?.generation.channels.find((entry) => entry.channel === channel);
  const heads = [content?.head, target?.heads.get(channel)?.head];
  const withdrawn = heads.flatMap((head) => head?.revoked ?? []);
  const revoked = new Set(withdrawn.map(({ record, version }) => itemKey(record, version)));
  for (const item of withheld) revoked.add(item);
  if (damaged.size === 0 || content === undefined) return revoked;
  for (const item of drawnFrom(content, damaged)) revoked.add(itemKey(item.record, item.version));
  return revoked;
}

function* drawnFrom({ touch, board }: ChannelContent, damaged: Facts['damaged']): Iterable<Item> {
  for (const { item } of touch) if (damaged.has(item.view.digest)) yield item;
  for (const { item } of board) {
    if (Object.values(item.boards).some(({ pages }) => damaged.has(pages.digest))) yield item;
  }
}

function problemOn(channel: ChannelId, { problems, damaged, clock }: Facts): Problem | null {
  const problem = problems.get(channel);
  if (problem !== undefined && problem !== 'fetching') return problem;
  if (damaged.size > 0) return 'bad-object';
  return problem ?? (clock === 'lost' ? 'clock-lost' : null);
}

function byChannel<Value>(
  channels: Iterable<ChannelId>,
  of: (channel: ChannelId) => Value,
): Readonly<Record<ChannelId, Value>> {
  return Object.fromEntries([...channels].map((channel) => [channel, of(channel)]));
}
