import { beforeEach, describe, expect, test } from 'vitest';
import { layersOf } from '../../shared/domain/layers.ts';
import { playback } from '../../shared/domain/playback.ts';
import { concat, utf8 } from '../../shared/kit/bytes.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { StickTable } from '../../shared/protocol/stick.ts';
import { stickHead } from '../../shared/protocol/stick.ts';
import { openStick, takeStick } from '../../shared/sync/stick.ts';
import type { StickFile } from '../../shared/sync/stick.ts';
import type { Device } from '../builders/device.ts';
import { createDevice, START_AT } from '../builders/device.ts';
import type { Hall } from '../builders/hall.ts';
import { createHall, HALL, LED, slotOf, TOUCH } from '../builders/hall.ts';
import { exportStick, memoryStick, opened } from '../builders/stick.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** A screen that holds version 1, then loses its line; the hall goes on without it. */
let hall: Hall;
let device: Device;

beforeEach(async () => {
  hall = await createHall();
  await hall.publish({ items: [await hall.item('first')], slots: [slotOf('first')], at: START_AT });
  device = createDevice(hall);
  await device.start();
  await device.pass(MINUTE);
  device.line.up = false;
});

async function publish(record: string, parts: Parameters<Hall['item']>[1] = {}): Promise<void> {
  const items = [await hall.item(record, parts)];
  await hall.publish({ items, slots: [slotOf(record)], at: device.trueAt() });
}

async function take(file: StickFile): Promise<string> {
  const stick = await openStick(file);
  if (!stick.ok) return stick.refusal;
  const taken = await takeStick(stick.value, device.screen());
  await device.idle();
  return taken.ok ? taken.value : taken.refusal;
}

const exported = () => exportStick(hall, { at: device.trueAt() });
const records = () =>
  (device.screen().generation()?.channels ?? []).flatMap(({ touch }) =>
    touch.map(({ item }) => item.record),
  );
const condition = () => device.screen().condition();

/** Records that a board plays now. */
function onGlass(): string[] {
  const { generation } = device.screen();
  const scene = playback(layersOf(generation()?.channels ?? [], condition(), LED), now()).value;
  return scene.kind === 'page' ? [scene.record] : [];
}
const now = () => device.screen().now();
const isCarried = () => condition().freshAt[HALL] === condition().carriedAt;

