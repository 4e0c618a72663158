import type { CalendarTable, ZoneTable } from '../../shared/domain/civil.ts';
import { dayAt, instantOf, weekdayOf } from '../../shared/domain/civil.ts';
import type { OfficeHours } from '../../shared/domain/office-day.ts';
import { openSpansOn } from '../../shared/domain/office-day.ts';
import type { Span } from '../../shared/domain/span.ts';

export type Office =
  | { readonly state: 'open'; readonly closesAt: number }
  | {
      readonly state: 'closed';
      readonly opensAt: number;
      readonly daysAhead: number;
      readonly weekday: number;
    }
  /** The calendar does not say when the windows open next. */
  | { readonly state: 'unknown' };

/** Whether the windows are open at `t` (办公时间), and when that changes. Working days only. */
export function officeHoursAt(
  hall: OfficeHours,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
): Span<Office> {
  const today = dayAt(zone, t);
  const tomorrowAt = instantOf(zone, today + 1, 0);
  for (let day = today; day <= today + LOOK_AHEAD_DAYS; day++) {
    const spans = openSpansOn(hall, zone, calendar, day);
    if (spans === undefined) break;
    for (const { opensAt, closesAt } of spans) {
      if (t >= closesAt) continue;
      if (t >= opensAt) {
        return { value: { state: 'open', closesAt }, since: opensAt, until: closesAt };
      }
      const closed = {
        state: 'closed',
        opensAt,
        daysAhead: day - today,
        weekday: weekdayOf(day),
      } as const;
      return { value: closed, since: t, until: Math.min(opensAt, tomorrowAt) };
    }
  }
  return { value: { state: 'unknown' }, since: t, until: tomorrowAt };
}

/** Longer than any holiday. */
const LOOK_AHEAD_DAYS = 15;
