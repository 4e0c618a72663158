/**
 * [AU8] Whether somebody is at the console. What it reads by itself must not keep an abandoned desk
 * signed in. The same code reads a list for a person and without one, so their hands tell it.
 */
export interface Presence {
  /** From now on notices what a person does there. */
  watch(page: EventTarget): void;
  isThere(): boolean;
}

/** What only a person does. Typing by voice or from a menu of words presses no key. */
const SIGNS = ['pointerdown', 'keydown', 'input', 'wheel', 'hashchange'];

/** As long as between two readings by itself, so that typing all along is noticed at each. */
const THERE_MS = 60_000;

export function createPresence(monotonic: () => number): Presence {
  let didAt = monotonic(); // Somebody has opened the page.
  const does = (): void => {
    didAt = monotonic();
  };
  return {
    watch(page) {
      const options = { capture: true, passive: true };
      for (const sign of SIGNS) page.addEventListener(sign, does, options);
    },
    isThere: () => monotonic() - didAt <= THERE_MS,
  };
}

export const presence = createPresence(() => performance.now());
