import { afterEach } from 'vitest';
import { page } from 'vitest/browser';
// oxlint-disable-next-line import/default -- Vite makes this module.
import searchWorkerUrl from '../../kiosk/touch/search/worker.ts?worker&url';
import { mountTouch } from '../../kiosk/touch/mount.tsx';
import type { Touch } from '../../kiosk/touch/context.ts';
import { present } from '../../shared/kit/assert.ts';
import { demonstration } from '../builders/touch-content.ts';
import type { Holding, TouchScreen } from '../builders/touch-screen.ts';
import { touchScreen } from '../builders/touch-screen.ts';

/** The touch page in the browser, on a glass of 32 inches upright, with the demonstration's records. */
export interface Stage {
  readonly screen: TouchScreen;
  readonly touch: Touch;
  readonly place: HTMLElement;
  readonly holdings: readonly Holding[];
}

export const MM = Math.hypot(1080, 1920) / (32 * 25.4);

let open: Stage | undefined;
afterEach(() => {
  open?.touch.close();
  open?.place.remove();
  open = undefined;
});

export async function stage({
  records,
  width = 1080,
  height = 1920,
}: { records?: readonly Holding[]; width?: number; height?: number } = {}): Promise<Stage> {
  await page.viewport(width, height);
  const holdings = records ?? (await demonstration());
  const screen = touchScreen(() => new Worker(searchWorkerUrl, { type: 'module' }));
  screen.hold(holdings);
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  const touch = mountTouch(screen, screen.ports, place);
  open = { screen, touch, place, holdings };
  await frames();
  return open;
}

/** Past the layout and its observers. */
export async function frames(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

/** The button that says this, pressed as a finger or a key does, once nothing is debounced. */
export async function pressOn({ screen, place }: Stage, text: string): Promise<void> {
  screen.pass(400);
  await frames();
  buttonOf(place, text).click();
  await frames();
}

export function buttonOf(place: HTMLElement, text: string): HTMLButtonElement {
  const buttons = [...place.querySelectorAll('button')].filter(
    (button) => button.closest('[inert]') === null,
  );
  const exact = buttons.find((button) => button.innerText.trim() === text);
  return present(
    exact ?? buttons.find((button) => button.innerText.includes(text)),
    `button ${text}`,
  );
}

export async function begin(on: Stage): Promise<void> {
  await pressOn(on, '触摸屏幕开始');
}

/** Opens a record's page without walking there. */
export async function openRecord(
  { touch, screen, holdings }: Stage,
  record: string,
): Promise<void> {
  const { item } = present(
    holdings.find((holding) => holding.item.record === record),
    record,
  );
  screen.pass(400);
  touch.visit.go({
    page: 'document',
    record: item.record,
    opened: { version: item.version, title: item.listing.title, latestAt: item.latestAt },
  });
  await frames();
  await frames();
}
