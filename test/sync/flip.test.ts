import { expect, test } from 'vitest';
import { createDevice, START_AT } from '../builders/device.ts';
import { createHall, slotOf } from '../builders/hall.ts';

test('[SY2] a screen flips to a complete, verified release', async () => {
  const hall = await createHall();
  const water = await hall.item('water', { title: '停水公告' });
  await hall.publish({ items: [water], slots: [slotOf('water')], at: START_AT });
  const device = createDevice(hall);
  const screen = await device.start();
  expect(screen.condition().problems).toEqual({ hall: null });
  expect(screen.generation()?.channels[0]?.touch.map(({ item }) => item.listing.title)).toEqual([
    '停水公告',
  ]);
  expect(screen.generation()?.channels[0]?.board.map(({ entry }) => entry.key)).toEqual([
    'slot-water',
  ]);
});
