import { describe, expect, onTestFinished, test } from 'vitest';
import { layersOf } from '../../shared/domain/layers.ts';
import { playback } from '../../shared/domain/playback.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import type { ProfileId, RecordId } from '../../shared/kit/ids.ts';
import { id, isProfileId, isSlotId } from '../../shared/kit/ids.ts';
import { routes } from '../../shared/protocol/routes.ts';
import {
  as,
  DAY,
  headOf,
  HOUR,
  MORNING,
  openServiceHall,
  published,
  refusalOf,
  submitted,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const TV = id(isProfileId, 'tv-1920x1080');
const slotId = (name: string) => id(isSlotId, name);

function put(
  hall: ServiceHall,
  name: string,
  record: RecordId,
  window: Parameters<ServiceHall['handlers']['putSlot']>[1]['window'] = { kind: 'always' },
) {
  return hall.handlers.putSlot(as(hall, 'manager'), {
    id: slotId(name),
    record,
    class: 'default',
    window,
    order: 1,
  });
}

/** What a board of this profile shows, from the same objects that screens fetch. */
async function sceneAt(hall: ServiceHall, profile: ProfileId, t: number) {
  const { release, chunks } = valueOf(
    await hall.handlers.boardLayers(as(hall, 'manager'), { profile }),
  );
  const board = chunks
    .flatMap(({ entries }) => entries)
    .map((entry) => {
      const open = parseEnvelope(entry.item);
      return {
        entry,
        item: itemSchema.parse(open.ok ? payloadJson(open.value.payload) : undefined),
      };
    });
  const channel = {
    channel: release.channel,
    cap: 'interrupt' as const,
    head: headOf(hall),
    release,
    board,
  };
  const condition = { freshAt: { [release.channel]: t }, revoked: {} };
  return playback(layersOf([channel], condition, profile), t).value;
}

describe('slots', () => {
  test('a scheduled notice is on the board, with pages for every profile', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall);
    const slot = valueOf(await put(hall, 'a', record));
    expect(slot).toMatchObject({ ready: true, title: '北大街停水公告', phaseAt: MORNING });
    expect(Object.keys(slot.turnSeconds).sort()).toEqual([
      'led-384x64',
      'led-640x320',
      'tv-1920x1080',
    ]);
    const layers = valueOf(await hall.handlers.boardLayers(as(hall, 'manager'), { profile: TV }));
    expect(routes.boardLayers.output.parse(layers)).toEqual(layers);
    expect(Object.values(layers.pages)).toMatchObject([{ profile: 'tv-1920x1080' }]);
    expect(await sceneAt(hall, TV, MORNING)).toMatchObject({ kind: 'page', record, page: 0 });
  });

  test('[RL7] a slot whose record is not approved is kept and waits', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await submitted(hall);
    expect(valueOf(await put(hall, 'a', record))).toMatchObject({
      ready: false,
      title: '北大街停水公告',
    });
    expect(await sceneAt(hall, TV, MORNING)).toEqual({ kind: 'card' });
  });

  test('[PB6] putting a slot again keeps the phase and the turn it was made with', async () => {
    const hall = await openServiceHall(onTestFinished);
    const first = await published(hall);
    const long = await published(hall, { title: '长公告', ledText: '请提前储水。'.repeat(40) });
    const made = valueOf(await put(hall, 'a', first.id));
    await hall.pass(HOUR);
    const moved = valueOf(await put(hall, 'a', long.id));
    expect(moved).toMatchObject({
      record: long.id,
      phaseAt: made.phaseAt,
      turnSeconds: made.turnSeconds,
    });
  });

  test('a window that has no moment left is refused', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall);
    const backwards = { kind: 'during', from: MORNING + DAY, until: MORNING + HOUR } as const;
    const past = { kind: 'during', from: MORNING - DAY, until: MORNING } as const;
    expect(refusalOf(await put(hall, 'a', record, backwards))).toBe('window-empty');
    expect(refusalOf(await put(hall, 'a', record, past))).toBe('window-empty');
    expect(valueOf(await hall.handlers.programme(as(hall, 'manager'), {})).slots).toEqual([]);
  });

  test('a slot from a moment to a moment leaves the release when it is over', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall);
    valueOf(
      await put(hall, 'a', record, {
        kind: 'during',
        from: MORNING + HOUR,
        until: MORNING + 2 * HOUR,
      }),
    );
    expect(await sceneAt(hall, TV, MORNING)).toEqual({ kind: 'card' });
    expect(await sceneAt(hall, TV, MORNING + HOUR)).toMatchObject({
      kind: 'page',
      record,
      page: 0,
    });
    expect(hall.alarm.due()).toContain(MORNING + 2 * HOUR);
    await hall.pass(2 * HOUR);
    const { chunks } = valueOf(
      await hall.handlers.boardLayers(as(hall, 'manager'), { profile: TV }),
    );
    expect(chunks).toEqual([]);
  });

  test('a removed slot is off the board at once, and the programme counts the change', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall);
    valueOf(await put(hall, 'a', record));
    const manager = as(hall, 'manager');
    const { revision } = valueOf(await hall.handlers.programme(manager, {}));
    valueOf(await hall.handlers.removeSlot(manager, { id: slotId('a') }));
    expect(valueOf(await hall.handlers.programme(manager, {}))).toEqual({
      slots: [],
      revision: revision + 1,
    });
    expect(await sceneAt(hall, TV, MORNING)).toEqual({ kind: 'card' });
    expect(refusalOf(await hall.handlers.removeSlot(manager, { id: slotId('a') }))).toBe(
      'not-found',
    );
  });
});

