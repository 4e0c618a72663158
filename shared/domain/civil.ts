import { assert } from '../kit/assert.ts';

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export type DayNumber = number;

/**
 * A time zone as data: offsets from UTC, each valid from an instant on, oldest first.
 * Known up to `horizonAt`; past it the last offset is a guess and `whenUnknown` decides.
 */
export interface ZoneTable {
  readonly name: string;
  readonly offsets: readonly { readonly from: number; readonly minutes: number }[];
  readonly horizonAt: number;
}

/**
 * Working days as data (工作日, 调休): every day in [from, until) is known; those in `off` are
 * holidays, those in `on` are working days, the rest follow the weekend.
 */
export interface CalendarTable {
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly off: readonly DayNumber[];
  readonly on: readonly DayNumber[];
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export const UTC: ZoneTable = {
  name: 'UTC',
  offsets: [{ from: 0, minutes: 0 }],
  horizonAt: Infinity,
};

export function offsetMinutesAt(zone: ZoneTable, t: number): number {
  let minutes = zone.offsets[0]?.minutes ?? 0;
  for (const offset of zone.offsets) {
    if (offset.from > t) break;
    minutes = offset.minutes;
  }
  return minutes;
}

export function dayAt(zone: ZoneTable, t: number): DayNumber {
  return Math.floor((t + offsetMinutesAt(zone, t) * MINUTE_MS) / DAY_MS);
}

/** Minutes after local midnight, with fractions. */
export function minuteAt(zone: ZoneTable, t: number): number {
  const local = t + offsetMinutesAt(zone, t) * MINUTE_MS;
  return (local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS;
}

/**
 * The first instant whose local time is at or past `minutes` after midnight of `day`.
 * A local time skipped by a clock change maps to the instant of the change; one that occurs
 * twice maps to its first occurrence.
 */
export function instantOf(zone: ZoneTable, day: DayNumber, minutes: number): number {
  const local = day * DAY_MS + minutes * MINUTE_MS;
  const offsets = zone.offsets;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i];
    assert(offset !== undefined, 'an offset within the table');
    const from = i === 0 ? -Infinity : offset.from;
    const until = offsets[i + 1]?.from ?? Infinity;
    const t = local - offset.minutes * MINUTE_MS;
    if (t < from) return from;
    if (t < until) return t;
  }
  throw new Error('broken assumption: a zone table without offsets');
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whether a day is a working day, or undefined when the calendar does not cover it. */
export function isWorkday(calendar: CalendarTable, day: DayNumber): boolean | undefined {
  if (day < calendar.from || day >= calendar.until) return undefined;
  if (calendar.on.includes(day)) return true;
  if (calendar.off.includes(day)) return false;
  return weekdayOf(day) <= 5;
}

/** Howard Hinnant's days-from-civil. */
export function dayOf({ year, month, day }: CivilDate): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilOf(dayNumber: DayNumber): CivilDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export interface CivilTime extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

export function civilAt(zone: ZoneTable, t: number): CivilTime {
  const day = dayAt(zone, t);
  const seconds = Math.floor(minuteAt(zone, t) * 60 + 1e-6);
  return {
    ...civilOf(day),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    weekday: weekdayOf(day),
  };
}

/** `2026-09-17` as a day, or undefined when it is not a date that exists. */
export function parseDate(text: string): DayNumber | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const number = dayOf({ year, month, day });
  const back = civilOf(number);
  return back.year === year && back.month === month && back.day === day ? number : undefined;
}

export function formatDate(day: DayNumber): string {
  const { year, month, day: date } = civilOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The offsets of an IANA zone over [from, until), found with the platform's Intl tables. */
export function zoneTable(name: string, from: number, until: number): ZoneTable {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const minutesAt = (t: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(t).map((part) => [part.type, Number(part.value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    const local =
      dayOf({ year, month, day }) * DAY_MS + (hour * 3600 + minute * 60 + second) * 1000;
    return Math.round((local - Math.floor(t / 1000) * 1000) / MINUTE_MS);
  };
  const offsets = [{ from, minutes: minutesAt(from) }];
  for (let low = from; low < until; low += 7 * DAY_MS) {
    const high = Math.min(low + 7 * DAY_MS, until);
    if (minutesAt(low) === minutesAt(high)) continue;
    let [before, after] = [low, high];
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000;
      if (minutesAt(middle) === minutesAt(before)) before = middle;
      else after = middle;
    }
    offsets.push({ from: after, minutes: minutesAt(after) });
  }
  return { name, offsets, horizonAt: until };
}
