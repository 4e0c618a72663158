import { beforeEach, expect, test } from 'vitest';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { ObjectRef } from '../../shared/domain/release.ts';
import { id, isRecordId, isScreenId } from '../../shared/kit/ids.ts';
import type { Problem } from '../../shared/protocol/report.ts';
import { digest } from '../../board-server/trust/digest.ts';
import type { Device } from '../builders/device.ts';
import { createDevice, START_AT } from '../builders/device.ts';
import type { Hall, StateParts } from '../builders/hall.ts';
import { createHall, HALL, slotOf } from '../builders/hall.ts';

/** A screen that holds version 1 and is then offered something false as version 2. */
let hall: Hall;
let device: Device;
let version: number;

beforeEach(async () => {
  version = 1;
  hall = await createHall();
  await hall.publish({ items: [await hall.item('water')], slots: [slotOf('water')], at: START_AT });
  device = createDevice(hall);
  await device.start();
  expect(titles()).toEqual(['water']);
});

const titles = () =>
  device
    .screen()
    .generation()
    ?.channels[0]?.touch.map(({ item }) => item.listing.title);
const problem = (): Problem | null | undefined => device.screen().condition().problems[HALL];
const shownVersion = () => device.screen().generation()?.channels[0]?.head.version;

/** Publishes version 2 with a second record, and lets the screen ask for what `parts` make of it. */
async function offer(parts: () => Promise<Partial<StateParts>>): Promise<void> {
  const items = [await hall.item('water'), await hall.item('power')];
  await hall.publish({ items, slots: [slotOf('water')], at: device.trueAt() });
  device.line.parts = await parts();
  await device.screen().ask();
}

async function expectRefused(as: Problem): Promise<void> {
  expect(problem()).toBe(as);
  expect(titles()).toEqual(['water']);
  expect(device.reports.at(-1)?.channels[0]?.problem).toBe(as);
  // What is refused leaves no trace: the truth is taken afterwards.
  device.line.parts = {};
  device.line.state = (text) => text;
  device.line.object = (_, bytes) => ({ ok: true, value: bytes });
  await device.pass(10 * 60_000);
  await device.screen().ask();
  expect(problem()).toBeNull();
  expect(titles()).toEqual(['power', 'water']);
}

test('[TR1] a forged head is refused', async () => {
  await offer(async () => {
    const envelope: unknown = JSON.parse(hall.headText());
    const payload = canonicalBytes({ ...hall.head(), version: 9 });
    return {
      head: JSON.stringify({
        ...(envelope as object),
        payload: Buffer.from(payload).toString('base64'),
      }),
    };
  });
  await expectRefused('unsigned');
});

test('[TR2] a statement signed for another role is refused: head, lease, lineup', async () => {
  await offer(async () => ({ head: await hall.sealAs('lease', 'head', hall.head()) }));
  expect(problem()).toBe('unsigned');
  device.line.parts = { lease: await hall.sealAs('head', 'lease', { v: 1 }) };
  await device.screen().ask();
  expect(problem()).toBe('unsigned');
  device.line.parts = { lineup: await hall.sealAs('root', 'lineup', { v: 1 }) };
  await device.screen().ask();
  await expectRefused('unsigned');
});

test('[TR2] a statement of one type never stands for another', async () => {
  await offer(async () => ({ head: await hall.sealAs('head', 'lease', hall.head()) }));
  await expectRefused('bad-statement');
});

test('[TR4] a head that was rolled back is refused', async () => {
  const first = hall.headText();
  const before = hall.head();
  await offer(async () => ({}));
  expect(shownVersion()).toBe(2);
  const named = await digest(canonicalBytes(before));
  device.line.parts = {
    head: first,
    lease: await hall.lease(device.trueAt(), { version: 1, head: named }),
  };
  await device.screen().ask();
  expect(problem()).toBe('rollback');
  expect(shownVersion()).toBe(2);
});

test('[TR4] an equal version with other bytes is refused as a conflict', async () => {
  const twin = { ...hall.head(), activateAt: hall.head().activateAt + 1 };
  const head = await hall.sealAs('head', 'head', twin);
  device.line.parts = {
    head,
    lease: await hall.lease(device.trueAt(), { head: await digest(canonicalBytes(twin)) }),
  };
  await device.screen().ask();
  expect(problem()).toBe('conflict');
  expect(shownVersion()).toBe(1);
});

