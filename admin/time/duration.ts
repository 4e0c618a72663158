import type { Words } from '../words/zh.ts';

/** A length of time in its two largest units that say something, such as `8 小时 2 分`. */
export function sayDuration(ms: number, { duration: w }: Pick<Words, 'duration'>): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return two(w.days(days), hours % 24, w.hours);
  if (hours > 0) return two(w.hours(hours), minutes % 60, w.minutes);
  if (minutes > 0) return two(w.minutes(minutes), minutes < 10 ? seconds % 60 : 0, w.seconds);
  return w.seconds(seconds);
}

function two(first: string, rest: number, unit: (count: number) => string): string {
  return rest === 0 ? first : `${first} ${unit(rest)}`;
}
