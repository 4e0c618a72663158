import { unreachable } from '../../../shared/kit/assert.ts';
import { touchEn } from '../../words/touch-en.ts';
import { touchZh } from '../../words/touch-zh.ts';
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
      <h1>{touchZh.floor.title}</h1>
      <p>{touchZh.desk.none}</p>
      <p>
        {touchZh.floor.staff}
        {touchZh.floor[trouble]}
      </p>
      <p lang="en">
        {touchEn.floor.title}. {touchEn.floor[trouble]}
      </p>
    </main>
  );
}
