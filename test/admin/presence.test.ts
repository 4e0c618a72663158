import { expect, test } from 'vitest';
import { createPresence } from '../../admin/client/presence.ts';

const MINUTE = 60_000;

function consoleWith() {
  const clock = { now: 5000 };
  const page = new EventTarget();
  const presence = createPresence(() => clock.now);
  presence.watch(page);
  return { clock, page, presence };
}

test('[AU8] whoever opened the page is there for a minute', () => {
  const { clock, presence } = consoleWith();
  clock.now += MINUTE;
  expect(presence.isThere()).toBe(true);
  clock.now += 1;
  expect(presence.isThere()).toBe(false);
});

test.each(['pointerdown', 'keydown', 'input', 'wheel', 'hashchange'])(
  '[AU8] a %s says that somebody is there, for a minute',
  (sign) => {
    const { clock, page, presence } = consoleWith();
    clock.now += 60 * MINUTE;
    page.dispatchEvent(new Event(sign));
    expect(presence.isThere()).toBe(true);
    clock.now += MINUTE;
    expect(presence.isThere()).toBe(true);
    clock.now += 1;
    expect(presence.isThere()).toBe(false);
  },
);

test.each(['pointermove', 'focus', 'visibilitychange', 'online'])(
  '[AU8] a %s says nothing of the kind',
  (sign) => {
    const { clock, page, presence } = consoleWith();
    clock.now += 60 * MINUTE;
    page.dispatchEvent(new Event(sign));
    expect(presence.isThere()).toBe(false);
  },
);
