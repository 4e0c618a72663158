import { useState } from 'preact/hooks';
import { isAskedFor, screenState } from '../../shared/protocol/screen-state.ts';
import { Badge } from '../parts/Badge.tsx';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';
import { Pairing } from './Pairing.tsx';
import { ScreenBadge, adviceOf } from './ScreenBadge.tsx';
import { deviceName, heardOf, ScreenFacts } from './ScreenFacts.tsx';
import type { ScreenEntry } from './screen-entry.ts';

/** One line of a long list; opened, it has what a card has. */
export function ScreenRow({ screen, root, onChanged, onEdit }: ScreenEntry) {
  const [isOpen, setOpen] = useState(false);
  const state = screenState(screen, now());
  const advice = adviceOf(state);
  const asked = isAskedFor(screen, now());
  return (
    <li class="screen-row">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="screen-line">
          <span class="screen-what">
            <span class="row-title">{screen.name}</span>
            <span class="row-facts">
              {screen.id} · {deviceName(screen)}
            </span>
          </span>
          <span>
            <ScreenBadge state={state} />
            {asked && state.state !== 'waiting' && (
              <Badge tone="amber">{words.value.screens.alsoAsked}</Badge>
            )}
          </span>
          <span class="row-changed">{heardOf(screen)}</span>
        </summary>
        {isOpen && (
          <div class="screen-opened">
            {advice !== null && <p class="screen-advice">{advice}</p>}
            {(state.state !== 'never' || asked) && (
              <Pairing screen={screen} onChanged={onChanged} />
            )}
            <ScreenFacts screen={screen} root={root} onEdit={onEdit} />
          </div>
        )}
      </details>
    </li>
  );
}
