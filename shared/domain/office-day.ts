import type { CalendarTable, DayNumber, ZoneTable } from './civil.ts';
import { instantOf, isWorkday } from './civil.ts';
import type { EarlyClosing, HallCard } from './release.ts';

/** The windows' hours as a release says them: those of every working day, and a day that ends early. */
export type OfficeHours = Pick<HallCard, 'hours'> & {
  readonly closing?: EarlyClosing | undefined;
};

/**
 * [DY2] Hours on a working day, minutes after midnight: on the day of an early closing they end with
 * it, and what would have begun later is left out.
 */
export function hoursOn({ hours, closing }: OfficeHours, day: DayNumber): HallCard['hours'] {
  if (closing?.day !== day) return hours;
  return hours
    .filter(({ fromMinute }) => fromMinute < closing.minute)
    .map(({ fromMinute, untilMinute }) => ({
      fromMinute,
      untilMinute: Math.min(untilMinute, closing.minute),
    }));
}

/** A stretch of open windows in a day, [opensAt, closesAt). */
export interface OpenSpan {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** [DY1] When the windows are open on a day; undefined when the calendar does not say. [CT3] */
export function openSpansOn(
  office: OfficeHours,
  zone: ZoneTable,
  calendar: CalendarTable,
  day: DayNumber,
): readonly OpenSpan[] | undefined {
  const workday = isWorkday(calendar, day);
  if (workday === undefined || instantOf(zone, day, 0) >= zone.horizonAt) return undefined;
  if (!workday) return [];
  return hoursOn(office, day).map(({ fromMinute, untilMinute }) => ({
    opensAt: instantOf(zone, day, fromMinute),
    closesAt: instantOf(zone, day, untilMinute),
  }));
}
