import { render } from 'preact';
import type { Screen } from '../../shared/sync/generation.ts';
import { App } from './App.tsx';
import type { Touch } from './context.ts';
import { createTouch } from './context.ts';
import { guard } from './guards.ts';
import type { Wanted } from './invitation.ts';
import type { TouchPorts } from './ports.ts';

/**
 * Puts the touch page into an element. Gives what it runs on, and how to take it away.
 * @param wanted where somebody comes to at once who is here already
 */
export function mountTouch(
  screen: Screen,
  ports: TouchPorts,
  place: HTMLElement,
  wanted?: Wanted,
): Touch {
  const touch = createTouch(screen, ports, place);
  if (wanted !== undefined) begin(touch, wanted);
  const unguard = guard(touch);
  place.replaceChildren();
  render(<App touch={touch} />, place);
  return {
    ...touch,
    close() {
      render(null, place);
      unguard();
      touch.close();
    },
  };
}

function begin({ visit, glass }: Touch, { page, begunAt }: Wanted): void {
  visit.begin(begunAt);
  // A hall that shows nothing has a home page and no ways.
  const isEmpty = glass.generation.peek() !== undefined && glass.items.peek().length === 0;
  if (page !== 'home' && !isEmpty) visit.go({ page });
}
