import type { ComponentChildren } from 'preact';
import type { RecordSummary } from '../../shared/protocol/records.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { RecordRow } from '../content/RecordRow.tsx';
import { Await, Empty } from '../parts/Await.tsx';
import { person } from '../session/session.ts';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { KeepingBanner } from '../keeping/KeepingBanner.tsx';
import { ClockBanner } from '../time/ClockBanner.tsx';
import { ScreensSummary } from './ScreensSummary.tsx';
import { ShowingNow } from './ShowingNow.tsx';

/** What waits for this person, how the screens are, what is on the boards now. */
export function TodayPage() {
  const today = useResource('today', {}, ['records', 'screens']);
  const attention = useResource('screens', { group: 'attention' }, ['screens', 'programme']);
  const boards = useResource('screens', { kind: 'board' }, ['screens', 'programme']);
  const w = words.value.today;
  return (
    <section class="page page-wide">
      <header class="page-head">
        <div>
          <h1>{w.greeting(person.value?.person.name ?? '')}</h1>
          <p class="lead">
            {say.day(now())} {say.weekday(now())}
          </p>
        </div>
      </header>
      <ClockBanner />
      <KeepingBanner />
      <div class="today">
        <div class="today-tasks">
          <Await of={today}>{(value) => <Tasks tasks={value} />}</Await>
        </div>
        <div class="today-side">
          <Await of={attention}>{(page) => <ScreensSummary attention={page} />}</Await>
          <Await of={boards}>{(page) => <ShowingNow boards={page} />}</Await>
        </div>
      </div>
    </section>
  );
}

function Tasks({ tasks }: { readonly tasks: OutputOf<'today'> }) {
  const w = words.value.today;
  const { held, review, returned, expiring } = tasks;
  if (held.length + review.length + returned.length + expiring.length === 0) {
    return (
      <section class="card">
        <h2>{w.tasks}</h2>
        <Empty>{w.noTasks}</Empty>
      </section>
    );
  }
  return (
    <>
      <TaskGroup title={w.held} records={held} />
      <TaskGroup title={w.review} records={review} />
      <TaskGroup title={w.returned} records={returned} note={noteOfReturn} />
      <TaskGroup title={w.expiring} records={expiring} />
    </>
  );
}

function TaskGroup(props: {
  readonly title: string;
  readonly records: readonly RecordSummary[];
  readonly note?: (record: RecordSummary) => ComponentChildren;
}) {
  const { title, records, note } = props;
  if (records.length === 0) return null;
  return (
    <section class="card task-group">
      <h2>
        {title} <span class="count">{records.length}</span>
      </h2>
      <ol class="rows rows-bare">
        {records.map((record) => (
          <RecordRow key={record.id} record={record} note={note?.(record)} />
        ))}
      </ol>
    </section>
  );
}

function noteOfReturn({ standing }: RecordSummary): string | undefined {
  return standing.state === 'returned' ? words.value.today.reason(standing.reason) : undefined;
}
