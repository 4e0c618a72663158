import { beforeEach, expect, test } from 'vitest';
import { packObjects, unpackObjects } from '../../shared/protocol/delta.ts';
import { sha256Of } from '../../board-server/trust/digest.ts';
import { present } from '../../shared/kit/assert.ts';
import { toHex, utf8 } from '../../shared/kit/bytes.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Moved } from '../../shared/protocol/screen.ts';
import type { Device } from '../builders/device.ts';
import { createDevice, deltasOf, START_AT } from '../builders/device.ts';
import type { Hall } from '../builders/hall.ts';
import { createHall, HALL } from '../builders/hall.ts';

let hall: Hall;
let device: Device;
/** How often the screen asked for its state. */
let asked: number;

beforeEach(async () => {
  hall = await createHall();
  device = createDevice(hall);
  await publish('water');
  await device.start();
  asked = 0;
  device.line.state = (text) => {
    asked += 1;
    return text;
  };
  device.line.asked.length = 0;
  device.line.delta = (value) => ({ ok: true, value });
});

async function publish(...records: readonly string[]): Promise<void> {
  const items = await Promise.all(records.map((record) => hall.item(record)));
  await hall.publish({ items, at: device.trueAt() });
}

const titles = () =>
  device
    .screen()
    .generation()
    ?.channels[0]?.touch.map(({ item }) => item.listing.title);

async function pushed(
  parts: { readonly head?: string; readonly lease?: string } = {},
): Promise<Moved> {
  const { epoch, version } = hall.head();
  const head = parts.head ?? hall.headText();
  const lease = parts.lease ?? (await hall.lease(device.trueAt()));
  return { channel: HALL, epoch, version, statements: { head, lease }, added: null, spreadMs: 0 };
}

async function follow(message: Moved): Promise<void> {
  device.screen().moved(message);
  await device.pass(0);
}

test('[SY1] a hint that brings head and proof is followed without a question', async () => {
  await publish('water', 'power');
  await follow(await pushed());
  expect(titles()).toEqual(['power', 'water']);
  expect(asked).toBe(0);
  expect(device.screen().condition().freshAt[HALL]).toBe(START_AT);
});

test('[SY1] [TR4] what a hint brings counts by the rules of an answer; otherwise the screen asks', async () => {
  const old = hall.headText();
  await publish('power');
  const wrong = [
    await pushed({ head: old }),
    await pushed({ head: await hall.sealAs('lease', 'head', hall.head()) }),
    await pushed({ head: 'no envelope' }),
    await pushed({ lease: await hall.sealAs('head', 'lease', { v: 1 }) }),
    await pushed({ lease: await hall.lease(device.trueAt(), { expires: START_AT - 1 }) }),
  ];
  device.line.state = () => {
    asked += 1;
    return 'nothing sound either';
  };
  for (const [index, message] of wrong.entries()) {
    await follow(message);
    expect(titles()).toEqual(['water']);
    expect(asked).toBe(index + 1);
  }
  device.line.state = (text) => text;
  await follow({ ...(await pushed()), statements: (await pushed({ head: old })).statements });
  expect(titles()).toEqual(['power']);
});

test('[SY1] a question that is due is asked, whatever a hint brings meanwhile', async () => {
  await publish('power');
  const message = await pushed();
  device.screen().moved({ ...message, spreadMs: 10 });
  await device.screen().ask();
  await device.pass(10);
  expect(titles()).toEqual(['power']);
  expect(asked).toBe(1);
});

test('[SY8] of several hints the newest head is followed, at the earliest moment drawn', async () => {
  await publish('power');
  const first = await pushed();
  await publish('road');
  const second = await pushed();
  device.screen().moved({ ...second, spreadMs: 1000 });
  device.screen().moved({ ...first, spreadMs: 4000 });
  await device.pass(500);
  expect(titles()).toEqual(['road']);
  expect(asked).toBe(0);
});

test('[SY9] a delta brings all that a release adds, in one answer', async () => {
  await publish('water', 'power', 'road');
  await follow(await pushed());
  expect(titles()).toEqual(['power', 'road', 'water']);
  expect(device.line.asked).toEqual([]);
});

