import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarTable } from '../../shared/domain/civil.ts';
import {
  civilAt,
  civilOf,
  dayAt,
  dayOf,
  formatDate,
  instantOf,
  isWorkday,
  minuteAt,
  parseDate,
  weekdayOf,
  zoneTable,
} from '../../shared/domain/civil.ts';
import { present } from '../../shared/kit/assert.ts';
import { DAY, HOUR, MINUTE } from '../builders/layers.ts';

const seed = 20_261_123;
const dayOfText = (text: string): number => present(parseDate(text), 'date');

describe('dates', () => {
  test('[CT2] every day from year 1 to 9999 converts to a date and back', () => {
    const first = dayOf({ year: 1, month: 1, day: 1 });
    const last = dayOf({ year: 9999, month: 12, day: 31 });
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (day) => {
        expect(dayOf(civilOf(day))).toBe(day);
        const date = new Date(day * DAY);
        expect(civilOf(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(weekdayOf(day)).toBe(((date.getUTCDay() + 6) % 7) + 1);
      }),
      { seed, numRuns: 500 },
    );
  });

  test('[CT2] leap days and month ends exist where the calendar has them and nowhere else', () => {
    expect(parseDate('2024-02-29')).toBe(19_782);
    expect(parseDate('2000-02-29')).toBe(11_016);
    expect(parseDate('2026-12-31')).toBe(20_818);
    for (const wrong of ['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-1-1', 'x']) {
      expect(parseDate(wrong), wrong).toBeUndefined();
    }
    expect(formatDate(dayOfText('0001-01-01'))).toBe('0001-01-01');
  });
});

describe('zones', () => {
  const from = Date.UTC(2024, 0, 1);
  const until = Date.UTC(2028, 0, 1);

  test('[CT1] Shanghai keeps one offset', () => {
    const shanghai = zoneTable('Asia/Shanghai', from, until);
    expect(shanghai.offsets).toEqual([{ from, minutes: 480 }]);
    const t = instantOf(shanghai, dayOfText('2026-09-17'), 9 * 60 + 40);
    expect(t).toBe(Date.parse('2026-09-17T09:40:00+08:00'));
    expect(civilAt(shanghai, t)).toEqual({
      year: 2026,
      month: 9,
      day: 17,
      hour: 9,
      minute: 40,
      second: 0,
      weekday: 4,
    });
  });

  test('[CT1] a skipped local time is the instant of the change, a repeated one its first', () => {
    const berlin = zoneTable('Europe/Berlin', from, until);
    const spring = dayOfText('2026-03-29');
    const change = Date.parse('2026-03-29T01:00:00Z');
    expect(instantOf(berlin, spring, 120)).toBe(change);
    expect(instantOf(berlin, spring, 150)).toBe(change);
    expect(instantOf(berlin, spring, 180)).toBe(change);
    const autumn = dayOfText('2026-10-25');
    expect(instantOf(berlin, autumn, 150)).toBe(Date.parse('2026-10-25T00:30:00Z'));
    expect(instantOf(berlin, autumn, 180)).toBe(Date.parse('2026-10-25T02:00:00Z'));
  });

  test('[CT1] tables agree with the platform at any instant, half-hour zones included', () => {
    const names = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
    for (const name of names) {
      const table = zoneTable(name, from, until);
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: name,
        dateStyle: 'short',
        timeStyle: 'short',
      });
      fc.assert(
        fc.property(fc.integer({ min: from, max: until - 1 }), (t) => {
          const { hour, minute } = civilAt(table, t);
          const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          expect(`${formatDate(dayAt(table, t))} ${clock}`).toBe(format.format(t));
        }),
        { seed, numRuns: 200 },
      );
    }
  });

  test('[CT1] the instant of a local time reads back as that time unless it was skipped', () => {
    const table = zoneTable('America/New_York', from, until);
    const days = fc.integer({ min: dayOfText('2024-01-02'), max: dayOfText('2027-12-30') });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (day, minutes) => {
        const t = instantOf(table, day, minutes);
        const read = minuteAt(table, t);
        expect(dayAt(table, t)).toBe(day);
        expect(read === minutes || (read > minutes && read <= minutes + 60)).toBe(true);
        expect(dayAt(table, t - MINUTE) * DAY + minuteAt(table, t - MINUTE) * MINUTE).toBeLessThan(
          day * DAY + minutes * MINUTE + HOUR,
        );
      }),
      { seed, numRuns: 500 },
    );
  });
});

test('[CT3] a day outside the calendar is unknown, never guessed by its weekday', () => {
  const calendar: CalendarTable = {
    from: dayOfText('2010-01-01'),
    until: dayOfText('2011-01-01'),
    off: [dayOfText('2010-09-22')],
    on: [dayOfText('2010-09-26')],
  };
  expect(isWorkday(calendar, dayOfText('2010-09-17'))).toBe(true);
  expect(isWorkday(calendar, dayOfText('2010-09-22'))).toBe(false);
  expect(isWorkday(calendar, dayOfText('2010-09-25'))).toBe(false);
  expect(isWorkday(calendar, dayOfText('2010-09-26'))).toBe(true);
  expect(isWorkday(calendar, dayOfText('2011-01-04'))).toBeUndefined();
  expect(isWorkday(calendar, dayOfText('2009-12-31'))).toBeUndefined();
});
