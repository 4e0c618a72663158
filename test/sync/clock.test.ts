import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { playback } from '../../shared/domain/playback.ts';
import { layersOf } from '../../shared/domain/layers.ts';
import type { Clock } from '../../shared/sync/clock.ts';
import { confirmClock, provedAt, startClock, trustedAt } from '../../shared/sync/clock.ts';
import type { Device } from '../builders/device.ts';
import { createDevice, START_AT } from '../builders/device.ts';
import type { Hall } from '../builders/hall.ts';
import { createHall, HALL, LED, slotOf } from '../builders/hall.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const YEAR = 365 * DAY;

/** A screen with a notice that ends after two hours and a document that never does. */
let hall: Hall;
let device: Device;
const END = START_AT + 2 * HOUR;

beforeEach(async () => {
  hall = await createHall();
  const notice = await hall.item('notice', { latestAt: END });
  const document = await hall.item('document');
  await hall.publish({
    items: [notice, document],
    slots: [slotOf('notice'), slotOf('document')],
    at: START_AT,
  });
  device = createDevice(hall);
  await device.start();
  await device.pass(10 * MINUTE);
});

const now = () => device.screen().now();
const state = () => device.screen().condition().clock;

/** Records that may be on the glass now, by playback and nothing else. */
function onGlass(): string[] {
  const { generation, condition } = device.screen();
  const layers = layersOf(generation()?.channels ?? [], condition(), LED);
  const seen = new Set<string>();
  for (let t = now(); t < now() + 20 * SECOND;) {
    const { value, until } = playback(layers, t);
    if (value.kind === 'page') seen.add(value.record);
    if (until > now() + 20 * SECOND || !Number.isFinite(until)) break;
    t = until;
  }
  return [...seen].sort();
}

function offline(): void {
  device.line.up = false;
}

const WRONG_CLOCKS = [
  ['3 h behind', -3 * HOUR],
  ['3 h ahead', 3 * HOUR],
  ['in 1970', -START_AT],
  ['20 years ahead', 20 * YEAR],
] as const;

describe('while the page lives', () => {
  test.each(WRONG_CLOCKS)(
    '[CK1] a device clock that jumps %s changes nothing',
    async (_, error) => {
      for (const up of [true, false]) {
        device.line.up = up;
        device.setWall(error);
        await device.pass(5 * MINUTE);
        expect([now(), state()]).toEqual([device.trueAt(), 'confirmed']);
        expect(onGlass()).toEqual(['document', 'notice']);
        device.setWall(0);
      }
    },
  );

  test('[SC9] a notice ends to the second with the server dead', async () => {
    offline();
    await device.pass(END - device.trueAt() - 1);
    expect(onGlass()).toContain('notice');
    await device.pass(1);
    expect(onGlass()).toEqual(['document']);
  });
});

describe('after a reload online', () => {
  test.each(WRONG_CLOCKS)(
    '[CK1] a device clock %s is put right by the first lease',
    async (_, error) => {
      device.setWall(error);
      await device.reboot(MINUTE);
      expect([now(), state()]).toEqual([device.trueAt(), 'confirmed']);
      expect(onGlass()).toContain('notice');
    },
  );
});

