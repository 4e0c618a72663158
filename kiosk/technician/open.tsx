import { render } from 'preact';
import { clocks, timer } from '../device/clocks.ts';
import type { BrowserScreen } from '../device/screen.ts';
import { TechnicianPage } from './TechnicianPage.tsx';
import '../fonts/fonts.css';
import './technician.css';

/** Whoever leaves it open leaves no citizen before it. */
const UNUSED_MS = 3 * 60_000;

let isOpen = false;

/** [SK8] Puts the technician's page over the screen, which plays on beneath it. */
export function openTechnician(screen: BrowserScreen): void {
  if (isOpen) return;
  isOpen = true;
  const dialog = document.createElement('dialog');
  dialog.className = 'technician';
  let cancel: (() => void) | undefined;
  const used = (): void => {
    cancel?.();
    cancel = timer(clocks.monotonic() + UNUSED_MS, () => dialog.close());
  };
  for (const name of ['pointerdown', 'keydown', 'change', 'focusin'])
    dialog.addEventListener(name, used);
  // Arrow keys and Escape are this page's now, not those of the page beneath.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('close', () => {
    cancel?.();
    render(null, dialog);
    dialog.remove();
    isOpen = false;
  });
  document.body.append(dialog);
  render(<TechnicianPage screen={screen} onUsed={used} onClose={() => dialog.close()} />, dialog);
  dialog.showModal();
  used();
}
