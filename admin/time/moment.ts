import type { ZoneTable } from '../../shared/domain/civil.ts';
import {
  civilAt,
  dayAt,
  formatDate,
  instantOf,
  minuteAt,
  parseDate,
} from '../../shared/domain/civil.ts';

/** What a person types: a date `2026-09-17` and a time `08:30`, in the hall's zone. */
export interface Moment {
  readonly date: string;
  readonly time: string;
}

export const NO_MOMENT: Moment = { date: '', time: '' };

/** The instant meant, or undefined while it is not whole. A date alone means `midnight` of it. */
export function instantOfMoment(moment: Moment, zone: ZoneTable): number | undefined {
  const day = parseDate(moment.date);
  const minutes = minutesOf(moment.time === '' ? '00:00' : moment.time);
  return day === undefined || minutes === undefined ? undefined : instantOf(zone, day, minutes);
}

export function momentOf(t: number | null, zone: ZoneTable): Moment {
  if (t === null) return NO_MOMENT;
  return { date: formatDate(dayAt(zone, t)), time: timeOf(Math.floor(minuteAt(zone, t))) };
}

/** `08:30` as minutes after midnight; `24:00` is the end of the day. */
export function minutesOf(time: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  if (match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 1440 ? minutes : undefined;
}

export function timeOf(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function clockTime(t: number, zone: ZoneTable): string {
  const { hour, minute } = civilAt(zone, t);
  return `${two(hour)}:${two(minute)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
