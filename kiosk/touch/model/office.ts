import type { CalendarTable, ZoneTable } from '../../../shared/domain/civil.ts';
import { dayAt, isWorkday, minuteAt } from '../../../shared/domain/civil.ts';
import type { OfficeHours } from '../../../shared/domain/office-day.ts';
import { hoursOn } from '../../../shared/domain/office-day.ts';

/** Whether the windows are staffed at `t`. Unknown past the calendar: never a guess by weekday. [CT3] */
export type Office =
  | { readonly state: 'open'; readonly untilMinute: number }
  | { readonly state: 'break'; readonly opensMinute: number }
  | {
      readonly state: 'closed';
      readonly opens: { readonly inDays: number; readonly minute: number } | undefined;
    }
  | { readonly state: 'unknown' };

const LOOK_AHEAD_DAYS = 14;

export function officeAt(
  hall: OfficeHours,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
): Office {
  const today = dayAt(zone, t);
  const minute = minuteAt(zone, t);
  const works = isWorkday(calendar, today);
  const [first] = hall.hours;
  if (works === undefined || first === undefined || t >= zone.horizonAt)
    return { state: 'unknown' };
  if (works) {
    const hours = hoursOn(hall, today);
    const now = hours.find(
      ({ fromMinute, untilMinute }) => fromMinute <= minute && minute < untilMinute,
    );
    if (now !== undefined) return { state: 'open', untilMinute: now.untilMinute };
    const later = hours.find(({ fromMinute }) => minute < fromMinute);
    if (later !== undefined && later === hours[0])
      return { state: 'closed', opens: { inDays: 0, minute: later.fromMinute } };
    if (later !== undefined) return { state: 'break', opensMinute: later.fromMinute };
  }
  for (let inDays = 1; inDays <= LOOK_AHEAD_DAYS; inDays++) {
    const opensThen = isWorkday(calendar, today + inDays);
    if (opensThen === undefined) break;
    if (opensThen) return { state: 'closed', opens: { inDays, minute: first.fromMinute } };
  }
  return { state: 'closed', opens: undefined };
}
