import type { IconNode } from 'lucide';
import { createElement } from 'preact';

/** A picture beside its words; it never stands alone, so it is silent. */
export function Icon({ of }: { readonly of: IconNode }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
