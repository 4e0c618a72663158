import type { ComponentChildren } from 'preact';

export type BadgeTone = 'grey' | 'green' | 'amber' | 'red' | 'ink';

/** A state in words; the dot's colour repeats it, never replaces it. */
export function Badge({
  tone,
  children,
}: {
  readonly tone: BadgeTone;
  readonly children: ComponentChildren;
}) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
