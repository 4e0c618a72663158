import { render } from 'preact';
import type { Feature } from '../../device/floor.ts';
import type { Trouble } from '../../words/floor.ts';
import { floorEn, floorZh, titleOf, troubleOf } from '../../words/floor.ts';
import '../style/index.css';

/** What keeps the screen from starting, or what the browser lacks. */
export function showBelowFloor(place: HTMLElement, why: Trouble | readonly Feature[]): void {
  place.replaceChildren();
  render(<BelowFloor trouble={typeof why === 'string' ? why : troubleOf(why)} />, place);
}

/** Drawn without a screen, so in both languages and in the browser's own sizes. */
function BelowFloor({ trouble }: { readonly trouble: Trouble }) {
  return (
    <main class="floor">
      <h1>{titleOf(floorZh, trouble)}</h1>
      <p>{floorZh.ask}</p>
      <p>
        {floorZh.staff}
        {floorZh[trouble]}
      </p>
      <p lang="en">
        {titleOf(floorEn, trouble)}. {floorEn[trouble]}
      </p>
    </main>
  );
}
