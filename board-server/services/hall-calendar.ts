import { LegalHoliday } from 'tyme4ts';
import type { CalendarTable, ZoneTable } from '../../shared/domain/civil.ts';
import { civilAt, dayOf, instantOf, zoneTable } from '../../shared/domain/civil.ts';

/**
 * [CT3] Working days (工作日, 调休) as far as the State Council has announced them: last year, this
 * one and what follows without a gap. A year counts as known when its 1 January is listed; in the
 * library an ordinary day and a year nobody has announced look the same.
 */
export function calendarTable(year: number): CalendarTable {
  const years = isKnown(year - 1) ? [year - 1] : [];
  for (let next = year; isKnown(next); next++) years.push(next);
  const listed = years.flatMap(listedDays);
  const first = years[0] ?? year;
  return {
    from: dayOf({ year: first, month: 1, day: 1 }),
    until: dayOf({ year: first + years.length, month: 1, day: 1 }),
    off: listed.flatMap(({ day, work }) => (work ? [] : [day])),
    on: listed.flatMap(({ day, work }) => (work ? [day] : [])),
  };
}

const isKnown = (year: number): boolean => LegalHoliday.fromYmd(year, 1, 1) !== null;

function listedDays(year: number): { readonly day: number; readonly work: boolean }[] {
  const days: { day: number; work: boolean }[] = [];
  let holiday = LegalHoliday.fromYmd(year, 1, 1);
  while (holiday !== null) {
    const date = holiday.getDay();
    if (date.getYear() !== year) break;
    const day = dayOf({ year, month: date.getMonth(), day: date.getDay() });
    days.push({ day, work: holiday.isWork() });
    holiday = holiday.next(1);
  }
  return days;
}

/** Tables that a release carries at `t`: the same bytes all year, so that they change nothing. */
export function tablesAt(zoneName: string, t: number): HallTables {
  const known = remembered.get(zoneName);
  if (known !== undefined && known.sinceAt <= t && t < known.untilAt) return known;
  const { year } = civilAt(zoneTable(zoneName, t, t), t);
  const zone = zoneTable(
    zoneName,
    Date.UTC(year - 1, 0, 1),
    Date.UTC(year + ZONE_YEARS_AHEAD, 0, 1),
  );
  const newYear = (which: number): number =>
    instantOf(zone, dayOf({ year: which, month: 1, day: 1 }), 0);
  const tables: HallTables = {
    zone,
    calendar: calendarTable(year),
    sinceAt: newYear(year),
    untilAt: newYear(year + 1),
  };
  remembered.set(zoneName, tables);
  return tables;
}

export interface HallTables {
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
  /** They hold over one year of the hall, [sinceAt, untilAt). */
  readonly sinceAt: number;
  readonly untilAt: number;
}

/** Laws change; a screen cut off for longer than this follows each slot's `whenUnknown`. */
const ZONE_YEARS_AHEAD = 3;

/** The newest by zone: making them asks the platform's time zones some three hundred times. */
const remembered = new Map<string, HallTables>();