describe('what a screen takes', () => {
  test('[SK3] a newer stick is shown, every byte of it verified, without the line', async () => {
    await publish('second');
    const stick = await exported();
    expect(await take(stick)).toBe('shown');
    expect(records()).toEqual(['second']);
    await device.pass(250);
    expect(device.reports.at(-1)?.channels).toMatchObject([
      { accepted: { epoch: 1, version: 2 }, painted: { epoch: 1, version: 2 }, problem: null },
    ]);
    expect(await take(stick)).toBe('same');
    expect(condition().problems[HALL] ?? null).toBeNull();
  });

  test('[SK3] a screen that never had a line fills from the stick and plays after a restart', async () => {
    device = createDevice(hall);
    device.line.up = false;
    await device.start();
    expect(records()).toEqual([]);
    expect(await take(await exported())).toBe('shown');
    expect(onGlass()).toEqual(['first']);
    await device.reboot(HOUR);
    expect([records(), onGlass()]).toEqual([['first'], ['first']]);
  });

  test('[SK3] older than what the screen has is refused, and what it has stays', async () => {
    const old = await exported();
    await publish('second');
    expect(await take(await exported())).toBe('shown');
    expect(await take(old)).toBe('rollback');
    expect([records(), condition().problems[HALL] ?? null]).toEqual([['second'], null]);
    await device.reboot(MINUTE);
    expect(await take(old)).toBe('rollback');
  });

  test('[SK3] the same order with other bytes is refused', async () => {
    const head = hall.head();
    const other = await hall.sealAs('head', 'head', { ...head, activateAt: head.activateAt - 1 });
    const state = await hall.state(device.trueAt(), { head: other });
    expect(await take(await exportStick(hall, { at: START_AT, state }))).toBe('conflict');
    expect(records()).toEqual(['first']);
  });

  test('[SK3] [TR3] the stick of another hall is refused', async () => {
    const foreign = await createHall('foreign');
    await foreign.publish({ items: [await foreign.item('foreign')], at: START_AT });
    expect(await take(await exportStick(foreign, { at: device.trueAt() }))).toBe('other-hall');
    expect(records()).toEqual(['first']);
  });

  test('[SK3] [TR9] the stick of another screen is refused, also under this one’s name', async () => {
    const screen = id(isScreenId, 'touch-2');
    const lineup = await hall.lineup({ screen });
    const state = await hall.state(device.trueAt(), { lineup });
    expect(await take(await exportStick(hall, { at: START_AT, screen, state }))).toBe(
      'other-screen',
    );
    expect(await take(await exportStick(hall, { at: START_AT, state }))).toBe('bad-statement');
  });

  test('[SK3] a statement nobody of the hall signed is refused', async () => {
    await publish('second');
    const forged = await hall.sealAs('approve', 'head', hall.head());
    const state = await hall.state(device.trueAt(), { head: forged });
    expect(await take(await exportStick(hall, { at: START_AT, state }))).toBe('unsigned');
    expect(records()).toEqual(['first']);
  });

  test('[SK3] statements of another protocol version are said to be that', async () => {
    const state = (await hall.state(device.trueAt())).replace(/^\{"v":\d+/, '{"v":1000');
    expect(await take(await exportStick(hall, { at: START_AT, state }))).toBe('other-version');
  });

  test('[SK3] one flipped bit in an object: nothing of it is shown; a sound copy heals', async () => {
    await publish('second');
    const stick = await exported();
    const flipped = stick.content.slice();
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    expect(await take(memoryStick(flipped))).toBe('bad-object');
    expect(records()).toEqual(['first']);
    expect(await take(stick)).toBe('shown');
  });

  test('[SK3] objects that the stick lacks keep it from being shown', async () => {
    await publish('second');
    const [first] = hall.objects;
    const some = new Map(first === undefined ? [] : [first]);
    expect(await take(await exportStick(hall, { at: device.trueAt(), objects: some }))).toBe(
      'missing-object',
    );
    expect(records()).toEqual(['first']);
  });

  test('[SK3] pulled out while it is read: the old version plays on, the next try goes on', async () => {
    await publish('second');
    const stick = await exported();
    const { upstream, ...rest } = await opened(stick);
    const pulling = {
      ...rest,
      upstream: {
        ...upstream,
        object: (...asked: Parameters<typeof upstream.object>) => {
          stick.pulled = stick.reads.length > 3;
          return upstream.object(...asked);
        },
      },
    };
    const taken = await takeStick(pulling, device.screen());
    expect(taken).toMatchObject({ ok: false, refusal: 'fetching' });
    expect(records()).toEqual(['first']);
    stick.pulled = false;
    expect(await take(stick)).toBe('shown');
  });

  test('[SK3] [SY6] with no room it is refused, and what is shown stays', async () => {
    await device.pass(2 * MINUTE);
    await publish('second', { body: 'x'.repeat(400) });
    const held = [...device.disk.objects.values()].reduce((sum, { length }) => sum + length, 0);
    device.disk.capacity = held + 100;
    expect(await take(await exported())).toBe('no-space');
    expect(records()).toEqual(['first']);
    device.disk.capacity = Infinity;
    await device.pass(11 * MINUTE);
    expect(records()).toEqual(['first']);
    expect(await take(await exported())).toBe('shown');
  });

  test('[SK3] [TR8] what is to activate in half a minute is stored now and shown then', async () => {
    const items = [await hall.item('second')];
    const activateAt = device.trueAt() + 30_000;
    await hall.publish({ items, slots: [slotOf('second')], at: device.trueAt(), activateAt });
    const stick = await exported();
    expect(await take(stick)).toBe('soon');
    expect(records()).toEqual(['first']);
    stick.pulled = true;
    await device.pass(30_000);
    expect(records()).toEqual(['second']);
  });

  test('[SK3] with the line up, each says what it knows: the newer stands, the line tells the time', async () => {
    const old = await exported();
    await publish('second');
    device.line.up = true;
    await device.pass(MINUTE);
    expect(await take(old)).toBe('rollback');
    expect([records(), condition().clock, isCarried()]).toEqual([['second'], 'confirmed', false]);
    await publish('third');
    expect(await take(await exported())).toBe('shown');
    expect([records(), isCarried()]).toEqual([['third'], true]);
    device.line.asked.length = 0;
    await publish('fourth');
    await device.pass(MINUTE);
    expect([records(), isCarried()]).toEqual([['fourth'], false]);
    expect(device.line.asked.length).toBeGreaterThan(0);
  });

  test('[SK3] a stick brings a withdrawal', async () => {
    const revoked = [{ record: (await hall.item('first')).item.record, version: 1 }];
    await hall.publish({ items: [], revoked, at: device.trueAt() });
    expect(onGlass()).toEqual(['first']);
    expect(await take(await exported())).toBe('shown');
    expect(onGlass()).toEqual([]);
  });

  test('[SK3] the line takes over again where the stick left off', async () => {
    await publish('second');
    expect(await take(await exported())).toBe('shown');
    await publish('third');
    device.line.up = true;
    await device.pass(MINUTE);
    expect([records(), condition().clock]).toEqual([['third'], 'confirmed']);
    expect(isCarried()).toBe(false);
  });
});

async function refusal(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const stick = await openStick(memoryStick(content));
  return stick.ok ? 'opened' : stick.refusal;
}

describe('the file', () => {
  test('[SK2] cut off anywhere it is refused before an object is read', async () => {
    const { content } = await exported();
    const objects = content.length - [...hall.objects.values()].reduce((n, b) => n + b.length, 0);
    for (const bytes of [0, 5, 11])
      expect(await refusal(content.slice(0, bytes))).toBe('not-a-stick');
    for (const bytes of [12, 100, objects, content.length - 1])
      expect(await refusal(content.slice(0, bytes))).toBe('cut-off');
    expect(await refusal(content)).toBe('opened');
    const cut = memoryStick(content.slice(0, -1));
    await openStick(cut);
    expect(Math.max(...cut.reads)).toBeLessThan(objects);
  });

  test('[SK2] anything after its end is refused', async () => {
    const { content } = await exported();
    expect(await refusal(concat([content, utf8('x')]))).toBe('overlong');
  });

  test('[SK2] what is no stick, or a later one, is told apart', async () => {
    const { content } = await exported();
    expect(await refusal(utf8('%PDF-1.7 and more than twelve bytes'))).toBe('not-a-stick');
    const later = content.slice();
    later[7] = 50;
    expect(await refusal(later)).toBe('other-format');
  });

  test('[SK2] a table that is no table, names twice or promises too much is refused', async () => {
    const state = { screen: TOUCH, state: '{}' };
    const [digest] = hall.objects.keys();
    if (digest === undefined) throw new Error('the hall has objects');
    const table: StickTable = { v: 1, madeAt: 0, states: [state], objects: [] };
    const of = (changes: Partial<StickTable>) => refusal(stickHead({ ...table, ...changes }));
    expect(await of({})).toBe('opened');
    expect(await of({ states: [state, state] })).toBe('damaged');
    const empty = { digest, bytes: 0 };
    expect(await of({ objects: [empty] })).toBe('opened');
    expect(await of({ objects: [empty, empty] })).toBe('damaged');
    expect(await of({ objects: [{ digest, bytes: 2 ** 40 }] })).toBe('too-large');
    expect(await of({ states: [] })).toBe('damaged');
    const endless = stickHead(table).slice(0, 12);
    endless[8] = 255;
    expect(await refusal(endless)).toBe('too-large');
  });

  test('[SK2] a stick that cannot be read is refused', async () => {
    const stick = await exported();
    stick.pulled = true;
    const result = await openStick(stick);
    expect(result).toMatchObject({ ok: false, refusal: 'unreadable' });
  });

  test('[SK2] an object is not read beyond what its reference says', async () => {
    const { upstream } = await opened(await exported());
    const [entry] = hall.objects;
    if (entry === undefined) throw new Error('the hall has objects');
    const [digest, bytes] = entry;
    expect(await upstream.object(digest, bytes.length - 1)).toEqual({
      ok: false,
      refusal: 'too-large',
    });
    expect(await upstream.object(digest, bytes.length)).toEqual({ ok: true, value: bytes });
  });
});

/** Without a line since version 1, restarted: time is a guess. */
const offline = (ms: number) => device.reboot(ms);

describe('what a stick says of the time', () => {
  test('[SK4] a confirmed clock stays as it is, however old the stick', async () => {
    await publish('second');
    const stick = await exported();
    await device.pass(3 * DAY);
    expect(await take(stick)).toBe('shown');
    expect([now(), condition().clock]).toEqual([device.trueAt(), 'confirmed']);
  });

  test('[SK4] a lease signed well after trusted time is refused', async () => {
    await publish('second');
    const state = await hall.state(device.trueAt() + 11 * MINUTE);
    expect(await take(await exportStick(hall, { at: START_AT, state }))).toBe('bad-statement');
    expect(records()).toEqual(['first']);
  });

  test('[SK4] an unconfirmed clock stays unconfirmed and never goes back', async () => {
    await offline(HOUR);
    await publish('second');
    const stick = await exported();
    await device.pass(HOUR);
    expect(await take(stick)).toBe('shown');
    expect([now(), condition().clock]).toEqual([device.trueAt(), 'unconfirmed']);
  });

  test('[SK4] a clock that is behind is raised to the export, no further', async () => {
    device.setWall(-10 * DAY);
    await offline(5 * DAY);
    await publish('second');
    const exportedAt = device.trueAt();
    const stick = await exported();
    await device.pass(HOUR);
    expect(now()).toBeLessThan(exportedAt);
    expect(await take(stick)).toBe('shown');
    expect([now(), condition().clock]).toEqual([exportedAt, 'unconfirmed']);
    await device.reboot(0);
    expect(now()).toBeGreaterThanOrEqual(exportedAt);
  });

  test('[SK4] a clock lost after long is found again by the stick, if it is right', async () => {
    await offline(60 * DAY);
    expect(condition().clock).toBe('lost');
    await publish('second', { latestAt: device.trueAt() + 10 * DAY });
    const stick = await exported();
    await device.pass(DAY);
    expect(await take(stick)).toBe('shown');
    expect([now(), condition().clock]).toEqual([device.trueAt(), 'unconfirmed']);
    expect(onGlass()).toEqual(['second']);
  });

  test('[SK4] a device clock that is years off stays lost: ends near the export are withheld', async () => {
    device.setWall({ at: 0 });
    await offline(60 * DAY);
    await publish('second', { latestAt: device.trueAt() + 10 * DAY });
    const exportedAt = device.trueAt();
    expect(await take(await exported())).toBe('shown');
    expect([now(), condition().clock]).toEqual([exportedAt, 'lost']);
    expect(onGlass()).toEqual([]);
    device.setWall(0);
    expect(await take(await exported())).toBe('same');
    expect([condition().clock, onGlass()]).toEqual(['unconfirmed', ['second']]);
  });

  test('[SK4] the first stick of a new box: its clock is believed if it agrees, also after a restart', async () => {
    device = createDevice(hall);
    device.line.up = false;
    await device.start();
    await publish('second', { latestAt: device.trueAt() + 10 * DAY });
    const stick = await exported();
    await device.pass(DAY);
    expect(await take(stick)).toBe('shown');
    expect([now(), condition().clock, onGlass()]).toEqual([
      device.trueAt(),
      'unconfirmed',
      ['second'],
    ]);
    await device.reboot(HOUR);
    expect([now(), condition().clock]).toEqual([device.trueAt(), 'unconfirmed']);
  });

  test('[SK4] the first stick of a new box whose clock is ten years ahead brings its guess down', async () => {
    device = createDevice(hall);
    device.line.up = false;
    device.setWall(3650 * DAY);
    await device.start();
    await device.pass(2 * MINUTE);
    const exportedAt = device.trueAt();
    expect(await take(await exported())).toBe('shown');
    expect([now(), condition().clock]).toEqual([exportedAt, 'lost']);
  });

  test('[SK4] [CK4] a stick that agrees with the clock begins the 72 hours again, an old one does not', async () => {
    await publish('second', { latestAt: device.trueAt() + 20 * DAY });
    const old = await exported();
    expect(await take(old)).toBe('shown');
    await offline(MINUTE);
    await device.pass(73 * HOUR);
    expect(onGlass()).toEqual([]);
    expect(await take(old)).toBe('same');
    expect(onGlass()).toEqual([]);
    await device.pass(MINUTE);
    expect(await take(await exported())).toBe('same');
    expect(onGlass()).toEqual(['second']);
    await device.pass(73 * HOUR);
    expect(onGlass()).toEqual([]);
  });

  test('[SK4] [CK5] what ended stays ended', async () => {
    await publish('second', { latestAt: device.trueAt() + HOUR });
    const stick = await exported();
    expect(await take(stick)).toBe('shown');
    await offline(2 * HOUR);
    expect(onGlass()).toEqual([]);
    expect(await take(stick)).toBe('same');
    expect(onGlass()).toEqual([]);
    device.setWall(-3 * HOUR);
    await offline(MINUTE);
    expect(await take(stick)).toBe('same');
    expect(onGlass()).toEqual([]);
  });
});

describe('what a stick says of freshness', () => {
  test('[SK5] content is as fresh as the export, and said to be carried, also after a restart', async () => {
    expect(isCarried()).toBe(false);
    await publish('second');
    const exportedAt = device.trueAt();
    const stick = await exported();
    await device.pass(HOUR);
    expect(await take(stick)).toBe('shown');
    for (const restart of [false, true]) {
      if (restart) await device.reboot(HOUR);
      expect(condition().freshAt[HALL]).toBe(exportedAt);
      expect(isCarried()).toBe(true);
    }
    device.line.up = true;
    await device.pass(MINUTE);
    expect(isCarried()).toBe(false);
  });

  test('[SK5] [PB10] an item leaves when the export is older than it may be', async () => {
    await publish('second', { maxStaleSeconds: (2 * HOUR) / 1000 });
    const stick = await exported();
    await device.pass(HOUR);
    expect(await take(stick)).toBe('shown');
    expect(onGlass()).toEqual(['second']);
    await device.pass(HOUR);
    expect(onGlass()).toEqual([]);
  });

  test('[SK5] proof that the screen had already is not made older by a stick', async () => {
    const freshAt = condition().freshAt[HALL];
    const stick = await exportStick(hall, { at: START_AT - HOUR });
    expect(await take(stick)).toBe('same');
    expect([condition().freshAt[HALL], isCarried()]).toEqual([freshAt, false]);
  });
});
