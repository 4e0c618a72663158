import { beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from '../../board-server/services/alarm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 10, 27, 4);

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A wall clock of its own, which can be set while time passes. */
function world() {
  const wall = { now: NOON };
  const rung: number[] = [];
  return {
    wall,
    rung,
    alarm: createAlarm(() => wall.now),
    ring: () => void rung.push(wall.now),
    pass(ms: number): void {
      for (let second = 0; second < ms / 1000; second++) {
        wall.now += 1000;
        vi.advanceTimersByTime(1000);
      }
    },
  };
}

test('[CK7] what waits for time to pass comes after that time, however the clock is set', () => {
  const { wall, rung, alarm, ring, pass } = world();
  alarm.after(MINUTE, ring);
  wall.now -= 24 * HOUR;
  pass(MINUTE - 1000);
  expect(rung).toEqual([]);
  pass(1000);
  expect(rung).toEqual([NOON - 24 * HOUR + MINUTE]);
  alarm.after(MINUTE, ring);
  wall.now += 24 * HOUR;
  pass(MINUTE - 1000);
  expect(rung).toHaveLength(1);
});

test('[CK7] what waits for an instant comes at it, and within a minute of a clock that is set beyond it', () => {
  const { wall, rung, alarm, ring, pass } = world();
  alarm.at(NOON + 3 * HOUR, ring);
  pass(3 * HOUR - 1000);
  expect(rung).toEqual([]);
  pass(1000);
  expect(rung).toEqual([NOON + 3 * HOUR]);

  alarm.at(wall.now + 24 * HOUR, ring);
  pass(MINUTE / 2);
  wall.now += 48 * HOUR;
  pass(MINUTE);
  expect(rung).toHaveLength(2);
});

test('[CK7] what waits for an instant comes at it after a clock that is set back, and not before', () => {
  const { wall, rung, alarm, ring, pass } = world();
  alarm.at(NOON + HOUR, ring);
  pass(HOUR - 1000);
  wall.now -= HOUR;
  pass(HOUR);
  expect(rung).toEqual([]);
  pass(1000);
  expect(rung).toEqual([NOON + HOUR]);
});

test('[CK7] what is called off does not come', () => {
  const { rung, alarm, ring, pass } = world();
  const cancels = [alarm.after(MINUTE, ring), alarm.at(NOON + 3 * MINUTE, ring)];
  pass(MINUTE / 2);
  for (const cancel of cancels) cancel();
  pass(HOUR);
  expect(rung).toEqual([]);
});
