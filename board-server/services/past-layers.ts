import { layersOf } from '../../shared/domain/layers.ts';
import type { Layer, Slot } from '../../shared/domain/programme.ts';
import type { Item } from '../../shared/domain/release.ts';
import { FALLBACK_TURN_SECONDS } from '../../shared/domain/turn.ts';
import type { ProfileId, RecordId } from '../../shared/kit/ids.ts';
import type { Approved } from './approved-items.ts';
import type { HallTables } from './hall-calendar.ts';
import { CHANNEL } from './publication.ts';

/**
 * What boards of a profile played lately, from the programme as it is kept now: a release leaves out
 * what is over, and who looks back needs just that. A slot that was removed since is not in it.
 */
export function pastLayers(
  slots: readonly Slot[],
  approved: ReadonlyMap<RecordId, Approved>,
  { zone, calendar }: Pick<HallTables, 'zone' | 'calendar'>,
  profile: ProfileId,
): readonly Layer[] {
  const board = slots.flatMap((slot) => {
    const shown = approved.get(slot.record);
    if (shown === undefined || !shown.item.carriers.includes('board')) return [];
    const { id: key, turnSeconds, ...rest } = slot;
    const turn = turnSeconds[profile] ?? FALLBACK_TURN_SECONDS;
    const entry = { ...rest, key, turnSeconds: turn, item: shown.envelope };
    return [{ entry, item: withinLife(shown, slot) }];
  });
  const channel = {
    channel: CHANNEL,
    cap: 'emergency',
    head: { revoked: [] },
    release: { zone, calendar },
    board,
  } as const;
  // Silence of less than a week makes nothing stale, and longer ones are not looked back upon.
  const fresh = { freshAt: { [CHANNEL]: Infinity }, revoked: {} };
  return layersOf([channel], fresh, profile);
}

/** Before its slot was made, before its first approval and after its withdrawal nothing was due. */
function withinLife({ item, approvedAt, withdrawn }: Approved, { phaseAt }: Slot): Item {
  const firstAt = item.version === 1 ? Math.max(approvedAt, phaseAt) : phaseAt;
  const lastAt = Math.min(item.latestAt ?? Infinity, withdrawn?.at ?? Infinity);
  return {
    ...item,
    earliestAt: Math.max(item.earliestAt ?? -Infinity, firstAt),
    latestAt: lastAt === Infinity ? null : lastAt,
  };
}
