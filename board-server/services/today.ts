import type { Actor } from '../../shared/domain/policy.ts';
import { allows } from '../../shared/domain/policy.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { RecordSummary } from '../../shared/protocol/records.ts';
import type { Handlers } from '../routes/handlers.ts';
import type { ApprovedItems } from './approved-items.ts';
import type { Kept } from './collection.ts';
import { dayViewAt } from './day.ts';
import { tablesAt } from './hall-calendar.ts';
import { lateOutages } from './late-outages.ts';
import { departmentOf, summaryOf } from './record-views.ts';
import type { Screens } from './screens.ts';
import type { Collections, RecordDocument } from './stored.ts';
import { HALL } from './stored.ts';

/** A notice that ends within two days should be renewed or let go knowingly. */
const EXPIRING_MS = 2 * 86_400_000;

/** What waits for this person, and how the screens are. */
export function createTodayHandlers(deps: {
  readonly collections: Pick<
    Collections,
    'records' | 'halls' | 'days' | 'slots' | 'items' | 'screens'
  >;
  readonly items: ApprovedItems;
  readonly screens: Pick<Screens, 'counts' | 'outages'>;
}): Pick<Handlers, 'today'> {
  const { collections, items, screens } = deps;
  return {
    async today(context) {
      const may = context.require('record.read', null);
      if (!may.ok) return may;
      const now = context.now();
      const hall = collections.halls.get(HALL);
      if (hall === undefined) return refused('not-found', HALL);
      const summary = (kept: Kept<RecordDocument>): RecordSummary => summaryOf(kept, items, now);
      const readable = collections.records
        .list()
        .filter(({ value }) => allows(may.value, 'record.read', departmentOf(value)));
      const summaries = readable.map(summary);
      const counts = screens.counts(now);
      return accepted({
        day: dayViewAt(collections, hall.value, now),
        ...lateOutages(deps, tablesAt(hall.value.zone, now), now),
        review: readable.filter(({ value }) => isToReview(value, may.value)).map(summary),
        returned: readable.filter(({ value }) => isToMend(value, may.value)).map(summary),
        submitted: readable.filter(({ value }) => isHandedIn(value, may.value)).map(summary),
        expiring: summaries
          .filter(({ latestAt }) => latestAt !== null && latestAt - now <= EXPIRING_MS)
          .sort((a, b) => (a.latestAt ?? 0) - (b.latestAt ?? 0)),
        held: summaries.filter(
          ({ publicity: { state } }) => state === 'held' || state === 'withdrawing',
        ),
        screensWaiting: counts.waiting,
        screensBehind: counts.behind + counts.trouble,
        screensSilent: counts.silent,
        screens: counts.all,
      });
    },
  };
}

/** [WF2] What others handed in. */
function isToReview(record: RecordDocument, actor: Actor): boolean {
  return (
    record.standing.state === 'submitted' &&
    !record.authors.some((author) => author.id === actor.person) &&
    allows(actor, 'record.review', departmentOf(record))
  );
}

/** What waits for somebody else, so that whoever wrote it need not ask. */
function isHandedIn(record: RecordDocument, actor: Actor): boolean {
  return record.standing.state === 'submitted' && record.standing.by.id === actor.person;
}

function isToMend(record: RecordDocument, actor: Actor): boolean {
  return (
    record.standing.state === 'returned' &&
    record.authors.some((author) => author.id === actor.person)
  );
}
