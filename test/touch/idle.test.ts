import { describe, expect, it } from 'vitest';
import { cardAt, idleAt, limitMs } from '../../kiosk/touch/model/idle.ts';

describe('idling', () => {
  it('[SC7] lists and details wait 60 s, large type 120 s', () => {
    expect(limitMs('standard')).toBe(60_000);
    expect(limitMs('large')).toBe(120_000);
    expect(limitMs('largest')).toBe(120_000);
  });

  it('[SC7] the warning counts 30 whole seconds down, each for a second, and then it is over', () => {
    expect(idleAt(1000, 60_000, 60_999)).toEqual({
      value: { state: 'using' },
      since: 1000,
      until: 61_000,
    });
    let m = 61_000;
    for (let left = 30; left > 0; left--) {
      const { value, until } = idleAt(1000, 60_000, m);
      expect(value).toEqual({ state: 'warning', secondsLeft: left });
      expect(until - m).toBe(1000);
      m = until;
    }
    expect(idleAt(1000, 60_000, m).value).toEqual({ state: 'over' });
  });

  it('[SC7] a card that invites stands eight seconds, and the first follows the last', () => {
    expect(cardAt(500, 3, 500)).toEqual({ value: 0, since: 500, until: 8500 });
    expect(cardAt(500, 3, 8500).value).toBe(1);
    expect(cardAt(500, 3, 24_499).value).toBe(2);
    expect(cardAt(500, 3, 24_500).value).toBe(0);
  });
});
