import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { adviceOf, ScreenBadge } from '../screens/ScreenBadge.tsx';
import { hasPainted, screenState } from '../screens/screen-state.ts';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';

/** Every screen confirming the newest content; who cannot is named, to be seen to by hand. */
export function Progress({ withdrawn }: { readonly withdrawn: boolean }) {
  const screens = useResource('screens', {}, ['screens', 'programme', 'records']);
  const w = words.value;
  return (
    <section class="progress" aria-labelledby="progress-title">
      <h3 id="progress-title">{w.publish.progress}</h3>
      <Await of={screens}>
        {({ screens: all }) => {
          if (all.length === 0) return <p class="field-hint">{w.today.noScreens}</p>;
          const done = all.filter((screen) => screen.connected && hasPainted(screen));
          const away = all.filter((screen) => !screen.connected && screen.lastSeenAt !== null);
          return (
            <>
              <output class="progress-count">
                <progress max={all.length} value={done.length} aria-label={w.publish.progress} />
                {done.length === all.length
                  ? w.publish.allConfirmed
                  : w.publish.confirmed(done.length, all.length)}
              </output>
              {withdrawn && away.length > 0 && (
                <Message tone="warn">
                  {w.publish.byHand}
                  <strong>{away.map(({ name }) => name).join(w.list)}</strong>
                </Message>
              )}
              <ul class="progress-list">
                {all.map((screen) => {
                  const state = screenState(screen, now());
                  return (
                    <li key={screen.id}>
                      <span class="progress-name">{screen.name}</span>
                      <ScreenBadge state={state} />
                      {state.state === 'problem' && (
                        <span class="progress-advice">{adviceOf(state)}</span>
                      )}
                    </li>
                  );
                })}
              </ul>
            </>
          );
        }}
      </Await>
    </section>
  );
}
