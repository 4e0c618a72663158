import { expect, test } from 'vitest';
import { calendarTable, tablesAt } from '../../board-server/services/hall-calendar.ts';
import { initials } from '../../board-server/services/initials.ts';
import { isWorkday, parseDate } from '../../shared/domain/civil.ts';

const workday = (year: number, date: string) =>
  isWorkday(calendarTable(year), parseDate(date) ?? 0);

test.each([
  ['2026-01-01', false, '元旦'],
  ['2026-01-04', true, '周日，调休上班'],
  ['2026-02-17', false, '春节'],
  ['2026-02-14', true, '周六，调休上班'],
  ['2026-10-07', false, '国庆节，周三'],
  ['2026-10-10', true, '周六，调休上班'],
  ['2026-11-23', true, '周一'],
  ['2026-11-22', false, '周日'],
])('[CT3] %s is a working day: %s (%s)', (date, expected) => {
  expect(workday(2026, date)).toBe(expected);
});

test('[CT3] a year that nobody has announced is unknown, and is not guessed by weekday', () => {
  expect(workday(2031, '2031-03-03')).toBeUndefined();
  expect(calendarTable(2031)).toMatchObject({ off: [], on: [] });
});

test('[RL1] tables are the same bytes all year and change with the hall’s new year', () => {
  const spring = tablesAt('Asia/Shanghai', Date.UTC(2026, 2, 1));
  const last = tablesAt('Asia/Shanghai', Date.UTC(2026, 11, 31, 15, 59, 59));
  const next = tablesAt('Asia/Shanghai', Date.UTC(2026, 11, 31, 16));
  expect(last).toEqual(spring);
  expect(spring.untilAt).toBe(Date.UTC(2026, 11, 31, 16));
  expect(next.calendar).not.toEqual(spring.calendar);
});

test.each([
  ['重修银行行政大厅', 'cxyhxzdt'],
  ['长安路停水', 'calts'],
  ['瀑河水库', 'bhsk'],
  ['参保 A12号\n遂城', 'cb A12h\nsc'],
  ['𠮷野家', '𠮷yj'],
])('[SC8] initials of %j, one for each character', (text, expected) => {
  expect(initials(text)).toBe(expected);
});
