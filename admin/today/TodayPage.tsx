import { useResource } from '../client/resource.ts';
import { KeepingBanner } from '../keeping/KeepingBanner.tsx';
import { Await } from '../parts/Await.tsx';
import { person } from '../session/session.ts';
import { now } from '../time/clock.ts';
import { ClockBanner } from '../time/ClockBanner.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { DayCard } from './DayCard.tsx';
import { Outages } from './Outages.tsx';
import { ScreensSummary } from './ScreensSummary.tsx';
import { ShowingNow } from './ShowingNow.tsx';
import { Tasks } from './Tasks.tsx';

/** The hall's day: open or closed, how the screens are, what waits, what was down. */
export function TodayPage() {
  const today = useResource('today', {}, ['records', 'screens', 'hall']);
  const attention = useResource('screens', { group: 'attention' }, ['screens', 'programme']);
  const boards = useResource('screens', { kind: 'board' }, ['screens', 'programme']);
  const w = words.value.today;
  return (
    <section class="page page-wide">
      <header class="page-head">
        <div>
          <h1>{w.greeting(person.value?.person.name ?? '')}</h1>
          <p class="lead">{say.dayAndWeekday(now())}</p>
        </div>
      </header>
      {/* What keeps the server itself from its work stands here, above everything. */}
      <ClockBanner />
      <KeepingBanner />
      <div class="today">
        <div class="today-tasks">
          <Await of={today}>
            {(value) => (
              <>
                <DayCard day={value.day} onChanged={today.refresh} />
                <Tasks tasks={value} />
              </>
            )}
          </Await>
        </div>
        <div class="today-side">
          <Await of={attention}>{(page) => <ScreensSummary attention={page} />}</Await>
          {today.loaded.state === 'ready' && <Outages {...today.loaded.value} />}
          <Await of={boards}>{(page) => <ShowingNow boards={page} />}</Await>
        </div>
      </div>
    </section>
  );
}
