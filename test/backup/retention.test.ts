import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import type { ObjectStore } from '../../board-server/objects/object-store.ts';
import { namesIn } from '../../board-server/retention/names-in.ts';
import { createRetention, GRACE_MS } from '../../board-server/retention/retention.ts';
import type { Retention } from '../../board-server/retention/retention.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { readHeldRoles } from '../../board-server/trust/roles-file.ts';
import { verifyRelease } from '../../board-server/verify/verify-release.ts';
import { sha256Of } from '../../board-server/trust/digest.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import { present } from '../../shared/kit/assert.ts';
import { utf8 } from '../../shared/kit/bytes.ts';
import {
  approved,
  as,
  DAY,
  headOf,
  noticeBody,
  openServiceHall,
  published,
  valueOf,
} from '../server/service-hall.ts';
import type { ServiceHall } from '../server/service-hall.ts';

// Weeks of publishing take seconds, and one machine runs many tests at once.
vi.setConfig({ testTimeout: 60_000 });

interface Swept {
  readonly hall: ServiceHall;
  readonly retention: Retention;
  readonly clock: { sound: boolean };
}

async function sweptHall(objects?: (kept: ObjectStore) => ObjectStore): Promise<Swept> {
  const hall = await openServiceHall(onTestFinished);
  const clock = { sound: true };
  const retention = retentionOf(hall, objects?.(hall.objects) ?? hall.objects, clock);
  return { hall, retention, clock };
}

function retentionOf(hall: ServiceHall, objects: ObjectStore, clock = { sound: true }): Retention {
  return createRetention({
    store: hall.store,
    objects,
    logs: ['audit'],
    alarm: hall.alarm,
    clock: () => hall.clock.now,
    isClockSound: () => clock.sound,
    log: (message) => hall.logged.push(message),
  });
}

const bytesOf = async ({ objects }: ServiceHall, name: string): Promise<unknown> => {
  const found = present(await objects.read(name), name);
  return JSON.parse(found.bytes.toString()) as unknown;
};

/** What a screen would miss of the release that is out, down to the pages of its items. */
async function missingFromRelease(hall: ServiceHall): Promise<string[]> {
  const roles = await readHeldRoles(join(hall.objectFolder, '..', 'keys'));
  if (!roles.ok) throw new Error(roles.refusal);
  const { release } = headOf(hall);
  const { named } = await verifyRelease(hall.objectFolder, release, roles.value.newest);
  expect(named.length).toBeGreaterThan(3);
  const wanted = [release.digest, ...named.map(({ ref }) => ref.digest)];
  return wanted.filter((name) => !hall.objects.has(name));
}

async function publishEachDay(
  hall: ServiceHall,
  retention: Retention,
  days: number,
): Promise<void> {
  for (let day = 0; day < days; day++) {
    await hall.pass(DAY);
    await published(hall, { title: `第${day}天的公告`, validUntil: hall.clock.now + 60 * DAY });
    await retention.sweep();
  }
}

test('[RE2] releases that were replaced go after the grace period, and not before', async () => {
  const { hall, retention } = await sweptHall();
  await published(hall, { validUntil: hall.clock.now + 60 * DAY });
  const old = headOf(hall).release.digest;
  await hall.pass(DAY);
  await published(hall, { title: '另一条公告', validUntil: hall.clock.now + 60 * DAY });
  expect(await retention.sweep()).toBe(0);
  await hall.pass(GRACE_MS - 1);
  expect(await retention.sweep()).toBe(0);
  expect(hall.objects.has(old)).toBe(true);
  await hall.pass(1);
  expect(await retention.sweep()).toBeGreaterThan(0);
  expect(hall.objects.has(old)).toBe(false);
  expect(hall.objects.has(headOf(hall).release.digest)).toBe(true);
});

test('[RE1] [RE2] weeks of publishing and sweeping keeps the release that is out whole, and does not grow without end', async () => {
  const { hall, retention } = await sweptHall();
  await publishEachDay(hall, retention, 20);
  expect(await missingFromRelease(hall)).toEqual([]);
  const kept = [...hall.objects.names()].length;
  await hall.pass(2 * GRACE_MS);
  await retention.sweep();
  await hall.pass(GRACE_MS);
  await retention.sweep();
  expect([...hall.objects.names()].length).toBeLessThan(kept);
  expect(await missingFromRelease(hall)).toEqual([]);
});

test('[RE1] what the log says was approved can be shown for good: the item and its renderings, also of versions long replaced', async () => {
  const { hall, retention } = await sweptHall();
  const first = await published(hall, { validUntil: hall.clock.now + 90 * DAY });
  const editor = as(hall, 'editor');
  const body = noticeBody({ title: '改过的公告', validUntil: hall.clock.now + 90 * DAY });
  const saved = valueOf(
    await hall.handlers.saveRecord(editor, { id: first.id, revision: first.revision, body }),
  );
  valueOf(await hall.handlers.submitRecord(editor, { id: saved.id, revision: saved.revision }));
  await approved(hall, saved.id);
  for (let week = 0; week < 6; week++) {
    await hall.pass(7 * DAY);
    await retention.sweep();
  }
  const entries = await hall.store.read('audit');
  const seals = entries.flatMap(({ value }) => {
    const { action, detail } = value as { action: string; detail: string };
    return action === 'record.approve' ? [present(detail.split(' ')[1], 'seal')] : [];
  });
  expect(seals).toHaveLength(2);
  for (const seal of seals) {
    const item = itemSchema.parse(await bytesOf(hall, seal));
    expect(hall.objects.has(item.view.digest)).toBe(true);
    for (const { pages } of Object.values(item.boards))
      expect(hall.objects.has(pages.digest)).toBe(true);
  }
});

