import type { OutputOf, ScreenView } from '../../shared/protocol/routes.ts';
import type { ScreenState } from '../../shared/protocol/screen-state.ts';
import { isAskedFor, screenState } from '../../shared/protocol/screen-state.ts';
import { Message } from '../parts/Message.tsx';
import { adviceOf, ScreenBadge } from '../screens/ScreenBadge.tsx';
import { may } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { mostUrgentFirst } from './screen-order.ts';

interface Look {
  readonly screen: ScreenView;
  readonly state: ScreenState;
}

/** All green, or every screen that needs a person: since when, and what to do. */
export function ScreensSummary({ attention }: { readonly attention: OutputOf<'screens'> }) {
  const { screens, counts } = attention;
  const w = words.value;
  const looks = screens.map((screen) => ({ screen, state: screenState(screen, now()) }));
  const unwell = counts.all - counts.current;
  const trouble = unwell - counts.behind;
  return (
    <section class="card" aria-labelledby="screens-summary">
      <h2 id="screens-summary">{w.today.screens}</h2>
      {counts.all === 0 && (
        <Message tone="info">
          {w.today.noScreens}
          {may('screen.edit') && <a href={addressOf({ page: 'screens' })}>{w.today.addScreen} ›</a>}
        </Message>
      )}
      {counts.all > 0 && unwell === 0 && (
        <Message tone="good">{w.today.allGreen(counts.all)}</Message>
      )}
      <p class="today-counts">
        {trouble > 0 && <span class="today-trouble">{w.today.trouble(trouble)}</span>}
        {counts.behind > 0 && <span>{w.today.behind(counts.behind)}</span>}
      </p>
      <ul class="screen-troubles">
        {mostUrgentFirst(looks).map((look) => (
          <li key={look.screen.id}>
            <span class="screen-troubles-head">
              <strong>{look.screen.name}</strong>
              <ScreenBadge state={look.state} />
            </span>
            <span class="field-hint">{toDo(look)}</span>
          </li>
        ))}
      </ul>
      {unwell > screens.length && (
        <p class="field-hint">{w.screens.more(unwell - screens.length)}</p>
      )}
      {unwell > 0 && counts.current > 0 && (
        <p class="field-hint">{w.today.othersGreen(counts.current)}</p>
      )}
      {unwell > 0 && <a href={addressOf({ page: 'screens' })}>{w.today.goToScreens} ›</a>}
    </section>
  );
}

/** 从 07:12 起没有消息：先看电源灯，再看网线。 */
function toDo({ screen, state }: Look): string {
  const w = words.value.today;
  if (state.state === 'silent' && screen.lastSeenAt !== null)
    return w.silentSince(say.when(screen.lastSeenAt));
  if (state.state === 'waiting') return w.pairAt;
  if (isAskedFor(screen, now())) return w.askedBeside;
  return adviceOf(state) ?? '';
}
