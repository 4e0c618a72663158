import type { ComponentChildren } from 'preact';
import type { RecordSummary } from '../../shared/protocol/records.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { RecordRow } from '../content/RecordRow.tsx';
import { Message } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';

/** What waits for somebody: each thing a link, with who does what next. */
export function Tasks({ tasks }: { readonly tasks: OutputOf<'today'> }) {
  const w = words.value.today;
  const { held, review, returned, expiring, submitted, screensWaiting } = tasks;
  const waiting = may('screen.pair') ? screensWaiting : 0;
  const count =
    held.length + review.length + returned.length + expiring.length + submitted.length + waiting;
  if (count === 0) {
    return (
      <section class="card">
        <h2>{w.tasks}</h2>
        <Message tone="good">{w.noTasks}</Message>
      </section>
    );
  }
  return (
    <>
      <TaskGroup title={w.held} next={w.next.held} records={held} />
      {waiting > 0 && (
        <section class="card task-group">
          <h2>
            {w.waitingScreens} <span class="count">{waiting}</span>
          </h2>
          <p class="field-hint">{w.next.waitingScreens}</p>
          <a href={addressOf({ page: 'screens' })}>{w.goToPair} ›</a>
        </section>
      )}
      <TaskGroup title={w.review} next={w.next.review} records={review} />
      <TaskGroup title={w.returned} next={w.next.returned} records={returned} note={noteOfReturn} />
      <TaskGroup title={w.expiring} next={w.next.expiring} records={expiring} />
      <TaskGroup title={w.submitted} next={w.next.submitted} records={submitted} />
    </>
  );
}

function TaskGroup(props: {
  readonly title: string;
  /** Who does what next. */
  readonly next: string;
  readonly records: readonly RecordSummary[];
  readonly note?: (record: RecordSummary) => ComponentChildren;
}) {
  const { title, next, records, note } = props;
  if (records.length === 0) return null;
  return (
    <section class="card task-group">
      <h2>
        {title} <span class="count">{records.length}</span>
      </h2>
      <p class="field-hint">{next}</p>
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
