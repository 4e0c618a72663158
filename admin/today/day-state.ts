import type { DayView } from '../../shared/protocol/routes.ts';

/** Where the hall’s day stands at `t`. */
export type DayState =
  /** [CT3] Nobody has announced this year's working days yet. */
  | { readonly state: 'unknown' }
  | { readonly state: 'off'; readonly opensAt: number | null }
  /** A working day, but the hall card has no hours. */
  | { readonly state: 'no-hours' }
  | { readonly state: 'before'; readonly opensAt: number }
  | { readonly state: 'open'; readonly closesAt: number }
  | { readonly state: 'break'; readonly opensAt: number }
  | { readonly state: 'over'; readonly opensAt: number | null };

export function dayState({ workday, spans, opensNextAt, closing }: DayView, t: number): DayState {
  if (workday === 'unknown') return { state: 'unknown' };
  if (workday === 'no') return { state: 'off', opensAt: opensNextAt };
  const open = spans.find(({ opensAt, closesAt }) => opensAt <= t && t < closesAt);
  if (open !== undefined) return { state: 'open', closesAt: open.closesAt };
  const next = spans.find(({ opensAt }) => t < opensAt);
  if (next !== undefined) {
    const state = next === spans[0] ? 'before' : 'break';
    return { state, opensAt: next.opensAt };
  }
  if (spans.length === 0 && closing === null) return { state: 'no-hours' };
  return { state: 'over', opensAt: opensNextAt };
}

/** Whether there are hours left today that could end early. */
export function canCloseEarly(day: DayView, t: number): boolean {
  return day.closing === null && day.spans.some(({ closesAt }) => t < closesAt);
}