test('[SY9] what came with the hint is not asked for', async () => {
  const from = hall.head().release.digest;
  await publish('water', 'power');
  device.line.delta = undefined;
  await follow({ ...(await pushed()), added: await addedTo(from) });
  expect(titles()).toEqual(['power', 'water']);
  expect([asked, device.line.asked]).toEqual([0, []]);
});

test('[SY9] what came with a hint counts by its digests, and from the release that is held', async () => {
  const first = hall.head().release.digest;
  await publish('water', 'power');
  const second = hall.head().release.digest;
  await publish('road');
  const sound = present(await addedTo(second), 'a delta');
  for (const added of [
    sound, // Not from the release that the screen holds.
    { from: first, objects: ['{"v":1}', '', '\ud800'] },
    { from: first, objects: sound.objects },
  ]) {
    const other = createDevice(hall);
    other.line.delta = device.line.delta;
    await other.start();
    expect(other.screen().generation()?.channels[0]?.touch).toHaveLength(1);
    other.line.asked.length = 0;
    await publish('road', 'power');
    other.screen().moved({ ...(await pushed()), added });
    await other.pass(0);
    expect(other.screen().generation()?.channels[0]?.touch).toHaveLength(2);
    await publish('road');
  }
});

const addedTo = (from: Sha256) =>
  deltasOf(hall).pushed({ from, to: hall.head().release.digest, sections: ['touch', 'search'] });

test('[SY9] a delta is what would have been fetched one by one, and nothing else', async () => {
  const other = createDevice(hall);
  await other.start();
  other.line.asked.length = 0;
  const brought: string[] = [];
  device.line.delta = (pack) => {
    brought.push(...(unpackObjects(pack) ?? []).map(sha256Of));
    return { ok: true, value: pack };
  };
  const many = Array.from({ length: 400 }, (_, index) => `notice-${index}`);
  await publish(...many);
  await follow(await pushed());
  await other.screen().ask();
  brought.length = other.line.asked.length = 0;
  await publish(...many.filter((name) => name !== 'notice-7'), 'power');
  await follow(await pushed());
  await other.screen().ask();
  expect(brought.toSorted()).toEqual(other.line.asked.toSorted());
  expect(brought.length).toBeLessThan(20);
});

test('[SY9] what a delta lacks, cuts off or forges is fetched by its digest', async () => {
  const damages: readonly ((pack: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>)[] = [
    (pack) => pack.slice(0, -1),
    (pack) => pack.slice(0, 3),
    () => new Uint8Array(),
    () => packObjects([utf8('{"v":1}'), utf8('anything')]),
    (pack) => pack.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
    (pack) => packObjects((unpackObjects(pack) ?? []).slice(1)),
    () => new Uint8Array(5 * 1024 * 1024),
  ];
  for (const [index, damage] of damages.entries()) {
    device.line.delta = (pack) => ({ ok: true, value: damage(pack) });
    device.line.asked.length = 0;
    await publish('water', `power-${index}`);
    await follow(await pushed());
    expect(titles(), String(damage)).toEqual([`power-${index}`, 'water']);
    expect(device.line.asked.length, String(damage)).toBeGreaterThan(0);
  }
});

test('[SY9] nothing that a delta brings is kept unless a release names it', async () => {
  const stranger = utf8('{"nobody":"asked for this"}');
  device.line.delta = (pack) => ({
    ok: true,
    value: packObjects([stranger, ...(unpackObjects(pack) ?? [])]),
  });
  await publish('water', 'power');
  await follow(await pushed());
  expect(titles()).toEqual(['power', 'water']);
  const kept = [...device.disk.objects.values()].map(toHex);
  expect(kept).not.toContain(toHex(stranger));
});

test('[SY9] a pack is each object behind its length, four bytes, big-endian', () => {
  const pack = packObjects([utf8('a'), utf8(''), utf8('bc')]);
  expect(toHex(pack)).toBe('000000016100000000000000026263');
  expect(unpackObjects(pack)?.map(toHex)).toEqual(['61', '', '6263']);
  expect(unpackObjects(pack.slice(0, -1))).toBeUndefined();
  expect(unpackObjects(Uint8Array.of(0, 0))).toBeUndefined();
});
