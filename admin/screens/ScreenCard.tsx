import { isAskedFor, screenState } from '../../shared/protocol/screen-state.ts';
import { now } from '../time/clock.ts';
import { words } from '../words/words.ts';
import { Pairing } from './Pairing.tsx';
import { ScreenBadge, adviceOf } from './ScreenBadge.tsx';
import { deviceName, heardOf, ScreenFacts } from './ScreenFacts.tsx';
import { ScreenPicture } from './ScreenPicture.tsx';
import type { ScreenEntry } from './screen-entry.ts';

/** A screen with its picture, where there are few enough to hang side by side. */
export function ScreenCard({ screen, root, onChanged, onEdit }: ScreenEntry) {
  const state = screenState(screen, now());
  const advice = adviceOf(state);
  const w = words.value.screens;
  return (
    <li class="screen card">
      <ScreenPicture screen={screen} />
      <div class="screen-head">
        <h2>{screen.name}</h2>
        <ScreenBadge state={state} />
      </div>
      <p class="screen-facts">
        <span>{deviceName(screen)}</span>
        <span>{heardOf(screen)}</span>
      </p>
      {advice !== null && <p class="screen-advice">{advice}</p>}
      {(state.state !== 'never' || isAskedFor(screen, now())) && (
        <Pairing screen={screen} onChanged={onChanged} />
      )}
      <details class="screen-more" open={state.state === 'never'}>
        <summary>{w.details}</summary>
        <div>
          <ScreenFacts screen={screen} root={root} onEdit={onEdit} />
        </div>
      </details>
    </li>
  );
}
