import { createElement } from 'preact';
import type { IconNode } from 'lucide';

/** A lucide icon; it never carries meaning alone, so assistive technology does not hear it. */
export function Icon({ of, large = false }: { readonly of: IconNode; readonly large?: boolean }) {
  return (
    <svg
      class={large ? 'icon icon-large' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
