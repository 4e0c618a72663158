import { civilAt, UTC } from '../../shared/domain/civil.ts';
import type { BrowserScreen } from '../device/screen.ts';

const two = (value: number): string => String(value).padStart(2, '0');

function civilIn(screen: BrowserScreen, t: number) {
  const zone = screen.generation()?.channels.at(-1)?.release.zone ?? UTC;
  return civilAt(zone, t);
}

/** `20261126-1630`, in the hall's time, for the name of a file. */
export function stampOf(screen: BrowserScreen): string {
  const { year, month, day, hour, minute } = civilIn(screen, screen.now());
  return `${year}${two(month)}${two(day)}-${two(hour)}${two(minute)}`;
}

/** `2026-11-26 16:30`, in the hall's time. */
export function sayTime(screen: BrowserScreen, t: number): string {
  const { year, month, day, hour, minute } = civilIn(screen, t);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
