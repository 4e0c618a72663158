import { useState } from 'preact/hooks';
import { screenState } from '../../shared/protocol/screen-state.ts';
import { now } from '../time/clock.ts';
import { Pairing } from './Pairing.tsx';
import { ScreenBadge, adviceOf } from './ScreenBadge.tsx';
import { deviceName, heardOf, ScreenFacts } from './ScreenFacts.tsx';
import type { ScreenEntry } from './screen-entry.ts';

/** One line of a long list; opened, it has what a card has. */
export function ScreenRow({ screen, root, onChanged, onEdit }: ScreenEntry) {
  const [isOpen, setOpen] = useState(false);
  const state = screenState(screen, now());
  const advice = adviceOf(state);
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
          <ScreenBadge state={state} />
          <span class="row-changed">{heardOf(screen)}</span>
        </summary>
        {isOpen && (
          <div class="screen-opened">
            {advice !== null && <p class="screen-advice">{advice}</p>}
            {state.state !== 'never' && <Pairing screen={screen} onChanged={onChanged} />}
            <ScreenFacts screen={screen} root={root} onEdit={onEdit} />
          </div>
        )}
      </details>
    </li>
  );
}
