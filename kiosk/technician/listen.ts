import { clocks, timer } from '../device/clocks.ts';
import type { BrowserScreen } from '../device/screen.ts';

/** Nobody holds a finger still for so long by chance. */
const HOLD_MS = 5000;
/** Above anything that is pressed: the head of the page, with how fresh its content is. */
const TOP_EDGE = 0.12;

/**
 * [SK8] The technician's page opens on purpose only: the top edge held for five seconds,
 * Ctrl+Alt+U on a keyboard, or `technician` in the launch address.
 */
export function listenForTechnician(screen: BrowserScreen): void {
  // Fetched when it is wanted, from the shell that this box keeps.
  const open = (): void => void import('./open.tsx').then((page) => page.openTechnician(screen));
  let cancel: (() => void) | undefined;
  addEventListener('pointerdown', ({ clientY }) => {
    cancel?.();
    if (clientY < innerHeight * TOP_EDGE) cancel = timer(clocks.monotonic() + HOLD_MS, open);
  });
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => cancel?.());
  addEventListener('keydown', ({ ctrlKey, altKey, code }) => {
    if (ctrlKey && altKey && code === 'KeyU') open();
  });
  if (new URLSearchParams(location.search).has('technician')) open();
}
