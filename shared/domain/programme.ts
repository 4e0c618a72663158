import type { ChannelId, ProfileId, RecordId, SlotId } from '../kit/ids.ts';
import type { CalendarTable, ZoneTable } from './civil.ts';

/** Ranks of what may be on a board, weakest first. A higher class hides every lower one. */
export const CLASSES = ['default', 'weekly', 'dated', 'interrupt', 'emergency'] as const;
export type SlotClass = (typeof CLASSES)[number];

export const rankOf = (slotClass: SlotClass): number => CLASSES.indexOf(slotClass);

/** When a slot may show. Civil times are read in the release's zone and calendar. */
export type SlotWindow =
  | { readonly kind: 'always' }
  /** [from, until) */
  | { readonly kind: 'during'; readonly from: number; readonly until: number }
  | WeeklyWindow;

export interface WeeklyWindow {
  readonly kind: 'weekly';
  /** `workdays` and `holidays` (工作日, 休息日) need the calendar; `weekdays` lists ISO days 1–7. */
  readonly days: 'workdays' | 'holidays' | readonly number[];
  /** Minutes after local midnight, [from, until); until ≤ from runs past midnight. */
  readonly fromMinute: number;
  readonly untilMinute: number;
  /** What to do on days the calendar or the zone table does not know. */
  readonly whenUnknown: 'show' | 'hide';
  /** The whole rule holds over [from, until). */
  readonly from: number;
  readonly until: number;
}

/**
 * A place in a programme. Slots of one class in one layer that are active together take turns.
 * `phaseAt` and `turnSeconds` are fixed when the slot is created, so that editing what it shows
 * never moves another slot.
 */
export interface Slot {
  readonly id: SlotId;
  readonly record: RecordId;
  readonly class: SlotClass;
  readonly window: SlotWindow;
  readonly phaseAt: number;
  /** Order within the rotation; ties are settled by phaseAt, then id. */
  readonly order: number;
  /** Length of its turn on each board profile, in whole seconds. */
  readonly turnSeconds: Readonly<Record<ProfileId, number>>;
}

/** What boards of a channel play; people edit this, compile turns it into board sections. */
export interface Programme {
  readonly slots: readonly Slot[];
}

/** A slot as a screen plays it: its item's limits and pages resolved for one profile. */
export interface PlayableSlot {
  readonly id: SlotId;
  readonly record: RecordId;
  readonly version: number;
  readonly class: SlotClass;
  readonly window: SlotWindow;
  readonly phaseAt: number;
  readonly order: number;
  readonly turnSeconds: number;
  /** Whole seconds each page stays, at least one page. */
  readonly dwellSeconds: readonly number[];
  /** The item may be seen over [earliestAt, latestAt). */
  readonly earliestAt: number;
  readonly latestAt: number;
  /** How long it may play without a fresh lease; Infinity for standing matters. */
  readonly maxStaleSeconds: number;
}

/** One channel as a screen plays it; layers are listed top first, the last one is the bottom. */
export interface Layer {
  readonly channel: ChannelId;
  /** The highest class this channel's role may use; slots above it are ignored. */
  readonly cap: SlotClass;
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
  readonly slots: readonly PlayableSlot[];
  /** signedAt of the newest valid lease; -Infinity before the first. */
  readonly freshAt: number;
  /** Item versions withdrawn by the head, as `record/version`. */
  readonly revoked: ReadonlySet<string>;
}

export const itemKey = (record: RecordId, version: number): string => `${record}/${version}`;

/** What one board shows in its main zone. */
export type Scene =
  | {
      readonly kind: 'page';
      readonly channel: ChannelId;
      readonly slot: SlotId;
      readonly record: RecordId;
      readonly version: number;
      readonly class: SlotClass;
      readonly page: number;
      readonly pages: number;
    }
  /** Nothing is due: the bundled card. */
  | { readonly kind: 'card' };
