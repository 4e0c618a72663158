import type { Touch } from './context.ts';

/**
 * What the whole page listens for: that somebody is there, arrow keys, the browser's own 返回, and on
 * a hall's glass the gestures that would break the page. Gives back how to stop.
 */
export function guard({ visit, layout }: Touch): () => void {
  const stop = new AbortController();
  const on = (
    name: string,
    listener: (event: Event) => void,
    options: AddEventListenerOptions = {},
  ) => {
    window.addEventListener(name, listener, { ...options, signal: stop.signal });
  };
  const active = () => {
    if (visit.phase.peek().state === 'using') visit.active();
  };
  for (const name of ['pointerdown', 'keydown', 'wheel', 'input'])
    on(name, active, { capture: true, passive: true });
  // Scrolling goes on after the finger has left.
  on('scroll', active, { capture: true, passive: true });
  on('keydown', (event) => {
    if (event instanceof KeyboardEvent) key(event);
  });
  for (const name of ['contextmenu', 'dragstart', 'gesturestart']) {
    on(name, (event) => {
      if (layout.peek().isGlass) event.preventDefault();
    });
  }
  on(
    'wheel',
    (event) => {
      if (event instanceof WheelEvent && event.ctrlKey && layout.peek().isGlass)
        event.preventDefault();
    },
    { passive: false },
  );

  // The browser's history never holds a page of anybody: it has this one entry, entered again. Both
  // take a slow box longer than a frame, and the first one is waited for.
  const enter = () => {
    window.history.replaceState(null, '');
    window.history.pushState(null, '');
    on('popstate', () => {
      window.history.pushState(null, '');
      visit.back();
    });
  };
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(enter);
  });

  function key(event: KeyboardEvent): void {
    if (event.key === 'Escape')
      return visit.phase.peek().state === 'warning' ? visit.active() : visit.back();
    const step = STEPS[event.key];
    const from = event.target;
    if (step === undefined || (from instanceof HTMLElement && needsArrows(from, event.key))) return;
    event.preventDefault();
    moveFocus(step);
  }
  return () => {
    cancelAnimationFrame(frame);
    stop.abort();
  };
}

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

function needsArrows(element: HTMLElement, key: string): boolean {
  if (element instanceof HTMLInputElement) return key === 'ArrowLeft' || key === 'ArrowRight';
  return element.classList.contains('scroller') && (key === 'ArrowUp' || key === 'ArrowDown');
}

/** One line through the page, without ends. */
function moveFocus(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]')].filter(
    (element) =>
      element.tabIndex >= 0 && element.closest('[inert]') === null && element.offsetParent !== null,
  );
  const at = stops.findIndex((element) => element === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : -1) : at + step;
  stops.at(next % stops.length)?.focus();
}
