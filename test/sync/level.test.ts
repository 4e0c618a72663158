import { beforeEach, expect, test } from 'vitest';
import { coalesce } from '../../shared/sync/coalesce.ts';
import { createGate } from '../../shared/sync/gate.ts';
import type { Device } from '../builders/device.ts';
import { createDevice, START_AT } from '../builders/device.ts';
import type { Hall } from '../builders/hall.ts';
import { createHall, HALL, slotOf } from '../builders/hall.ts';

let hall: Hall;
let device: Device;

beforeEach(async () => {
  hall = await createHall();
  device = createDevice(hall);
  await hall.publish({ items: [await hall.item('water')], at: START_AT });
  await device.start();
});

const titles = () =>
  device
    .screen()
    .generation()
    ?.channels[0]?.touch.map(({ item }) => item.listing.title);
async function publishPower(activateIn = 0): Promise<void> {
  const at = device.trueAt();
  await hall.publish({ items: [await hall.item('power')], at, activateAt: at + activateIn });
}
const moved = (spreadMs: number) => ({
  channel: HALL,
  epoch: 1,
  version: hall.head().version,
  statements: null,
  added: null,
  spreadMs,
});

test('[SY1] a screen asks on connecting, on a hint and every minute', async () => {
  await publishPower();
  device.screen().connected(true);
  await device.idle();
  expect(titles()).toEqual(['power']);
  await hall.publish({ items: [await hall.item('road')], at: device.trueAt() });
  device.screen().moved(moved(0));
  await device.pass(0);
  expect(titles()).toEqual(['road']);
  await hall.publish({ items: [await hall.item('gas')], at: device.trueAt() });
  await device.pass(60_000);
  expect(titles()).toEqual(['gas']);
});

test('[SY8] a hint is followed within its spread, and an urgent one at once', async () => {
  await publishPower();
  device.screen().moved(moved(4000)); // The device's random number is one half.
  await device.pass(1999);
  expect(titles()).toEqual(['water']);
  await device.pass(1);
  expect(titles()).toEqual(['power']);
  await hall.publish({ items: [await hall.item('road')], at: device.trueAt() });
  device.screen().moved(moved(4000));
  device.screen().moved(moved(0));
  await device.pass(0);
  expect(titles()).toEqual(['road']);
});

test('[SY1] a lease that comes by itself is fresh proof without a fetch', async () => {
  await device.pass(30_000);
  const asked = device.line.asked.length;
  device.line.up = false;
  await device.screen().leased({ channel: HALL, lease: await hall.lease(device.trueAt()) });
  expect(device.screen().condition().freshAt[HALL]).toBe(START_AT + 30_000);
  expect(device.line.asked).toHaveLength(asked);
  await device
    .screen()
    .leased({ channel: HALL, lease: await hall.sealAs('head', 'lease', { v: 1 }) });
  expect(device.screen().condition().freshAt[HALL]).toBe(START_AT + 30_000);
});

test('[SY1] a lease for a head not heard of makes the screen ask: its hint was lost', async () => {
  await publishPower();
  await device.screen().leased({ channel: HALL, lease: await hall.lease(device.trueAt()) });
  await device.pass(2000);
  expect(titles()).toEqual(['power']);
});

test('[TR8] a release that has come waits for its moment, and screens flip together', async () => {
  await publishPower(5000);
  await device.screen().ask();
  await device.pass(4999);
  expect(titles()).toEqual(['water']);
  await device.pass(1);
  expect(titles()).toEqual(['power']);
});

test('[SY1] a newer head overtakes a download under way', async () => {
  let asked = 0;
  device.line.object = (_, bytes) => {
    asked += 1;
    return { ok: true, value: bytes };
  };
  const many = await Promise.all(
    Array.from({ length: 300 }, (_, index) => hall.item(`notice-${index}`)),
  );
  await hall.publish({ items: many, at: device.trueAt() });
  const first = device.screen().ask();
  await publishPower();
  await Promise.all([first, device.screen().ask()]);
  expect(titles()).toEqual(['power']);
  expect(asked).toBeLessThan(600);
});

test('[SY4] at most six objects are fetched at once', async () => {
  const many = await Promise.all(
    Array.from({ length: 60 }, (_, index) => hall.item(`notice-${index}`)),
  );
  await hall.publish({ items: many, at: device.trueAt() });
  await device.screen().ask();
  expect(titles()).toHaveLength(60);
  expect(device.line.atOnce.most).toBe(6);
});