test('[RE1] whatever names an object keeps it: a document of any collection, a log, another object', async () => {
  const { hall, retention } = await sweptHall();
  const put = async (text: string): Promise<string> => {
    const kept = await hall.objects.put([{ bytes: utf8(text) }]);
    return kept.ok ? present(kept.value[0], 'name') : '';
  };
  const leaf = await put('"leaf"');
  const inDocument = await put(JSON.stringify({ picture: leaf }));
  const inLog = await put('"log"');
  const stray = await put('"stray"');
  await hall.store.commit({
    puts: [{ collection: 'media-of-tomorrow', id: 'a', value: { of: inDocument } }],
    appends: [{ log: 'audit', value: { detail: `see ${inLog}.` } }],
  });
  for (let day = 0; day < 2; day++) {
    await retention.sweep();
    await hall.pass(GRACE_MS);
  }
  await retention.sweep();
  const left = [leaf, inDocument, inLog, stray].map((name) => hall.objects.has(name));
  expect(left).toEqual([true, true, true, false]);
});

test('[RE1] an object that is put again while it is being swept stays: somebody is about to name it', async () => {
  const bytes = utf8('"again"');
  const name = sha256Of(bytes);
  const late: (() => Promise<unknown>)[] = [];
  const { hall, retention } = await sweptHall((kept) => ({
    ...kept,
    beginRemoval() {
      const removal = kept.beginRemoval();
      return { remove: async (names) => (await late.shift()?.(), removal.remove(names)) };
    },
  }));
  await hall.objects.put([{ bytes }]);
  await retention.sweep();
  await hall.pass(GRACE_MS);
  late.push(() => hall.objects.put([{ bytes }]));
  await retention.sweep();
  expect(hall.objects.has(name)).toBe(true);
});

test('[RE2] a sweep that is cut short anywhere harms nothing, and the next one ends it', async () => {
  const { hall, retention } = await sweptHall();
  await publishEachDay(hall, retention, 3);
  const before = [...hall.objects.names()].length;
  await hall.pass(2 * GRACE_MS);
  let left = 3;
  const dying: ObjectStore = {
    ...hall.objects,
    beginRemoval: () => ({
      async remove(names) {
        for (const name of names) {
          if (left === 0) throw new Error('the power went');
          left -= 1;
          await hall.objects.remove(name);
        }
        return names.length;
      },
    }),
  };
  expect(await retentionOf(hall, dying).sweep()).toBe(0);
  expect([...hall.objects.names()].length).toBe(before - 3);
  expect(await missingFromRelease(hall)).toEqual([]);
  // The next start finds on the disk what is left.
  const objects = await openObjectStore({
    folder: hall.objectFolder,
    fileSystem: nodeFileSystem,
    clock: () => hall.clock.now,
  });
  expect(await retentionOf(hall, objects).sweep()).toBeGreaterThan(0);
  expect(await missingFromRelease(hall)).toEqual([]);
});

test('[RE2] nothing is swept by a clock that cannot be trusted', async () => {
  const { hall, retention, clock } = await sweptHall();
  await publishEachDay(hall, retention, 3);
  await hall.pass(2 * GRACE_MS);
  clock.sound = false;
  expect(await retention.sweep()).toBe(0);
  clock.sound = true;
  expect(await retention.sweep()).toBeGreaterThan(0);
});

test('[RE2] it sweeps by itself soon after a start and then each day', async () => {
  const { hall, retention } = await sweptHall();
  await publishEachDay(hall, retention, 2);
  const before = [...hall.objects.names()].length;
  retention.start();
  for (let day = 0; day < 9; day++) await hall.pass(DAY);
  await retention.close();
  expect([...hall.objects.names()].length).toBeLessThan(before);
});

test('[RE2] [CK7] a clock that is set back puts off no sweep', async () => {
  const { hall, retention } = await sweptHall();
  await publishEachDay(hall, retention, 2);
  const before = [...hall.objects.names()].length;
  hall.clock.now -= 30 * DAY;
  retention.start();
  hall.clock.now -= 30 * DAY;
  for (let day = 0; day < 9; day++) await hall.pass(DAY);
  await retention.close();
  expect([...hall.objects.names()].length).toBeLessThan(before);
});

const name = (letter: string): string => letter.repeat(64);

test('[RE1] names are found in texts, as keys, and inside signed envelopes', () => {
  const payload = Buffer.from(JSON.stringify({ view: { digest: name('c') } })).toString('base64');
  const envelope = JSON.stringify({ payloadType: 'x', payload, signatures: [] });
  const value = { [name('a')]: 1, text: `v1 ${name('b')}, and more`, deep: [{ envelope }] };
  expect([...namesIn(value)].sort()).toEqual([name('a'), name('b'), name('c')]);
  expect([...namesIn({ longer: 'd'.repeat(65), shorter: 'd'.repeat(63) })]).toEqual([]);
});
