import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarTable } from '../../shared/domain/civil.ts';
import { civilAt, dayOf, UTC, zoneTable } from '../../shared/domain/civil.ts';
import type { WeeklyWindow } from '../../shared/domain/programme.ts';
import { openAt } from '../../shared/domain/window.ts';
import { DAY, HOUR, NO_CALENDAR } from '../builders/layers.ts';

const seed = 7;
const FAR = Date.UTC(2100, 0, 1);
const weekly = (parts: Partial<WeeklyWindow>): WeeklyWindow => ({
  kind: 'weekly',
  days: [1, 2, 3, 4, 5, 6, 7],
  fromMinute: 0,
  untilMinute: 0,
  whenUnknown: 'hide',
  from: 0,
  until: FAR,
  ...parts,
});

describe('weekly windows', () => {
  test('[PB8] hours on Monday to Friday open and close by local time', () => {
    const shanghai = zoneTable('Asia/Shanghai', 0, FAR);
    const hours = weekly({ days: [1, 2, 3, 4, 5], fromMinute: 510, untilMinute: 720 });
    const friday = Date.parse('2026-11-20T09:00:00+08:00');
    expect(openAt(hours, shanghai, NO_CALENDAR, friday)).toEqual({
      value: true,
      since: Date.parse('2026-11-20T08:30:00+08:00'),
      until: Date.parse('2026-11-20T12:00:00+08:00'),
    });
    expect(openAt(hours, shanghai, NO_CALENDAR, friday + 4 * HOUR)).toEqual({
      value: false,
      since: Date.parse('2026-11-20T12:00:00+08:00'),
      until: Date.parse('2026-11-23T08:30:00+08:00'),
    });
  });

  test('[PB8] a window past midnight is one stretch', () => {
    const night = weekly({ days: [6], fromMinute: 22 * 60, untilMinute: 6 * 60 });
    const sunday = Date.UTC(2026, 10, 22, 3);
    expect(openAt(night, UTC, NO_CALENDAR, sunday)).toEqual({
      value: true,
      since: Date.UTC(2026, 10, 21, 22),
      until: Date.UTC(2026, 10, 22, 6),
    });
  });

  test('[PB8] all day on Monday and Tuesday does not end at midnight', () => {
    const days = weekly({ days: [1, 2], fromMinute: 0, untilMinute: 1440 });
    expect(openAt(days, UTC, NO_CALENDAR, Date.UTC(2026, 10, 23, 23, 59))).toEqual({
      value: true,
      since: Date.UTC(2026, 10, 23),
      until: Date.UTC(2026, 10, 25),
    });
  });

  test('[PB8] a long holiday is one span, and round the clock is as long as the rule', () => {
    const longHoliday: CalendarTable = {
      from: dayOf({ year: 2026, month: 1, day: 1 }),
      until: dayOf({ year: 2027, month: 1, day: 1 }),
      off: Array.from(
        { length: 40 },
        (_, index) => dayOf({ year: 2026, month: 2, day: 1 }) + index,
      ),
      on: [],
    };
    const rule = weekly({ days: 'workdays', fromMinute: 480, untilMinute: 600 });
    expect(openAt(rule, UTC, longHoliday, Date.UTC(2026, 1, 20))).toEqual({
      value: false,
      since: Date.UTC(2026, 0, 30, 10),
      until: Date.UTC(2026, 2, 13, 8),
    });
    expect(openAt(weekly({ untilMinute: 1440 }), UTC, NO_CALENDAR, 5 * DAY)).toEqual({
      value: true,
      since: 0,
      until: FAR,
    });
  });

  test('[CT4] past the calendar a slot follows its own whenUnknown', () => {
    const calendar: CalendarTable = {
      from: dayOf({ year: 2026, month: 1, day: 1 }),
      until: dayOf({ year: 2027, month: 1, day: 1 }),
      off: [],
      on: [],
    };
    const known = Date.UTC(2026, 11, 31, 9);
    const unknown = Date.UTC(2027, 0, 4, 9);
    for (const whenUnknown of ['show', 'hide'] as const) {
      const rule = weekly({ days: 'workdays', fromMinute: 480, untilMinute: 600, whenUnknown });
      expect(openAt(rule, UTC, calendar, known).value).toBe(true);
      expect(openAt(rule, UTC, calendar, unknown).value).toBe(whenUnknown === 'show');
      const shortZone = { ...UTC, horizonAt: Date.UTC(2026, 11, 1) };
      expect(openAt(rule, shortZone, calendar, known).value).toBe(whenUnknown === 'show');
    }
  });

  test('[PB4] a window is open exactly when the local clock says so, in zones with clock changes', () => {
    const zone = zoneTable('Europe/Berlin', Date.UTC(2025, 0, 1), FAR);
    const minutes = fc.integer({ min: 0, max: 1439 });
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const times = fc.integer({ min: Date.UTC(2026, 0, 15), max: Date.UTC(2027, 0, 15) });
    fc.assert(
      fc.property(minutes, minutes, days, times, (fromMinute, untilMinute, weekdays, t) => {
        fc.pre(fromMinute < untilMinute);
        const rule = weekly({ days: weekdays, fromMinute, untilMinute });
        const { hour, minute, weekday } = civilAt(zone, t);
        const now = hour * 60 + minute;
        const expected = weekdays.includes(weekday) && fromMinute <= now && now < untilMinute;
        const changes = [3, 10].includes(civilAt(zone, t).month) && weekday === 7 && hour < 4;
        const span = openAt(rule, zone, NO_CALENDAR, t);
        if (!changes) expect(span.value).toBe(expected);
        expect(span.since).toBeLessThanOrEqual(t);
        expect(span.until).toBeGreaterThan(t);
        expect(openAt(rule, zone, NO_CALENDAR, span.until - 1).value).toBe(span.value);
        expect(openAt(rule, zone, NO_CALENDAR, span.since).value).toBe(span.value);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('[PB3] the rule as a whole holds only within its own dates', () => {
    const rule = weekly({ from: 5 * DAY, until: 6 * DAY, fromMinute: 0, untilMinute: 1440 });
    expect(openAt(rule, UTC, NO_CALENDAR, 5 * DAY)).toEqual({
      value: true,
      since: 5 * DAY,
      until: 6 * DAY,
    });
    expect(openAt(rule, UTC, NO_CALENDAR, 6 * DAY).value).toBe(false);
    expect(openAt(rule, UTC, NO_CALENDAR, 5 * DAY - 1).value).toBe(false);
  });
});