test(
  '[RL2] one changed record of 6,000 costs a screen no more than 64 KB',
  { timeout: 60_000 },
  async () => {
    const many = await Promise.all(
      Array.from({ length: 6000 }, (_, index) => hall.item(`notice-${index}`)),
    );
    await hall.publish({ items: many, slots: [slotOf('notice-7')], at: device.trueAt() });
    await device.screen().ask();
    const items = () =>
      (device.screen().generation()?.channels[0]?.touch ?? []).map(({ item }) => item);
    const before = items();
    device.line.bytes = 0;
    const changed = await hall.item('notice-700', { version: 2, title: '改期' });
    await hall.publish({
      items: many.map((item) => (item.item.record === 'notice-700' ? changed : item)),
      slots: [slotOf('notice-7')],
      at: device.trueAt(),
    });
    await device.screen().ask();
    const fresh = items().filter((item) => !before.includes(item));
    expect(fresh.map(({ listing }) => listing.title)).toEqual(['改期']);
    expect(device.line.bytes).toBeLessThan(64 * 1024);
  },
);

test('[SC3] what was painted is told once, with problems and the clock', async () => {
  await device.pass(250);
  const last = device.reports.at(-1);
  expect(last).toEqual({
    v: 1,
    screen: 'touch-1',
    at: START_AT + 250,
    clock: 'confirmed',
    channels: [
      {
        channel: 'hall',
        accepted: { epoch: 1, version: 1 },
        painted: { epoch: 1, version: 1, at: START_AT },
        problem: null,
      },
    ],
    showing: null,
  });
  const told = device.reports.length;
  await device.pass(600_000);
  expect(device.reports).toHaveLength(told);
  device.screen().connected(true);
  expect(device.reports).toHaveLength(told + 1);
});

test('[TK6] a screen whose report is there already tells only what is new since', async () => {
  await device.pass(10_000);
  const told = device.reports.length;
  device.screen().connected(true, true);
  await device.pass(60_000);
  expect(device.reports).toHaveLength(told);
  device.screen().connected(false);
  await publishPower();
  device.screen().connected(true, true);
  await device.idle();
  await device.pass(10_000);
  expect(device.reports.slice(told).map(({ channels }) => channels[0])).toMatchObject([
    { accepted: { version: 2 }, painted: { version: 2 }, problem: null },
  ]);
});

test('[SC3] a publish is one report, when it is painted; a fetch that takes long is told meanwhile', async () => {
  const told = device.reports.length;
  await publishPower();
  await device.screen().ask();
  await device.pass(10_000);
  expect(device.reports.slice(told).map(({ channels }) => channels[0])).toMatchObject([
    { accepted: { version: 2 }, painted: { version: 2 }, problem: null },
  ]);
  device.line.object = () => ({ ok: false, refusal: 'unreachable' });
  await hall.publish({ items: [await hall.item('road')], at: device.trueAt() });
  await device.screen().ask();
  await device.pass(1999);
  expect(device.reports).toHaveLength(told + 1);
  await device.pass(1);
  expect(device.reports.at(-1)?.channels[0]).toMatchObject({
    accepted: { version: 3 },
    painted: { version: 2 },
    problem: 'fetching',
  });
});

test('[SC3] the item in the main zone is told every ten seconds at most', async () => {
  const generation = device.screen().generation();
  if (generation === undefined) throw new Error('no generation');
  await device.pass(20_000);
  const told = device.reports.length;
  for (let second = 0; second < 30; second++) {
    device.screen().painted(generation, `water/${second}`);
    await device.pass(1000);
  }
  expect(device.reports.length - told).toBe(4);
  await device.pass(10_000);
  expect(device.reports.at(-1)?.showing).toBe('water/29');
});

test('[SC2] a page that does not paint what it was given is reported', async () => {
  device.paints = false;
  await device.reboot(1000);
  await publishPower();
  await device.screen().ask();
  await device.pass(31_000);
  expect(device.reports.at(-1)?.channels[0]).toMatchObject({
    painted: null,
    problem: 'not-painting',
  });
  const generation = device.screen().generation();
  if (generation === undefined) throw new Error('no generation');
  device.screen().painted(generation, null);
  expect(device.reports.at(-1)?.channels[0]).toMatchObject({
    painted: { version: 2 },
    problem: null,
  });
});

test('work that is called while it runs runs once more, for all who called', async () => {
  let runs = 0;
  const release: (() => void)[] = [];
  const work = coalesce(async () => {
    runs += 1;
    if (runs === 1) await new Promise<void>((resolve) => release.push(resolve));
  });
  const first = work();
  const others = [work(), work(), work()];
  expect(runs).toBe(1);
  for (const resolve of release) resolve();
  await Promise.all([first, ...others]);
  expect(runs).toBe(2);
});

test('a gate lets its width through at once, also when work fails', async () => {
  const gate = createGate(2);
  let [now, most] = [0, 0];
  const results = await Promise.allSettled(
    Array.from({ length: 7 }, (_, index) =>
      gate(async () => {
        now += 1;
        most = Math.max(most, now);
        await Promise.resolve();
        now -= 1;
        if (index === 3) throw new Error('broken');
        return index;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
});
