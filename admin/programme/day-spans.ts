import type { CalendarTable, ZoneTable } from '../../shared/domain/civil.ts';
import { instantOf } from '../../shared/domain/civil.ts';
import { CLASSES } from '../../shared/domain/programme.ts';
import type { SlotClass, SlotWindow } from '../../shared/domain/programme.ts';
import { openAt } from '../../shared/domain/window.ts';
import type { SlotView } from '../../shared/protocol/routes.ts';

/** A stretch of one day, as fractions of it in [0, 1]. */
export interface DaySpan {
  readonly from: number;
  readonly until: number;
}

export interface Day {
  readonly number: number;
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
}

/** When a window is open on a day. A day with a clock change is still drawn from 0 to 1. */
export function daySpans(window: SlotWindow, day: Day): DaySpan[] {
  const [begins, ends] = boundsOf(day);
  const spans: DaySpan[] = [];
  const share = (t: number) => (t - begins) / (ends - begins);
  for (let t = begins; t < ends;) {
    const { value, until } = openAt(window, day.zone, day.calendar, t);
    const edge = Math.min(until, ends);
    if (value) spans.push({ from: share(t), until: share(edge) });
    t = edge;
  }
  return spans;
}

/** The instant at a fraction of the day. */
export function instantAt(day: Day, share: number): number {
  const [begins, ends] = boundsOf(day);
  return Math.round(begins + share * (ends - begins));
}

function boundsOf({ number, zone }: Day): [number, number] {
  return [instantOf(zone, number, 0), instantOf(zone, number + 1, 0)];
}

/** Classes that have slots, strongest first, each with its slots in the order of their turns. */
export function byClass(
  slots: readonly SlotView[],
): { readonly class: SlotClass; readonly slots: SlotView[] }[] {
  return CLASSES.toReversed().flatMap((slotClass) => {
    const own = slots.filter((slot) => slot.class === slotClass);
    own.sort((a, b) => a.order - b.order || a.phaseAt - b.phaseAt);
    return own.length === 0 ? [] : [{ class: slotClass, slots: own }];
  });
}

/** [PB2] The slots that take turns at `t`: those open in the strongest class that has any. */
export function activeAt(slots: readonly SlotView[], day: Day, t: number): readonly SlotView[] {
  for (const group of byClass(slots)) {
    const open = group.slots.filter(
      ({ ready, window }) => ready && openAt(window, day.zone, day.calendar, t).value,
    );
    if (open.length > 0) return open;
  }
  return [];
}
