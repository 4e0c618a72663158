import type { ZoneTable } from '../../shared/domain/civil.ts';
import { formatDate, parseDate } from '../../shared/domain/civil.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import type { Moment } from '../time/moment.ts';
import { instantOfMoment, momentOf, NO_MOMENT } from '../time/moment.ts';

/** What a person asks of the log; empty fields ask nothing. */
export interface AuditSearch {
  readonly person: string;
  readonly record: string;
  readonly screen: string;
  readonly from: Moment;
  readonly until: Moment;
  /** One thing exactly, as the log names it. */
  readonly about: string | null;
}

export const NO_SEARCH: AuditSearch = {
  person: '',
  record: '',
  screen: '',
  from: NO_MOMENT,
  until: NO_MOMENT,
  about: null,
};

/** The period in instants; `reversed` when nothing can lie in it. */
export function periodOf(
  { from, until }: Pick<AuditSearch, 'from' | 'until'>,
  zone: ZoneTable,
): InputOf<'auditExport'> | 'reversed' {
  const since = instantOfMoment(from, zone);
  const end = endOf(until, zone);
  if (since !== undefined && end !== undefined && end <= since) return 'reversed';
  return {
    ...(since === undefined ? {} : { from: since }),
    ...(end === undefined ? {} : { until: end }),
  };
}

/** The question to the server, or `reversed`. */
export function questionOf(search: AuditSearch, zone: ZoneTable): InputOf<'audit'> | 'reversed' {
  const period = periodOf(search, zone);
  if (period === 'reversed') return period;
  const named = (['person', 'record', 'screen'] as const).flatMap((field) => {
    const value = search[field].trim();
    return value === '' ? [] : [[field, value] as const];
  });
  return {
    ...Object.fromEntries(named),
    ...(search.about === null ? {} : { subject: search.about }),
    ...period,
  };
}

/** From the beginning of a day of the hall, `days` ago, on. */
export function lastDays(days: number, now: number, zone: ZoneTable): AuditSearch['from'] {
  const day = parseDate(momentOf(now, zone).date);
  return day === undefined ? NO_MOMENT : { date: formatDate(day - days + 1), time: '' };
}

/** A day alone is meant to its end. */
function endOf(until: Moment, zone: ZoneTable): number | undefined {
  const day = parseDate(until.date);
  if (until.time !== '' || day === undefined) return instantOfMoment(until, zone);
  return instantOfMoment({ date: formatDate(day + 1), time: '' }, zone);
}
