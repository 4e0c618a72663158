import type { CalendarTable, DayNumber, ZoneTable } from './civil.ts';
import { dayAt, instantOf, isWorkday, weekdayOf } from './civil.ts';
import type { SlotWindow, WeeklyWindow } from './programme.ts';
import type { Span } from './span.ts';
import { always, clip, during } from './span.ts';

/** Whether a window is open at `t`, over a span whose edges are where it opens or closes. */
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
      if (!bounds.value || isRoundTheClock(window)) return bounds;
      return clip(weeklyAt(window, zone, calendar, t), bounds);
    }
  }
}

function isRoundTheClock(window: WeeklyWindow): boolean {
  const wholeDay = window.fromMinute === 0 && window.untilMinute === 1440;
  return wholeDay && Array.isArray(window.days) && new Set(window.days).size === 7;
}

/** Days looked at on either side of `t`: working hours settle in the first, long holidays in the last. */
const REACHES_DAYS = [1, 4, 14, 400];

function weeklyAt(
  window: WeeklyWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
): Span<boolean> {
  let span: Span<boolean> = { value: false, since: t, until: t + 1 };
  for (const reach of REACHES_DAYS) {
    const first = dayAt(zone, t) - reach;
    const last = dayAt(zone, t) + reach;
    span = scanDays(window, zone, calendar, t, first, last);
    const settled =
      span.since > instantOf(zone, first, 1440) && span.until < instantOf(zone, last, 0);
    if (settled) break;
  }
  return span;
}

function scanDays(
  window: WeeklyWindow,
  zone: ZoneTable,
  calendar: CalendarTable,
  t: number,
  first: DayNumber,
  last: DayNumber,
): Span<boolean> {
  let since = instantOf(zone, first, 0);
  for (let day = first; day <= last; day++) {
    if (!isOn(window, zone, calendar, day)) continue;
    const opens = instantOf(zone, day, window.fromMinute);
    let closes = closingOf(window, zone, day);
    // Windows that touch are one: an all-day slot does not restart at midnight.
    while (day < last && opensBy(window, zone, calendar, day + 1, closes)) {
      day += 1;
      closes = closingOf(window, zone, day);
    }
    if (t < opens) return { value: false, since, until: opens };
    if (t < closes) return { value: true, since: opens, until: closes };
    since = closes;
  }
  return { value: false, since, until: instantOf(zone, last + 1, 0) };
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
