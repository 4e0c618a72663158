import type { OutputOf } from '../../shared/protocol/routes.ts';
import { screenState } from '../../shared/protocol/screen-state.ts';
import { Empty } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { adviceOf, ScreenBadge } from '../screens/ScreenBadge.tsx';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';

/** All green, or every screen that needs a person, with what to do. */
export function ScreensSummary({ attention }: { readonly attention: OutputOf<'screens'> }) {
  const { screens, counts } = attention;
  const w = words.value;
  const states = screens.map((screen) => ({ screen, state: screenState(screen, now()) }));
  const needing = states.filter(({ state }) => state.state !== 'updating');
  const updating = states.filter(({ state }) => state.state === 'updating');
  const unwell = counts.all - counts.current;
  const trouble = unwell - counts.behind;
  return (
    <section class="card" aria-labelledby="screens-summary">
      <h2 id="screens-summary">{w.today.screens}</h2>
      {counts.all === 0 && <Empty>{w.today.noScreens}</Empty>}
      {counts.all > 0 && unwell === 0 && (
        <Message tone="good">{w.today.allGreen(counts.all)}</Message>
      )}
      {trouble > 0 && <p class="today-trouble">{w.today.trouble(trouble)}</p>}
      <ul class="screen-troubles">
        {[...needing, ...updating].map(({ screen, state }) => (
          <li key={screen.id}>
            <span class="screen-troubles-head">
              <strong>{screen.name}</strong>
              <ScreenBadge state={state} />
            </span>
            {adviceOf(state) !== null && <span class="field-hint">{adviceOf(state)}</span>}
          </li>
        ))}
      </ul>
      {unwell > screens.length && (
        <p class="field-hint">{w.screens.more(unwell - screens.length)}</p>
      )}
      {trouble > 0 && <a href={addressOf({ page: 'screens' })}>{w.today.goToScreens} ›</a>}
    </section>
  );
}
