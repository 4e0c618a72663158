import type { CivilTime } from '../../shared/domain/civil.ts';
import { civilAt, dayAt, formatDate } from '../../shared/domain/civil.ts';
import { language, words } from '../words/words.ts';
import { now } from './clock.ts';
import { zone } from './hall.ts';
import { clockTime } from './moment.ts';

/** Instants as people say them, in the hall's zone and the reader's language. */
export const say = {
  /** `今天 09:40`, `9月17日 09:40`, `2010年4月26日 09:40`. */
  when(t: number): string {
    const time = clockTime(t, zone.value);
    const days = dayAt(zone.value, t) - dayAt(zone.value, now());
    const near = nearDay(days);
    return near === undefined ? `${say.day(t)} ${time}` : `${near} ${time}`;
  },
  day(t: number): string {
    const civil = civilAt(zone.value, t);
    const thisYear = civil.year === civilAt(zone.value, now()).year;
    return language.value === 'zh' ? dayZh(civil, thisYear) : dayEn(civil, thisYear);
  },
  /** `9月17日 周四`, `Thu 17 Sep`. */
  dayAndWeekday(t: number): string {
    const said = [say.day(t), say.weekday(t)];
    return (language.value === 'zh' ? said : said.reverse()).join(' ');
  },
  /** `2026-09-17 09:40:05`, for what must be compared to the second. */
  exactly(t: number): string {
    const { second } = civilAt(zone.value, t);
    const seconds = String(second).padStart(2, '0');
    return `${formatDate(dayAt(zone.value, t))} ${clockTime(t, zone.value)}:${seconds}`;
  },
  weekday(t: number): string {
    return words.value.schedule.weekdays[civilAt(zone.value, t).weekday - 1] ?? '';
  },
  time: (t: number): string => clockTime(t, zone.value),
};

function nearDay(days: number): string | undefined {
  if (days === 0) return language.value === 'zh' ? '今天' : 'today';
  if (days === -1) return language.value === 'zh' ? '昨天' : 'yesterday';
  if (days === 1) return language.value === 'zh' ? '明天' : 'tomorrow';
  return undefined;
}

function dayZh({ year, month, day }: CivilTime, thisYear: boolean): string {
  return thisYear ? `${month}月${day}日` : `${year}年${month}月${day}日`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayEn({ year, month, day }: CivilTime, thisYear: boolean): string {
  const said = `${day} ${MONTHS[month - 1] ?? ''}`;
  return thisYear ? said : `${said} ${year}`;
}
