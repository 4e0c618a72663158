import type { ZoneTable } from '../domain/civil.ts';
import { civilAt, parseDate } from '../domain/civil.ts';

/** `2026年9月17日 08:00`; an end at midnight is the end of the day before. */
export function writePeriod(zone: ZoneTable, from: number | null, until: number | null): string {
  const since = from === null ? '' : writeMoment(zone, from, 'from');
  const to = until === null ? '' : writeMoment(zone, until, 'until');
  if (since === '' && to === '') return '';
  if (to === '') return `${since}起`;
  return since === '' ? `至${to}` : `${since}至${to}`;
}

function writeMoment(zone: ZoneTable, t: number, edge: 'from' | 'until'): string {
  const { hour, minute } = civilAt(zone, t);
  const isMidnight = hour === 0 && minute === 0;
  // [from, until): what ends at 0:00 was last seen on the day before.
  const { year, month, day } = civilAt(zone, edge === 'until' && isMidnight ? t - 1 : t);
  const date = `${year}年${month}月${day}日`;
  return isMidnight ? date : `${date} ${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** The last day, `YYYY-MM-DD`, on which something is valid until `until`, itself not included. */
export function lastDay(zone: ZoneTable, until: number): string {
  const { year, month, day } = civilAt(zone, until - 1);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `2010-04-26` as 2010年4月26日; what is not a date stays as it is. */
export function writeDate(date: string): string {
  if (parseDate(date) === undefined) return date;
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** `2026-09-30` as 9月30日, for boards, where the year is this one. */
export function writeMonthDay(date: string): string {
  return writeDate(date).replace(/^\d+年/, '');
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
