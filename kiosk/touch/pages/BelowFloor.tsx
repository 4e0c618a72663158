import { unreachable } from '../../../shared/kit/assert.ts';
import { floorEn, floorZh } from '../../words/floor.ts';
import type { Feature } from '../../device/floor.ts';
import '../style/index.css';

export type Trouble = 'browser' | 'secure' | 'storage' | 'address' | 'failed';

/** What to tell staff about what the browser lacks: the first lack explains the others. */
export function troubleOf(missing: readonly Feature[]): Trouble {
  const [first] = missing;
  switch (first) {
    case 'secure-context':
      return 'secure';
    case 'local-storage':
      return 'storage';
    case 'web-crypto':
    case 'indexed-db':
    case 'streams':
    case 'web-animations':
      return 'browser';
    case undefined:
      return 'failed';
    default:
      return unreachable(first);
  }
}

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
