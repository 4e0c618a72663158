import type { Trouble } from '../../words/floor.ts';
import { floorEn, floorZh, titleOf } from '../../words/floor.ts';
import '../style/index.css';

/** Drawn without a screen, so in both languages and in the browser's own sizes. */
export function BelowFloor({ trouble }: { readonly trouble: Trouble }) {
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