test('[TR3] an epoch that root has not opened is refused', async () => {
  await hall.publish({
    items: [await hall.item('power')],
    at: device.trueAt(),
    epoch: 2,
    version: 1,
  });
  await device.screen().ask();
  expect(problem()).toBe('bad-statement');
  expect(shownVersion()).toBe(1);
  await hall.changeRoles((roles) => ({ ...roles, epoch: 2 }));
  await device.screen().ask();
  expect(problem()).toBeNull();
  expect(titles()).toEqual(['power']);
});

test('[TR3] a truncated chain of roles is a rollback', async () => {
  await hall.changeRoles((roles) => roles);
  await device.screen().ask();
  device.line.parts = { roles: hall.rolesTexts.slice(0, 1) };
  await device.screen().ask();
  expect(problem()).toBe('rollback');
});

test('[TR6] a frozen server is found out: an old lease does not pass for a new one', async () => {
  const lease = await hall.lease(device.trueAt());
  const freshAt = device.screen().condition().freshAt[HALL];
  device.line.parts = { lease };
  await device.pass(11 * 60_000);
  expect(problem()).toBe('bad-statement');
  expect(device.screen().condition().freshAt[HALL]).toBe(freshAt);
});

test('[TR6] a replayed lease for an earlier head is refused', async () => {
  const lease = await hall.lease(device.trueAt());
  await offer(async () => ({ lease }));
  await expectRefused('bad-statement');
});

test('[TR6] a lease from the future is refused', async () => {
  await device.pass(60_000); // A second lease: from now on the clock is known well.
  await offer(async () => ({ lease: await hall.lease(device.trueAt() + 3_600_000) }));
  expect(device.screen().now()).toBe(device.trueAt());
  await expectRefused('bad-statement');
});

test('[TR8] a head that would activate in more than a minute is refused', async () => {
  await hall.publish({
    items: [await hall.item('power')],
    at: device.trueAt(),
    activateAt: device.trueAt() + 60_001,
  });
  await device.screen().ask();
  expect(problem()).toBe('bad-statement');
  expect(titles()).toEqual(['water']);
});

test('[TR9] a lineup for another screen, or with a section that is not public, is refused', async () => {
  await offer(async () => ({
    lineup: await hall.lineup({ version: 2, screen: id(isScreenId, 'other') }),
  }));
  expect(problem()).toBe('bad-statement');
  device.line.parts = { lineup: await hall.lineup({ version: 2, sections: ['touch', 'staff'] }) };
  await device.screen().ask();
  await expectRefused('not-public');
});

async function put(value: object): Promise<ObjectRef> {
  const bytes = canonicalBytes(value);
  const ref = { digest: await digest(bytes), bytes: bytes.length };
  hall.objects.set(ref.digest, bytes);
  return ref;
}

/** Replaces the manifest by one that names a chunk of these entries alone, signed by the head role. */
async function publishEntries(section: string, entries: readonly object[]): Promise<void> {
  await publishSection(section, await put({ v: 1, entries }));
}

async function publishSection(section: string, chunk: ObjectRef): Promise<void> {
  const release = { ...device.screen().generation()?.channels[0]?.release };
  const manifest = await put({ ...release, sections: { [section]: [chunk] } });
  version += 1;
  const head = { ...hall.head(), version, release: manifest };
  const named = await digest(canonicalBytes(head));
  device.line.parts = {
    head: await hall.sealAs('head', 'head', head),
    lease: await hall.lease(device.trueAt(), { version, head: named }),
  };
  await device.screen().ask();
}

test('[TR7] an item that no approver signed is never shown', async () => {
  const { item } = await hall.item('power');
  await publishEntries('touch', [
    { key: 'power', since: 0, item: await hall.sealAs('head', 'item', item) },
  ]);
  expect(problem()).toBe('unsigned');
  expect(titles()).toEqual(['water']);
});

