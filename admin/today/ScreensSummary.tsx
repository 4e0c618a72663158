import type { ScreenView } from '../../shared/protocol/routes.ts';
import { Empty } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { adviceOf, ScreenBadge } from '../screens/ScreenBadge.tsx';
import { screenState } from '../screens/screen-state.ts';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';

/** All green, or every screen that needs a person, with what to do. */
export function ScreensSummary({ screens }: { readonly screens: readonly ScreenView[] }) {
  const w = words.value;
  const states = screens.map((screen) => ({ screen, state: screenState(screen, now()) }));
  const trouble = states.filter(
    ({ state }) => state.state !== 'current' && state.state !== 'updating',
  );
  const updating = states.filter(({ state }) => state.state === 'updating');
  return (
    <section class="card" aria-labelledby="screens-summary">
      <h2 id="screens-summary">{w.today.screens}</h2>
      {screens.length === 0 && <Empty>{w.today.noScreens}</Empty>}
      {screens.length > 0 && trouble.length + updating.length === 0 && (
        <Message tone="good">{w.today.allGreen(screens.length)}</Message>
      )}
      {trouble.length > 0 && <p class="today-trouble">{w.today.trouble(trouble.length)}</p>}
      <ul class="screen-troubles">
        {[...trouble, ...updating].map(({ screen, state }) => (
          <li key={screen.id}>
            <span class="screen-troubles-head">
              <strong>{screen.name}</strong>
              <ScreenBadge state={state} />
            </span>
            {adviceOf(state) !== null && <span class="field-hint">{adviceOf(state)}</span>}
          </li>
        ))}
      </ul>
      {trouble.length > 0 && <a href={addressOf({ page: 'screens' })}>{w.today.goToScreens} ›</a>}
    </section>
  );
}
