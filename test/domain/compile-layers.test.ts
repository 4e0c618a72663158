import { expect, test } from 'vitest';
import { layersOf } from '../../shared/domain/layers.ts';
import type { PlayedChannel } from '../../shared/domain/layers.ts';
import { playback } from '../../shared/domain/playback.ts';
import { FALLBACK_TURN_SECONDS, turnsFor } from '../../shared/domain/turn.ts';
import { compileRelease } from '../../shared/domain/compile.ts';
import { id, isChannelId, isProfileId, isRecordId } from '../../shared/kit/ids.ts';
import { present } from '../../shared/kit/assert.ts';
import * as schemas from '../../shared/protocol/objects.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { approved, digest, DOOR, draft, HALL, item, slotOf } from '../builders/items.ts';
import { UTC } from '../../shared/domain/civil.ts';
import { NO_CALENDAR } from '../builders/layers.ts';

const hall = id(isChannelId, 'hall');

function channel(parts: Partial<PlayedChannel> = {}): PlayedChannel {
  const { item: shown, envelope } = approved('water', { version: 3, latestAt: 50_000 });
  const { id: key, turnSeconds: _, ...slot } = slotOf('a', 'water');
  return {
    channel: hall,
    cap: 'interrupt',
    head: { revoked: [] },
    release: { zone: UTC, calendar: NO_CALENDAR },
    board: [{ entry: { key, ...slot, turnSeconds: 19, item: envelope }, item: shown }],
    ...parts,
  };
}

const fresh = { freshAt: { [hall]: 1000 }, revoked: {} };

test('[PB9] layers hold the limits of items and slots, unbounded where none is set', () => {
  const [layer] = layersOf([channel()], fresh, DOOR);
  expect(layer).toMatchObject({
    channel: 'hall',
    cap: 'interrupt',
    freshAt: 1000,
    revoked: new Set(),
  });
  expect(layer?.slots).toEqual([
    {
      id: 'a',
      record: 'water',
      version: 3,
      class: 'default',
      window: { kind: 'always' },
      phaseAt: 0,
      order: 0,
      turnSeconds: 19,
      dwellSeconds: [6, 7, 6],
      earliestAt: -Infinity,
      latestAt: 50_000,
      maxStaleSeconds: 604_800,
    },
  ]);
});

test('[PB3] versions that a head or a newer head withdrew are barred together', () => {
  const revoked = [{ record: id(isRecordId, 'fair'), version: 1 }];
  const condition = { freshAt: {}, revoked: { [hall]: new Set(['water/3']) } };
  const layers = layersOf([channel({ head: { revoked } })], condition, DOOR);
  expect(layers[0]?.revoked).toEqual(new Set(['fair/1', 'water/3']));
  expect(playback(layers, 2000).value).toEqual({ kind: 'card' });
});

test('[PB1] a standing document plays although no lease ever came', () => {
  const standing = { ...item('rules'), maxStaleSeconds: null };
  const { entry } = present(channel().board[0], 'entry');
  const board = [{ entry: { ...entry, record: standing.record }, item: standing }];
  const layers = layersOf([channel({ board })], { freshAt: {}, revoked: {} }, DOOR);
  expect(playback(layers, 2000).value).toMatchObject({ kind: 'page', record: 'rules' });
});

test('[PB3] a standing document ends on time although no lease ever came', () => {
  const standing = { ...item('rules'), maxStaleSeconds: null, latestAt: 9000 };
  const { entry } = present(channel().board[0], 'entry');
  const board = [{ entry: { ...entry, record: standing.record }, item: standing }];
  const layers = layersOf([channel({ board })], { freshAt: {}, revoked: {} }, DOOR);
  expect(playback(layers, 8999)).toMatchObject({ value: { record: 'rules' }, until: 9000 });
  expect(playback(layers, 9000).value).toEqual({ kind: 'card' });
});

test('[PB10] a dated notice does not play before the first lease', () => {
  const layers = layersOf([channel()], { freshAt: {}, revoked: {} }, DOOR);
  expect(playback(layers, 2000).value).toEqual({ kind: 'card' });
});

test('a board of which an item knows nothing leaves its slot out', () => {
  expect(layersOf([channel()], fresh, id(isProfileId, 'led-128x16'))[0]?.slots).toEqual([]);
});

const turn = (...dwellSeconds: number[]) => turnsFor({ [DOOR]: { dwellSeconds } })[DOOR];

test('[PB6] a turn holds all pages up to a minute, and always the longest page', () => {
  expect(turn(6, 7, 6)).toBe(19);
  expect(turn(...Array.from({ length: 30 }, () => 9))).toBe(60);
  expect(turn(6, 75)).toBe(75);
});

test('[PB6] a slot older than a board takes the same turn there whatever it shows', async () => {
  const slots = [slotOf('a', 'water', { turnSeconds: { [HALL]: 14 } })];
  const turnOn = async (version: number) => {
    const items = [approved('water', { version })];
    const result = await compileRelease(draft({ items, slots }), digest);
    if (!result.ok) throw new Error(result.refusal);
    const ref = present(result.value.release.sections[`board/${DOOR}`]?.[0], 'chunk');
    const bytes = present(
      result.value.objects.find((object) => object.digest === ref.digest),
      'bytes',
    ).bytes;
    return schemas.boardChunk.parse(parseJson(present(fromUtf8(bytes), 'text'))).entries[0]
      ?.turnSeconds;
  };
  expect(await turnOn(1)).toBe(FALLBACK_TURN_SECONDS);
  expect(await turnOn(2)).toBe(FALLBACK_TURN_SECONDS);
});
