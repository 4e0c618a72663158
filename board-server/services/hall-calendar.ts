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

/** Tables that a release carries at `t`; they change once a year, so a day later they are the same bytes. */
export function tablesAt(zoneName: string, t: number): HallTables {
  const { year } = civilAt(yearZone(zoneName, t), t);
  const known = remembered.get(`${zoneName} ${year}`);
  if (known !== undefined) return known;
  const from = Date.UTC(year - 1, 0, 1);
  const zone = zoneTable(zoneName, from, Date.UTC(year + ZONE_YEARS_AHEAD, 0, 1));
  const tables = {
    year,
    zone,
    calendar: calendarTable(year),
    untilAt: instantOf(zone, dayOf({ year: year + 1, month: 1, day: 1 }), 0),
  };
  remembered.set(`${zoneName} ${year}`, tables);
  return tables;
}

export interface HallTables {
  readonly year: number;
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
  /** When the next year begins and the tables with it. */
  readonly untilAt: number;
}

/** Laws change; a screen cut off for longer than this follows each slot's `whenUnknown`. */
const ZONE_YEARS_AHEAD = 3;

const remembered = new Map<string, HallTables>();

/** The offset at `t` alone, enough to tell the year. */
function yearZone(name: string, t: number): ZoneTable {
  return zoneTable(name, t, t);
}