describe('after a reload offline', () => {
  test('[CK3] a clock that fits the floor is used, and said to be unconfirmed', async () => {
    offline();
    await device.reboot(30 * MINUTE);
    expect([now(), state()]).toEqual([device.trueAt(), 'unconfirmed']);
    await device.pass(END - device.trueAt() - 1);
    expect(onGlass()).toContain('notice');
    await device.pass(1);
    expect(onGlass()).toEqual(['document']);
  });

  test('[CK3] 3 h behind: time stands at the floor and goes on from there', async () => {
    offline();
    device.setWall(-3 * HOUR);
    const floor = now();
    await device.reboot(30 * MINUTE);
    expect([now(), state()]).toEqual([floor, 'unconfirmed']);
    await device.pass(MINUTE);
    expect(now()).toBe(floor + MINUTE);
    expect(onGlass()).toContain('notice');
  });

  test('[CK3] 3 h ahead: the notice is taken to be over', async () => {
    offline();
    device.setWall(3 * HOUR);
    await device.reboot(MINUTE);
    expect([now(), state()]).toEqual([device.trueAt() + 3 * HOUR, 'unconfirmed']);
    expect(onGlass()).toEqual(['document']);
  });

  test.each([WRONG_CLOCKS[2], WRONG_CLOCKS[3]])(
    '[CK4] a clock %s is lost: what ends within 30 days is withdrawn',
    async (_, error) => {
      offline();
      device.setWall(error);
      const floor = now();
      await device.reboot(MINUTE);
      expect([now(), state()]).toEqual([floor, 'lost']);
      expect(device.screen().condition().problems[HALL]).toBe('clock-lost');
      expect(onGlass()).toEqual(['document']);
      device.line.up = true;
      await device.screen().ask();
      expect(onGlass()).toEqual(['document', 'notice']);
    },
  );

  test('[CK4] after 72 unconfirmed powered hours, over restarts, what ends within 30 days is withdrawn', async () => {
    const [near, far] = [
      await hall.item('near', { latestAt: START_AT + 20 * DAY }),
      await hall.item('far', { latestAt: START_AT + 60 * DAY }),
    ];
    await hall.publish({
      items: [near, far],
      slots: [slotOf('near'), slotOf('far')],
      at: device.trueAt(),
    });
    await device.screen().ask();
    offline();
    await device.reboot(HOUR);
    await device.pass(40 * HOUR);
    await device.reboot(30 * HOUR);
    await device.pass(31 * HOUR);
    expect(onGlass()).toEqual(['far', 'near']);
    await device.pass(2 * HOUR);
    expect(state()).toBe('unconfirmed');
    expect(onGlass()).toEqual(['far']);
    device.line.up = true;
    await device.screen().ask();
    expect(onGlass()).toEqual(['far', 'near']);
  });

  test('[CK2] power lost just after an end, and a dead clock, do not bring back what is over', async () => {
    offline();
    await device.pass(END - device.trueAt());
    device.setWall({ at: 0 });
    await device.reboot(5 * SECOND);
    expect(state()).toBe('lost');
    expect(now()).toBeGreaterThanOrEqual(END);
    expect(onGlass()).toEqual(['document']);
  });

  test('[CK2] the floor is kept each minute, in both notebooks', async () => {
    offline();
    await device.pass(30 * MINUTE + 59 * SECOND);
    device.disk.first.delete('clock');
    device.setWall({ at: 0 });
    const before = now();
    await device.reboot(0);
    expect(before - now()).toBeLessThanOrEqual(MINUTE);
  });

  test('[CK5] what an unconfirmed clock saw end never comes back: clock set right, reload, lease', async () => {
    offline();
    device.setWall(3 * HOUR);
    await device.reboot(MINUTE);
    expect(onGlass()).toEqual(['document']);
    await device.pass(MINUTE);
    device.setWall(0);
    await device.reboot(MINUTE);
    expect(onGlass()).toEqual(['document']);
    device.line.up = true;
    await device.screen().ask();
    expect([now(), state()]).toEqual([device.trueAt(), 'confirmed']);
    expect(onGlass()).toEqual(['document']);
    await device.reboot(MINUTE);
    expect(onGlass()).toEqual(['document']);
  });

  test('[CK5] a notice that is approved again after a wrong clock shows: it is another version', async () => {
    offline();
    device.setWall(3 * HOUR);
    await device.reboot(MINUTE);
    device.line.up = true;
    const again = await hall.item('notice', { latestAt: END, version: 2 });
    await hall.publish({ items: [again], slots: [slotOf('notice')], at: device.trueAt() });
    await device.screen().ask();
    expect(onGlass()).toEqual(['notice']);
  });

  test('[PB10] proof outlives a reload: what may not be stale leaves at its limit, and not before', async () => {
    const [short, long] = [
      await hall.item('short', { maxStaleSeconds: 3600 }),
      await hall.item('long', { maxStaleSeconds: null }),
    ];
    await hall.publish({
      items: [short, long],
      slots: [slotOf('short'), slotOf('long')],
      at: device.trueAt(),
    });
    await device.screen().ask();
    const provenAt = device.trueAt();
    offline();
    await device.reboot(MINUTE);
    expect(device.screen().condition().freshAt[HALL]).toBe(provenAt);
    await device.pass(provenAt + HOUR - device.trueAt() - 21 * SECOND);
    expect(onGlass()).toEqual(['long', 'short']);
    await device.pass(21 * SECOND);
    expect(onGlass()).toEqual(['long']);
  });
});

