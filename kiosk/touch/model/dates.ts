import type { ZoneTable } from '../../../shared/domain/civil.ts';
import { civilAt } from '../../../shared/domain/civil.ts';

/** The parts of a moment that words put together. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Monday is 1. */
  readonly weekday: number;
  /** `09:40` */
  readonly clock: string;
}

export function momentOf(zone: ZoneTable, t: number): Moment {
  const civil = civilAt(zone, t);
  return { ...civil, clock: clockOf(civil.hour * 60 + civil.minute) };
}

export function clockOf(minuteOfDay: number): string {
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-09-17` as numbers; undefined when it is not of that form. */
export function dateParts(
  date: string,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const [year, month, day] = date.split('-').map(Number);
  return year === undefined || month === undefined || day === undefined
    ? undefined
    : { year, month, day };
}
