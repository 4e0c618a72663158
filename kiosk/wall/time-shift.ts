import { signal } from '@preact/signals';
import { clocks } from '../device/clocks.ts';

/** Minutes from now that the boards show; undefined is now, and running on. */
export const shift = signal<number | undefined>(undefined);

/** The part of a board's address that moves it to that time. */
export function shiftedHash(): string {
  const minutes = shift.value;
  return minutes === undefined ? '' : `#at=${clocks.wall() + minutes * 60_000}`;
}
