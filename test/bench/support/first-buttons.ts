/** When buttons of a page worked, in milliseconds from the navigation. */
export interface FirstButtons {
  /** The first one: what a screen that waits for somebody shows. */
  readonly first: number;
  /** One of the home page behind it, painted; it was pressed when it may be, and led on. */
  readonly behind: number;
}

/** Which of the home page's: a way, or the newest record, which is there once all is. */
export const BEHIND = { way: '#.tile', record: '#.row' } as const;

declare global {
  interface Window {
    firstButtons?: Promise<FirstButtons>;
  }
}

/**
 * Runs in a page before anything of its own, by itself: presses a button as soon as it has been in a
 * painted frame, until the page leaves what the button stood on.
 */
export function watchButtons(): void {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- It goes into the page as it stands.
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- The same.
  const isThere = (button: Element | null): button is HTMLElement =>
    button instanceof HTMLElement && button.offsetWidth * button.offsetHeight > 0;

  async function painted(selector: string): Promise<HTMLElement> {
    for (;;) {
      await frame();
      const button = document.querySelector(selector);
      if (!isThere(button)) continue;
      await frame(); // What was there before this frame is painted.
      return button;
    }
  }

  async function leads(button: HTMLElement): Promise<boolean> {
    button.click();
    for (let frames = 0; frames < ANSWER_FRAMES; frames += 1) {
      if (!button.isConnected) return true;
      await frame();
    }
    return false;
  }

  /** A page that has not left by then did not hear. */
  const ANSWER_FRAMES = 5;

  async function both(): Promise<FirstButtons> {
    let first = Infinity;
    for (let leadsOn = false; !leadsOn;) {
      const button = await painted('.attract-press');
      first = performance.now();
      leadsOn = await leads(button);
    }
    const wanted = `.page-home ${location.hash.slice(1)}`;
    await painted(wanted);
    const behind = performance.now();
    // What comes under a finger is not pressed by the same touch.
    await new Promise((resolve) => void setTimeout(resolve, DEBOUNCE_MS));
    const standing = document.querySelector(wanted);
    if (!isThere(standing) || !(await leads(standing))) throw new Error(`${wanted} leads nowhere`);
    return { first, behind };
  }

  const DEBOUNCE_MS = 310;

  if (location.protocol !== 'about:') window.firstButtons = both();
}
