import type { CalendarTable, DayNumber, ZoneTable } from './civil.ts';
import { dayAt, instantOf, isWorkday, weekdayOf } from './civil.ts';
import type { SlotWindow, WeeklyWindow } from './programme.ts';
import type { Span } from './span.ts';
import { always, clip, during } from './span.ts';

/** Whether a window is open at `t`, over the longest span that search within two weeks can prove. */
export function openAt(
  window: SlotWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
): Span<boolean> {
  switch (window.kind) {
    case 'always':
      return always(true)(t);
    case 'during':
      return during(window.from, window.until, true, false)(t);
    case 'weekly': {
      const bounds = during(window.from, window.until, true, false)(t);
      return bounds.value ? clip(weeklyAt(window, zone, calendar, t), bounds) : bounds;
    }
  }
}

/** Days looked at on either side of `t`: holidays can hide a weekly slot for longer than a week. */
const REACH_DAYS = 14;

function weeklyAt(
  window: WeeklyWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
): Span<boolean> {
  const today = dayAt(zone, t);
  let since = instantOf(zone, today - REACH_DAYS, 0);
  for (let day = today - REACH_DAYS; day <= today + REACH_DAYS; day++) {
    if (!isOn(window, zone, calendar, day)) continue;
    const opens = instantOf(zone, day, window.fromMinute);
    let closes = closingOf(window, zone, day);
    // Windows that touch are one: an all-day slot does not restart at midnight.
    while (day < today + REACH_DAYS && opensBy(window, zone, calendar, day + 1, closes)) {
      day += 1;
      closes = closingOf(window, zone, day);
    }
    if (t < opens) return { value: false, since, until: opens };
    if (t < closes) return { value: true, since: opens, until: closes };
    since = closes;
  }
  return { value: false, since, until: instantOf(zone, today + REACH_DAYS + 1, 0) };
}

function closingOf(window: WeeklyWindow, zone: ZoneTable, day: DayNumber): number {
  const overnight = window.untilMinute <= window.fromMinute;
  return instantOf(zone, overnight ? day + 1 : day, window.untilMinute);
}

function opensBy(
  window: WeeklyWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  day: DayNumber,
  t: number,
): boolean {
  return isOn(window, zone, calendar, day) && instantOf(zone, day, window.fromMinute) <= t;
}

function isOn(
  window: WeeklyWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  day: DayNumber,
): boolean {
  const unknown = window.whenUnknown === 'show';
  if (instantOf(zone, day, 0) >= zone.horizonAt) return unknown;
  if (window.days !== 'workdays' && window.days !== 'holidays') {
    return window.days.includes(weekdayOf(day));
  }
  const workday = isWorkday(calendar, day);
  if (workday === undefined) return unknown;
  return window.days === 'workdays' ? workday : !workday;
}
