import type { ScreenView } from '../../shared/protocol/routes.ts';
import { screenState } from '../../shared/protocol/screen-state.ts';
import { useResource } from '../client/resource.ts';
import type { Topic } from '../client/live.ts';
import { Await } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { adviceOf, ScreenBadge } from '../screens/ScreenBadge.tsx';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';

const TOPICS: readonly Topic[] = ['screens', 'programme', 'records'];

/** Every screen confirming the newest content; who cannot is named, to be seen to by hand. */
export function Progress({ withdrawn }: { readonly withdrawn: boolean }) {
  const screens = useResource('screens', {}, TOPICS);
  const w = words.value;
  return (
    <section class="progress" aria-labelledby="progress-title">
      <h3 id="progress-title">{w.publish.progress}</h3>
      <Await of={screens}>
        {({ screens: first, next, counts: { all, confirmed } }) => {
          if (all === 0) return <p class="field-hint">{w.today.noScreens}</p>;
          return (
            <>
              <output class="progress-count">
                <progress max={all} value={confirmed} aria-label={w.publish.progress} />
                {confirmed === all ? w.publish.allConfirmed : w.publish.confirmed(confirmed, all)}
              </output>
              {withdrawn && <Away />}
              {next === null ? <Standings screens={first} /> : <Unwell />}
            </>
          );
        }}
      </Await>
    </section>
  );
}

/** Of many screens only those are listed that are not well. */
function Unwell() {
  const attention = useResource('screens', { group: 'attention' }, TOPICS);
  return <Await of={attention}>{({ screens }) => <Standings screens={screens} />}</Await>;
}

/** Screens that may go on showing what was withdrawn. */
function Away() {
  const silent = useResource('screens', { group: 'silent' }, TOPICS);
  const w = words.value;
  return (
    <Await of={silent}>
      {({ screens, next, counts }) => {
        const away = screens.filter(({ lastSeenAt }) => lastSeenAt !== null);
        return (
          away.length > 0 && (
            <Message tone="warn">
              {w.publish.byHand}
              <strong>{away.map(({ name }) => name).join(w.list)}</strong>
              {next !== null && (
                <a href={addressOf({ page: 'screens' })}>
                  {w.screens.more(counts.silent - screens.length)} ›
                </a>
              )}
            </Message>
          )
        );
      }}
    </Await>
  );
}

function Standings({ screens }: { readonly screens: readonly ScreenView[] }) {
  return (
    <ul class="progress-list">
      {screens.map((screen) => {
        const state = screenState(screen, now());
        return (
          <li key={screen.id}>
            <span class="progress-name">{screen.name}</span>
            <ScreenBadge state={state} />
            {state.state === 'problem' && <span class="progress-advice">{adviceOf(state)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