describe('立即插播', () => {
  test('shows a published record over everything else for three turns of the slowest board', async () => {
    const hall = await openServiceHall(onTestFinished);
    const usual = await published(hall, { title: '平常的公告' });
    const urgent = await published(hall, { title: '急事' });
    valueOf(await put(hall, 'a', usual.id));
    const slot = valueOf(await hall.handlers.interrupt(as(hall, 'manager'), { record: urgent.id }));
    const until = MORNING + 3 * Math.max(...Object.values(slot.turnSeconds)) * 1000;
    expect(slot).toMatchObject({
      class: 'interrupt',
      window: { kind: 'during', from: MORNING, until },
    });
    for (const profile of ['led-384x64', 'led-640x320', 'tv-1920x1080']) {
      const board = id(isProfileId, profile);
      expect(await sceneAt(hall, board, MORNING)).toMatchObject({ record: urgent.id, page: 0 });
      expect(await sceneAt(hall, board, until - 1)).toMatchObject({ record: urgent.id });
      expect(await sceneAt(hall, board, until)).toMatchObject({ record: usual.id });
    }
  });

  test('is refused for what is not out', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await submitted(hall);
    expect(refusalOf(await hall.handlers.interrupt(as(hall, 'manager'), { record }))).toBe(
      'not-published',
    );
  });

  test('an interruption of an earlier day can be changed into a slot of today', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall, { validUntil: MORNING + 10 * DAY });
    const slot = valueOf(await hall.handlers.interrupt(as(hall, 'manager'), { record }));
    await hall.pass(2 * DAY);
    valueOf(await put(hall, slot.id, record));
    const { slots } = valueOf(await hall.handlers.programme(as(hall, 'manager'), {}));
    expect(slots).toMatchObject([{ id: slot.id, class: 'default' }]);
  });

  test('interruptions of earlier days are cleared away with the next change', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id: record } = await published(hall, { validUntil: MORNING + 10 * DAY });
    valueOf(await hall.handlers.interrupt(as(hall, 'manager'), { record }));
    await hall.pass(2 * DAY);
    valueOf(await put(hall, 'a', record));
    const { slots } = valueOf(await hall.handlers.programme(as(hall, 'manager'), {}));
    expect(slots.map((slot) => slot.id)).toEqual(['a']);
  });
});
