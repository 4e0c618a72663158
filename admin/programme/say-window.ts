import type { SlotWindow, WeeklyWindow } from '../../shared/domain/programme.ts';
import { say } from '../time/say.ts';
import { timeOf } from '../time/moment.ts';
import { words } from '../words/words.ts';
import { NO_END } from './slot-form.ts';

/** A window in one line: `工作日 08:30–17:30，9月17日 至 9月30日`. */
export function sayWindow(window: SlotWindow): string {
  const w = words.value.schedule;
  switch (window.kind) {
    case 'always':
      return w.always;
    case 'during':
      return window.until >= NO_END
        ? w.since(say.when(window.from))
        : w.during(say.when(window.from), say.when(window.until));
    case 'weekly': {
      const allDay = window.fromMinute === 0 && window.untilMinute === 1440;
      const hours = allDay
        ? w.allDay
        : w.hoursRange(timeOf(window.fromMinute), timeOf(window.untilMinute));
      return `${sayDays(window)} ${hours} · ${sayBounds(window)}`;
    }
  }
}

function sayDays({ days }: WeeklyWindow): string {
  const w = words.value.schedule;
  if (days === 'workdays') return w.workdays;
  if (days === 'holidays') return w.holidays;
  if (days.length === 7) return w.daily;
  return days.map((day) => w.weekdays[day - 1] ?? '').join(words.value.list);
}

function sayBounds({ from, until }: WeeklyWindow): string {
  const w = words.value.schedule;
  // The last day is the one before the bound.
  return until >= NO_END ? w.since(say.day(from)) : w.range(say.day(from), say.day(until - 1));
}
