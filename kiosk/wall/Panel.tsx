import { useCallback } from 'preact/hooks';
import type { HallScreen } from './hall-screens.ts';
import { lineOf } from './line.ts';
import { shiftedHash } from './time-shift.ts';
import { frameStands, heard, power } from './wall-state.ts';
import { words } from './words.ts';

/** One screen on its glass, and below it how it is. */
export function Panel({ screen }: { readonly screen: HallScreen }) {
  const { label, page, screen: name } = screen;
  const hasPower = power.value === 'on';
  const line = lineOf(hasPower ? (heard.value.get(name) ?? { state: 'starting' }) : 'no-power');
  return (
    <figure class={`panel panel-${name}`}>
      <div class="glass">
        {hasPower ? <Frame screen={screen} /> : <p class="dark">{words.noPower}</p>}
      </div>
      <figcaption>
        <p class="name">
          {label} <a href={`/${page}/?screen=${name}`}>{words.openAlone}</a>
        </p>
        <p class={`line line-${line.tone}`}>{line.text}</p>
      </figcaption>
    </figure>
  );
}

function Frame({ screen: { label, page, screen } }: { readonly screen: HallScreen }) {
  // One and the same function, or each word from the frame would put it out and in again.
  const stands = useCallback(
    (element: HTMLIFrameElement | null) => {
      if (element !== null && element.src === '')
        element.src = `/wall/${page}.html?screen=${screen}${page === 'board' ? shiftedHash() : ''}`;
      frameStands(screen, element);
    },
    [page, screen],
  );
  return <iframe title={label} ref={stands} />;
}
