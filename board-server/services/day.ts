import type { CalendarTable, DayNumber, ZoneTable } from '../../shared/domain/civil.ts';
import { dayAt, formatDate, isWorkday, minuteAt, weekdayOf } from '../../shared/domain/civil.ts';
import type { OfficeHours } from '../../shared/domain/office-day.ts';
import { openSpansOn } from '../../shared/domain/office-day.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditAction } from '../../shared/protocol/audit.ts';
import type { DayView } from '../../shared/protocol/routes.ts';
import type { Announcer } from '../live/announcer.ts';
import type { Handlers, Reply, RequestContext, SignedIn } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { audited } from './audit.ts';
import type { Kept } from './collection.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { tablesAt } from './hall-calendar.ts';
import type { Publishing } from './publishing.ts';
import { notOut } from './publishing.ts';
import type { Collections, DayDocument, HallDocument } from './stored.ts';
import { HALL } from './stored.ts';

type Owned = 'closeEarly' | 'reopen' | 'putDuty';

export interface DayDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'days' | 'halls'>;
  readonly publishing: Pick<Publishing, 'publish'>;
  readonly announcer: Pick<Announcer, 'changed'>;
}

/** What is true of today alone: an early closing, which screens show, and who is on duty. */
export function createDayHandlers(deps: DayDeps): Pick<Handlers, Owned> {
  return {
    async closeEarly(context, { date, reason }) {
      const today = reachToday(deps, context, date);
      if (!today.ok) return today;
      const { hall, actor, kept, t } = today.value;
      const { zone } = tablesAt(hall.value.zone, t);
      const view = dayViewAt(deps.collections, hall.value, t);
      // Nothing is left to end: a day off, one that nobody knows, or hours that are over.
      if (kept.value.closing !== null || !view.spans.some(({ closesAt }) => closesAt > t))
        return refused('wrong-state', date);
      const minute = Math.floor(minuteAt(zone, t));
      const closing = { minute, at: t, by: actor.personRef, reason };
      const detail = `${clockOf(minute)} ${reason}`;
      return keep(deps, context, today.value, { ...kept.value, closing }, [
        'hall.close-early',
        detail,
      ]);
    },

    async reopen(context, { date }) {
      const today = reachToday(deps, context, date);
      if (!today.ok) return today;
      const { kept } = today.value;
      if (kept.value.closing === null) return refused('wrong-state', date);
      return keep(deps, context, today.value, { ...kept.value, closing: null }, [
        'hall.reopen',
        kept.value.closing.reason,
      ]);
    },

    async putDuty(context, { date, name }) {
      const today = reachToday(deps, context, date);
      if (!today.ok) return today;
      const { actor, kept, t } = today.value;
      const duty = name.trim() === '' ? null : { name: name.trim(), at: t, by: actor.personRef };
      return keep(deps, context, today.value, { ...kept.value, duty }, [
        'hall.duty',
        duty?.name ?? '',
      ]);
    },
  };
}

interface Today {
  readonly hall: Kept<HallDocument>;
  readonly actor: SignedIn;
  readonly kept: Kept<DayDocument>;
  readonly t: number;
}

/** Today's document, when the person may change it and means this very day. */
function reachToday({ collections }: DayDeps, context: RequestContext, date: string): Reply<Today> {
  const may = context.require('hall.day', null);
  if (!may.ok) return may;
  const hall = collections.halls.get(HALL);
  if (hall === undefined) return refused('not-found', HALL);
  const t = context.now();
  const today = formatDate(dayAt(tablesAt(hall.value.zone, t).zone, t));
  if (date !== today) return refused('changed', today);
  return accepted({ hall, actor: may.value, kept: dayOrBlank(collections, today), t });
}

const BLANK: DayDocument = { v: 1, closing: null, duty: null };

function dayOrBlank({ days }: Pick<Collections, 'days'>, date: string): Kept<DayDocument> {
  return days.get(date) ?? { id: date, revision: 0, value: BLANK };
}

/** Commits today with its audit entry; days that are over go, the log has what was done on them. */
async function keep(
  deps: DayDeps,
  context: RequestContext,
  { hall, actor, kept }: Today,
  next: DayDocument,
  [action, detail]: readonly [AuditAction, string],
): Promise<Reply<DayView>> {
  const { store, collections, announcer, publishing } = deps;
  const { days } = collections;
  const by = actor.personRef;
  const committed = await store.commit({
    puts: [days.put(kept.id, next)],
    removes: days.list().flatMap((day) => (day.id < kept.id ? [days.key(day.id)] : [])),
    ifVersions: [days.expect(kept.id, kept.revision)],
    appends: [audited({ by, action, subject: 'hall', detail })],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  announcer.changed({ topic: 'hall', id: null });
  if (action !== 'hall.duty') {
    const published = await publishing.publish({ by, reason: action });
    if (!published.ok) return notOut(published);
  }
  return accepted(dayViewAt(collections, hall.value, context.now()));
}

/** [DY1] Today in the hall: its hours by the calendar and the hall card, and what is true of it alone. */
export function dayViewAt(
  collections: Pick<Collections, 'days'>,
  { card, zone: zoneName }: HallDocument,
  t: number,
): DayView {
  const { zone, calendar } = tablesAt(zoneName, t);
  const day = dayAt(zone, t);
  const date = formatDate(day);
  const { closing, duty } = dayOrBlank(collections, date).value;
  const hours: OfficeHours =
    closing === null ? card : { ...card, closing: { day, minute: closing.minute } };
  const workday = isWorkday(calendar, day);
  return {
    date,
    workday: workday === undefined ? 'unknown' : workday ? 'yes' : 'no',
    unusual: workday !== undefined && workday !== weekdayOf(day) <= 5,
    spans: [...(openSpansOn(hours, zone, calendar, day) ?? [])],
    opensNextAt: opensAfter(hours, zone, calendar, day),
    closing,
    duty,
  };
}

/** Longer than any holiday. */
const LOOK_AHEAD_DAYS = 15;

function opensAfter(
  hours: OfficeHours,
  zone: ZoneTable,
  calendar: CalendarTable,
  today: DayNumber,
): number | null {
  for (let day = today + 1; day <= today + LOOK_AHEAD_DAYS; day++) {
    const spans = openSpansOn(hours, zone, calendar, day);
    if (spans === undefined) return null;
    const [first] = spans;
    if (first !== undefined) return first.opensAt;
  }
  return null;
}

function clockOf(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
