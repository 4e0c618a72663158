import { clocks, timer } from './clocks.ts';

/**
 * Shows to whoever watches the browser from outside that this page runs: its title changes every few
 * seconds, by a character that nobody sees. A page that crashed or froze stops doing so.
 */
export function beat(page: Document): void {
  const { title } = page;
  timer(clocks.monotonic() + EVERY_MS, function next() {
    page.title = page.title === title ? `${title}${UNSEEN}` : title;
    timer(clocks.monotonic() + EVERY_MS, next);
  });
}

const EVERY_MS = 5000;
/** Zero width space. */
const UNSEEN = '\u200b';