test('[TR9] a staff item in a public release is refused', async () => {
  const { envelope } = await hall.item('wages', { audience: 'staff' });
  await publishEntries('touch', [{ key: 'wages', since: 0, item: envelope }]);
  expect(problem()).toBe('not-public');
  expect(titles()).toEqual(['water']);
});

test('[RL4] mixed parts are refused: an item under another key, a foreign search entry, none at all', async () => {
  const power = await hall.item('power');
  const water = await hall.item('water');
  await publishEntries('touch', [{ key: 'water', since: 0, item: power.envelope }]);
  expect(problem()).toBe('bad-object');
  await publishEntries('search', [
    { key: 'water', version: 1, text: 'something else', initials: '' },
  ]);
  expect(problem()).toBe('bad-object');
  await publishEntries('touch', [{ key: 'water', since: 0, item: water.envelope }]);
  expect(problem()).toBe('bad-object');
  expect(titles()).toEqual(['water']);
});

test('[RL2] roots list indexes and indexes list chunks: any other nesting is refused', async () => {
  const { envelope } = await hall.item('water');
  const chunk = await put({ v: 1, entries: [{ key: 'water', since: 0, item: envelope }] });
  const index = await put({ v: 1, chunks: [chunk] });
  const root = await put({ v: 1, indexes: [index] });
  for (const wrong of [
    await put({ v: 1, indexes: [root] }),
    await put({ v: 1, chunks: [index] }),
    await put({ v: 1, chunks: [root] }),
    await put({ v: 1, indexes: [chunk], chunks: [chunk] }),
  ]) {
    await publishSection('touch', wrong);
    expect(problem()).toBe('bad-object');
    expect(titles()).toEqual(['water']);
  }
});

test('[RL7] a slot whose item boards do not carry is refused', async () => {
  const { envelope } = await hall.item('water', { carriers: ['touch'] });
  const { window, phaseAt, order } = slotOf('water');
  const entry = {
    key: 'slot-water',
    record: id(isRecordId, 'water'),
    class: 'default',
    window,
    phaseAt,
    order,
    turnSeconds: 10,
  };
  await publishEntries('board/led-384x64', [{ ...entry, item: envelope }]);
  expect(problem()).toBe('bad-object');
});

test('[RL3] a truncated, an exchanged and an endless object are refused', async () => {
  device.line.object = (_, bytes) => ({ ok: true, value: bytes.slice(0, -1) });
  await offer(async () => ({}));
  expect(problem()).toBe('bad-object');
  device.line.object = (_, bytes) => ({ ok: true, value: bytes.toReversed() });
  await device.screen().ask();
  expect(problem()).toBe('bad-object');
  device.line.object = (_, bytes) => ({ ok: true, value: new Uint8Array(bytes.length + 1) });
  await device.screen().ask();
  await expectRefused('too-large');
});

test('[SY4] a size beyond what a screen can hold is refused before any of it is fetched', async () => {
  const head = { ...hall.head(), version: 2, release: { ...hall.head().release, bytes: 2 ** 40 } };
  const named = await digest(canonicalBytes(head));
  const asked = device.line.asked.length;
  device.line.parts = {
    head: await hall.sealAs('head', 'head', head),
    lease: await hall.lease(device.trueAt(), { version: 2, head: named }),
  };
  await device.screen().ask();
  expect(problem()).toBe('too-large');
  expect(device.line.asked).toHaveLength(asked);
});

test('[RL3] an endless and a malformed answer are refused', async () => {
  device.line.state = () => 'x'.repeat(2 ** 21);
  await offer(async () => ({}));
  expect(problem()).toBe('too-large');
  for (const text of [
    '',
    'null',
    '[]',
    '{"v":2}',
    '{"v":1,"roles":[],"lineup":"","channels":[]}',
  ]) {
    device.line.state = () => text;
    await device.screen().ask();
    expect(problem()).toBe('bad-statement');
  }
  device.line.state = (text) => text.replace(HALL, 'other');
  await device.screen().ask();
  await expectRefused('bad-statement');
});

test('[SC1] an object that is missing upstream leaves what is shown on the glass', async () => {
  device.line.object = () => ({ ok: false, refusal: 'missing' });
  await offer(async () => ({}));
  await expectRefused('missing-object');
});
