import type { Condition, Generation } from '../../../shared/sync/generation.ts';
import type { Route } from './route.ts';
import { timeOf } from './visible-items.ts';

/** Why a record that was open is no longer shown. */
export type Absence = 'ended' | 'stale' | 'withdrawn';

export function absenceOf(
  { record, opened }: Extract<Route, { page: 'document' }>,
  generation: Generation,
  condition: Condition,
  t: number,
): Absence {
  if (opened.latestAt !== null && t >= opened.latestAt) return 'ended';
  for (const { channel, touch } of generation.channels) {
    const item = touch.find((entry) => entry.item.record === record)?.item;
    if (item === undefined || item.maxStaleSeconds === null) continue;
    const [, end] = timeOf(item, condition.freshAt[channel] ?? -Infinity);
    if (t >= end) return 'stale';
  }
  return 'withdrawn';
}
