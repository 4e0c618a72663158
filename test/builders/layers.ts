import { UTC } from '../../shared/domain/civil.ts';
import type { CalendarTable } from '../../shared/domain/civil.ts';
import type { Layer, PlayableSlot } from '../../shared/domain/programme.ts';
import { id, isChannelId, isRecordId, isSlotId } from '../../shared/kit/ids.ts';

/** Builders of what a board plays; a test names only what it is about. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const NO_CALENDAR: CalendarTable = { from: 0, until: 0, off: [], on: [] };

type SlotParts = Partial<Omit<PlayableSlot, 'id' | 'record'>>;

/** A slot named `name` that shows the record of the same name: one page of 10 seconds, always. */
export function slot(name: string, parts: SlotParts = {}): PlayableSlot {
  const dwellSeconds = parts.dwellSeconds ?? [10];
  return {
    id: id(isSlotId, name),
    record: id(isRecordId, name),
    version: 1,
    class: 'default',
    window: { kind: 'always' },
    phaseAt: 0,
    order: 0,
    turnSeconds: dwellSeconds.reduce((sum, seconds) => sum + seconds, 0),
    dwellSeconds,
    earliestAt: -Infinity,
    latestAt: Infinity,
    maxStaleSeconds: Infinity,
    ...parts,
  };
}

export function layer(slots: readonly PlayableSlot[], parts: Partial<Layer> = {}): Layer {
  return {
    channel: id(isChannelId, 'hall'),
    cap: 'emergency',
    zone: UTC,
    calendar: NO_CALENDAR,
    slots,
    freshAt: 0,
    revoked: new Set(),
    ...parts,
  };
}
