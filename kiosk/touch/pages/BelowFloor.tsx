import type { Trouble } from '../../words/floor.ts';
import { floorEn, floorZh } from '../../words/floor.ts';
import '../style/index.css';

/** Drawn without a screen, so in both languages and in the browser's own sizes. */
export function BelowFloor({ trouble }: { readonly trouble: Trouble }) {
  return (
    <main class="floor">
      <h1>{floorZh.title}</h1>
      <p>{floorZh.ask}</p>
      <p>
        {floorZh.staff}
        {floorZh[trouble]}
      </p>
      <p lang="en">
        {floorEn.title}. {floorEn[trouble]}
      </p>
    </main>
  );
}
