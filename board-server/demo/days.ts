import type { ZoneTable } from '../../shared/domain/civil.ts';
import { civilOf, dayAt, formatDate, instantOf, weekdayOf } from '../../shared/domain/civil.ts';

/** Days counted from the day the demonstration was made, in the hall's zone. */
export interface Days {
  /** 11月25日 */
  date(offset: number): string;
  /** 11月25日（星期三） */
  dateWithWeekday(offset: number): string;
  /** `2026-11-25` */
  iso(offset: number): string;
  /** 2026 */
  year(offset: number): string;
  /** An instant of that day, hours after midnight; 24 is the end of the day. */
  at(offset: number, hour: number): number;
  /** The moment the demonstration was made. */
  readonly now: number;
}

export function daysFrom(zone: ZoneTable, now: number): Days {
  const today = dayAt(zone, now);
  const date = (offset: number): string => {
    const { month, day } = civilOf(today + offset);
    return `${month}月${day}日`;
  };
  return {
    now,
    date,
    dateWithWeekday: (offset) =>
      `${date(offset)}（星期${WEEKDAYS[weekdayOf(today + offset) - 1]}）`,
    iso: (offset) => formatDate(today + offset),
    year: (offset) => String(civilOf(today + offset).year),
    at: (offset, hour) => instantOf(zone, today + offset, hour * 60),
  };
}

const WEEKDAYS = '一二三四五六日';
