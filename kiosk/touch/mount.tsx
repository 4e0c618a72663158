import { render } from 'preact';
import type { Screen } from '../../shared/sync/generation.ts';
import { App } from './App.tsx';
import type { Touch } from './context.ts';
import { createTouch } from './context.ts';
import { guard } from './guards.ts';
import type { TouchPorts } from './ports.ts';

/**
 * Puts the touch page into an element. Gives what it runs on, and how to take it away.
 * @param isBegun somebody is here already, who comes to the home page at once
 */
export function mountTouch(
  screen: Screen,
  ports: TouchPorts,
  place: HTMLElement,
  isBegun = false,
): Touch {
  const touch = createTouch(screen, ports, place);
  if (isBegun) touch.visit.begin();
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
