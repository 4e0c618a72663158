import type { ComponentChildren } from 'preact';

/** Room for something wider or longer than the page. It can be focused, so that keys scroll it. */
export function ScrollRoom(props: {
  readonly name: string;
  readonly look: 'table-room' | 'conflict-scroll';
  readonly children: ComponentChildren;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: what scrolls must scroll by keys
    <section class={props.look} aria-label={props.name} tabIndex={0}>
      {props.children}
    </section>
  );
}