test('[TR6] a box that slept takes the next lease, because its own clock explains it', async () => {
  // Monotonic time stood still for nine hours; nothing but the wall clock noticed.
  device.setWall(9 * HOUR);
  device.line.parts = { lease: await hall.lease(device.trueAt() + 9 * HOUR) };
  await device.screen().ask();
  expect(device.screen().condition().problems[HALL]).toBeNull();
  expect(now()).toBe(device.trueAt() + 9 * HOUR);
});

test('[CK1] delayed leases never set the clock back, and drift is taken out within the hour', () => {
  let clock: Clock = startClock(undefined, 0, 0);
  clock = confirmClock(clock, START_AT, 0, 0);
  clock = confirmClock(clock, START_AT + 50_000, 0, 60_000); // ten seconds late
  expect(trustedAt(clock, 60_000)).toBe(START_AT + 60_000);
  // A monotonic clock that runs one second in a minute fast.
  for (let minute = 1; minute <= 200; minute++)
    clock = confirmClock(clock, START_AT + minute * 60_000, 0, minute * 61_000);
  expect(trustedAt(clock, 200 * 61_000) - (START_AT + 200 * 60_000)).toBeLessThanOrEqual(60_000);
});

test('[CK2] whatever leases and restarts come, trusted time is never below what was proved', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(2 * DAY) }),
    fc.record({ kind: fc.constant('lease' as const), lateMs: fc.nat(MINUTE) }),
    fc.record({
      kind: fc.constant('restart' as const),
      error: fc.integer({ min: -40 * YEAR, max: 40 * YEAR }),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let [truth, m, error] = [START_AT, 0, 0];
      let clock = confirmClock(startClock(undefined, truth, m), truth, truth, m);
      let proved = truth;
      let seq = 0;
      for (const step of events) {
        if (step.kind === 'pass') [truth, m] = [truth + step.ms, m + step.ms];
        if (step.kind === 'lease')
          clock = confirmClock(
            clock,
            Math.max(truth - step.lateMs, provedAt(clock, m)),
            truth + error,
            m,
          );
        if (step.kind === 'restart') {
          const record = {
            seq: seq++,
            floor: trustedAt(clock, m),
            proved: provedAt(clock, m),
            offset: clock.offset,
            unconfirmedMs: 0,
            ended: [],
          };
          error = step.error;
          m = 0;
          clock = startClock(record, truth + error, m);
        }
        expect(trustedAt(clock, m)).toBeGreaterThanOrEqual(provedAt(clock, m));
        expect(provedAt(clock, m)).toBeGreaterThanOrEqual(proved);
        expect(provedAt(clock, m)).toBeLessThanOrEqual(truth);
        proved = provedAt(clock, m);
      }
    }),
    { seed: 20_260_917 },
  );
});

test('[CK6] a page that started with a lease twenty minutes old follows the hall once it signs again', async () => {
  // A hall whose clock is in doubt signs nothing, and hands out the last lease it has.
  const old = await hall.lease(device.trueAt());
  device.line.parts = { lease: old };
  device.setWall({ at: 0 });
  await device.reboot(20 * MINUTE);
  await device.pass(5 * MINUTE);
  expect(state()).toBe('confirmed');
  expect(device.trueAt() - now()).toBe(20 * MINUTE);
  device.line.parts = {};
  await device.pass(MINUTE);
  expect(device.trueAt() - now()).toBe(0);
  expect(device.screen().condition().problems[HALL]).toBeNull();
  // From then on the clock is known well, and a jump is refused.
  await device.pass(MINUTE);
  device.line.parts = { lease: await hall.lease(device.trueAt() + HOUR) };
  await device.pass(MINUTE);
  expect(device.trueAt() - now()).toBe(0);
  expect(device.screen().condition().problems[HALL]).toBe('bad-statement');
});
