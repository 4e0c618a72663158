import { describe, expect, test } from 'vitest';
import { officeHoursAt } from '../../kiosk/board/office-hours.ts';
import { officeAt } from '../../kiosk/touch/model/office.ts';
import type { CalendarTable, ZoneTable } from '../../shared/domain/civil.ts';
import { dayOf } from '../../shared/domain/civil.ts';
import { hoursOn, openSpansOn } from '../../shared/domain/office-day.ts';

const day = dayOf({ year: 2026, month: 9, day: 17 }); // A Thursday.
const zone: ZoneTable = {
  name: 'Asia/Shanghai',
  offsets: [{ from: 0, minutes: 480 }],
  horizonAt: Infinity,
};
const calendar: CalendarTable = { from: day - 10, until: day + 10, off: [], on: [] };
const at = (hour: number, minute = 0): number => Date.UTC(2026, 8, 17, hour - 8, minute);

const card = {
  hours: [
    { fromMinute: 510, untilMinute: 720 },
    { fromMinute: 810, untilMinute: 1050 },
  ],
};
const closedAt = (minute: number) => ({ ...card, closing: { day, minute } });

describe('[DY2] hours of a day that ends early', () => {
  test('end with it, and what would have begun later is left out', () => {
    expect(hoursOn(closedAt(900), day)).toEqual([
      card.hours[0],
      { fromMinute: 810, untilMinute: 900 },
    ]);
    expect(hoursOn(closedAt(660), day)).toEqual([{ fromMinute: 510, untilMinute: 660 }]);
    expect(hoursOn(closedAt(480), day)).toEqual([]);
    expect(hoursOn(closedAt(1200), day)).toEqual(card.hours);
  });

  test('of every other day are as they were', () => {
    expect(hoursOn(closedAt(480), day + 1)).toEqual(card.hours);
    expect(hoursOn(card, day)).toEqual(card.hours);
  });

  test('a board says 已下班 from that minute on, and opens tomorrow as usual', () => {
    const office = closedAt(900);
    expect(officeHoursAt(office, zone, calendar, at(14, 59)).value).toEqual({
      state: 'open',
      closesAt: at(15),
    });
    expect(officeHoursAt(office, zone, calendar, at(15)).value).toMatchObject({
      state: 'closed',
      daysAhead: 1,
      opensAt: at(24 + 8, 30),
    });
    expect(officeHoursAt(office, zone, calendar, at(24 + 9)).value).toMatchObject({
      state: 'open',
      closesAt: at(24 + 12),
    });
  });

  test('a touch screen says the same', () => {
    const office = closedAt(900);
    expect(officeAt({ ...office }, zone, calendar, at(14, 59))).toEqual({
      state: 'open',
      untilMinute: 900,
    });
    const tomorrow = { state: 'closed', opens: { inDays: 1, minute: 510 } };
    expect(officeAt(office, zone, calendar, at(15))).toEqual(tomorrow);
    expect(officeAt(closedAt(480), zone, calendar, at(8, 10))).toEqual(tomorrow);
    expect(officeAt(closedAt(660), zone, calendar, at(12, 30))).toEqual(tomorrow);
  });
});

describe('[DY1] when windows are open on a day', () => {
  test('is none on a day off, and unknown where the calendar or the zone ends', () => {
    expect(openSpansOn(card, zone, calendar, day)).toEqual([
      { opensAt: at(8, 30), closesAt: at(12) },
      { opensAt: at(13, 30), closesAt: at(17, 30) },
    ]);
    expect(openSpansOn(card, zone, { ...calendar, off: [day] }, day)).toEqual([]);
    expect(openSpansOn(card, zone, calendar, day + 10)).toBeUndefined();
    expect(openSpansOn(card, { ...zone, horizonAt: at(0) }, calendar, day)).toBeUndefined();
  });
});
