import type { ZoneTable } from '../../shared/domain/civil.ts';
import { dayAt, formatDate, instantOf, parseDate } from '../../shared/domain/civil.ts';
import type { SlotWindow, WeeklyWindow } from '../../shared/domain/programme.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { Moment } from '../time/moment.ts';
import { instantOfMoment, minutesOf, momentOf, NO_MOMENT, timeOf } from '../time/moment.ts';

/** When a slot shows, as people say it: 指定日期 · 每天 · 工作日 · 每周. Times are the hall's. */
export interface SlotForm {
  readonly rhythm: Rhythm;
  readonly priority: 'ordinary' | 'first';
  readonly from: Moment;
  readonly until: Moment;
  /** 长期: no end. */
  readonly unlimited: boolean;
  /** ISO days 1–7, for 每周. */
  readonly weekdays: readonly number[];
  readonly allDay: boolean;
  /** Hours of each day, `08:30`, for all but 指定日期. */
  readonly opens: string;
  readonly closes: string;
}

export const RHYTHMS = ['dates', 'daily', 'workdays', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export type SlotProblem =
  | 'from-missing'
  | 'until-missing'
  | 'empty'
  | 'days-missing'
  | 'hours-missing';

/** The last instant that windows may name; stands for "no end". */
export const NO_END = 253_402_214_400_000;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** A form's window, or what is still missing in it. A last day is shown to its end. */
export function windowOf(form: SlotForm, zone: ZoneTable): Result<SlotWindow, SlotProblem> {
  if (form.rhythm === 'dates') return datesOf(form, zone);
  const fromDay = parseDate(form.from.date);
  const untilDay = parseDate(form.until.date);
  if (fromDay === undefined) return refused('from-missing');
  if (untilDay === undefined && !form.unlimited) return refused('until-missing');
  const from = instantOf(zone, fromDay, 0);
  const until =
    form.unlimited || untilDay === undefined ? NO_END : instantOf(zone, untilDay + 1, 0);
  if (from >= until) return refused('empty');
  const days = daysOf(form);
  if (days.length === 0) return refused('days-missing');
  const opens = form.allDay ? 0 : minutesOf(form.opens);
  const closes = form.allDay ? 1440 : minutesOf(form.closes);
  if (opens === undefined || closes === undefined) return refused('hours-missing');
  if (opens === closes) return refused('empty');
  return accepted({
    kind: 'weekly',
    days,
    fromMinute: opens,
    untilMinute: closes,
    // A notice shown on a day that turns out to be free harms less than one missed on a working day.
    whenUnknown: 'show',
    from,
    until,
  });
}

function datesOf(form: SlotForm, zone: ZoneTable): Result<SlotWindow, SlotProblem> {
  if (form.unlimited && form.from.date === '') return accepted({ kind: 'always' });
  const from = instantOfMoment(form.from, zone);
  const until = form.unlimited ? NO_END : instantOfMoment(form.until, zone);
  if (from === undefined) return refused('from-missing');
  if (until === undefined) return refused('until-missing');
  return from < until ? accepted({ kind: 'during', from, until }) : refused('empty');
}

function daysOf(form: SlotForm): WeeklyWindow['days'] {
  if (form.rhythm === 'workdays') return 'workdays';
  return form.rhythm === 'daily' ? EVERY_DAY : [...form.weekdays].sort((a, b) => a - b);
}

/** The form for a record that is not scheduled yet: from now to the end of its validity. */
export function newForm(t: number, validUntil: number | null, zone: ZoneTable): SlotForm {
  return {
    rhythm: 'dates',
    priority: 'ordinary',
    from: momentOf(t, zone),
    until: momentOf(validUntil, zone),
    unlimited: validUntil === null,
    weekdays: [1],
    allDay: true,
    opens: '08:30',
    closes: '17:30',
  };
}

/** A slot's window back in its form. */
export function formOf(
  window: SlotWindow,
  priority: SlotForm['priority'],
  zone: ZoneTable,
): SlotForm {
  const blank = { ...newForm(0, null, zone), priority, from: NO_MOMENT, until: NO_MOMENT };
  switch (window.kind) {
    case 'always':
      return { ...blank, unlimited: true };
    case 'during': {
      const unlimited = window.until >= NO_END;
      return {
        ...blank,
        from: momentOf(window.from, zone),
        until: unlimited ? NO_MOMENT : momentOf(window.until, zone),
        unlimited,
      };
    }
    case 'weekly':
      return { ...blank, ...weeklyForm(window, zone) };
  }
}

function weeklyForm(window: WeeklyWindow, zone: ZoneTable): Partial<SlotForm> {
  const unlimited = window.until >= NO_END;
  const allDay = window.fromMinute === 0 && window.untilMinute === 1440;
  return {
    rhythm: rhythmOf(window.days),
    weekdays: typeof window.days === 'string' ? [1] : window.days,
    from: { date: formatDate(dayAt(zone, window.from)), time: '' },
    until: unlimited ? NO_MOMENT : { date: formatDate(dayAt(zone, window.until - 1)), time: '' },
    unlimited,
    allDay,
    opens: timeOf(window.fromMinute),
    closes: timeOf(window.untilMinute),
  };
}

function rhythmOf(days: WeeklyWindow['days']): Rhythm {
  if (days === 'workdays' || days === 'holidays') return 'workdays';
  return days.length === EVERY_DAY.length ? 'daily' : 'weekly';
}
