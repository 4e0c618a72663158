import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { playback, sameScene } from '../../shared/domain/playback.ts';
import type { Layer, PlayableSlot, SlotWindow } from '../../shared/domain/programme.ts';
import { CLASSES } from '../../shared/domain/programme.ts';
import { zoneTable } from '../../shared/domain/civil.ts';
import { id, isChannelId } from '../../shared/kit/ids.ts';
import { DAY, HOUR, layer, MINUTE, SECOND, slot } from '../builders/layers.ts';

const seed = 42;
const T0 = Date.UTC(2026, 10, 23);

/** The slot and page on the glass at `t`, such as `a:0`, or `card`. */
function shown(layers: readonly Layer[], t: number): string {
  const { value } = playback(layers, t);
  return value.kind === 'card' ? 'card' : `${value.slot}:${value.page}`;
}

const windows: fc.Arbitrary<SlotWindow> = fc.oneof(
  fc.constant<SlotWindow>({ kind: 'always' }),
  fc
    .tuple(fc.integer({ min: -48, max: 48 }), fc.integer({ min: 1, max: 48 }))
    .map(([from, length]): SlotWindow => ({
      kind: 'during',
      from: T0 + from * HOUR,
      until: T0 + (from + length) * HOUR,
    })),
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 1440 }),
      fc.integer({ min: 0, max: 1440 }),
    )
    .map(([days, fromMinute, untilMinute]): SlotWindow => ({
      kind: 'weekly',
      days,
      fromMinute,
      untilMinute,
      whenUnknown: 'hide',
      from: 0,
      until: T0 + 1000 * DAY,
    })),
);

const slots = (prefix: string): fc.Arbitrary<PlayableSlot[]> =>
  fc
    .array(
      fc.record({
        window: windows,
        class: fc.constantFrom(...CLASSES),
        phaseAt: fc.integer({ min: -1000, max: 1000 }).map((seconds) => T0 + seconds * SECOND),
        order: fc.integer({ min: 0, max: 3 }),
        turnSeconds: fc.integer({ min: 5, max: 40 }),
        dwellSeconds: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        latestAt: fc.oneof(
          fc.constant(Infinity),
          fc.integer({ min: 0, max: 72 }).map((h) => T0 + h * HOUR),
        ),
        maxStaleSeconds: fc.oneof(fc.constant(Infinity), fc.integer({ min: 60, max: 100_000 })),
      }),
      { maxLength: 6 },
    )
    .map((list) => list.map((parts, index) => slot(`${prefix}${index}`, fit(parts))));

/** A turn is at least as long as its longest page, as compile makes it. */
function fit<Parts extends { turnSeconds: number; dwellSeconds: number[] }>(parts: Parts): Parts {
  return { ...parts, turnSeconds: Math.max(parts.turnSeconds, ...parts.dwellSeconds) };
}

const berlin = zoneTable('Europe/Berlin', 0, T0 + 2000 * DAY);
const layers: fc.Arbitrary<Layer[]> = fc
  .tuple(slots('top'), slots('bottom'), fc.constantFrom(...CLASSES))
  .map(([top, bottom, cap]) => [
    layer(top, { channel: id(isChannelId, 'county'), cap, freshAt: T0 }),
    layer(bottom, { zone: berlin, freshAt: T0 }),
  ]);
const times = fc.integer({ min: T0 - 3 * DAY, max: T0 + 3 * DAY });

describe('playback', () => {
  test('[PB1] [PB4] is total, and constant over the span it returns', () => {
    fc.assert(
      fc.property(layers, times, fc.double({ min: 0, max: 1, noNaN: true }), (stack, t, part) => {
        const span = playback(stack, t);
        expect(span.since).toBeLessThanOrEqual(t);
        expect(span.until).toBeGreaterThan(t);
        const since = Math.max(span.since, t - 30 * DAY);
        const until = Math.min(span.until, t + 30 * DAY);
        const within = Math.floor(since + (until - 1 - since) * part);
        for (const moment of [since, within, until - 1]) {
          const again = playback([...stack], moment);
          expect(again.value).toEqual(span.value);
          if (Number.isFinite(span.until - span.since)) expect(again).toEqual(span);
        }
      }),
      { seed, numRuns: 600 },
    );
  });

  test('[PB8] neighbouring spans show different scenes', () => {
    fc.assert(
      fc.property(layers, times, (stack, t) => {
        const span = playback(stack, t);
        if (span.until < T0 + 30 * DAY) {
          const next = playback(stack, span.until);
          expect(next.since).toBe(span.until);
          expect(sameScene(next.value, span.value)).toBe(false);
        }
      }),
      { seed, numRuns: 600 },
    );
  });

  test('[PB9] the order of asking does not matter: a board that slept agrees with one that did not', () => {
    fc.assert(
      fc.property(layers, fc.array(times, { minLength: 2, maxLength: 20 }), (stack, moments) => {
        const asked = moments.map((t) => playback(stack, t));
        const fresh = moments.map((t) => playback([...stack], t));
        expect(asked).toEqual(fresh);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[PB6] republishing one slot never moves another', () => {
    fc.assert(
      fc.property(
        slots('s').filter((list) => list.length > 1),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 9 }),
        times,
        (list, dwellSeconds, t) => {
          const [edited, ...others] = list;
          if (edited === undefined || Math.max(...dwellSeconds) > edited.turnSeconds) return;
          const republished = { ...edited, version: 2, dwellSeconds };
          const before = playback([layer(list, { freshAt: T0 })], t).value;
          const after = playback([layer([republished, ...others], { freshAt: T0 })], t).value;
          const isEdited = (scene: typeof before) =>
            scene.kind === 'page' && scene.slot === edited.id;
          expect(isEdited(after)).toBe(isEdited(before));
          if (!isEdited(before)) expect(after).toEqual(before);
        },
      ),
      { seed, numRuns: 1000 },
    );
  });

  test('[PB2] class comes first, then the layer; a cap silences what is above it', () => {
    const county = id(isChannelId, 'county');
    const dated = layer([slot('visit', { class: 'dated' })]);
    const plain = layer([slot('slogan')], { channel: county });
    expect(shown([plain, dated], T0)).toBe('visit:0');
    expect(shown([plain, layer([slot('hall')])], T0)).toBe('slogan:0');
    expect(shown([plain, { ...dated, cap: 'weekly' }], T0)).toBe('slogan:0');
    expect(shown([layer([], { channel: county }), dated], T0)).toBe('visit:0');
    const urgent = layer([
      slot('urgent', { class: 'interrupt' }),
      slot('visit', { class: 'dated' }),
    ]);
    expect(shown([urgent], T0)).toBe('urgent:0');
    expect(shown([layer([])], T0)).toBe('card');
  });

  test('[PB3] a notice ends to the millisecond and does not begin early', () => {
    const notice = slot('notice', { earliestAt: T0, latestAt: T0 + MINUTE });
    const stack = [layer([notice])];
    expect(shown(stack, T0 - 1)).toBe('card');
    expect(shown(stack, T0)).toBe('notice:0');
    expect(shown(stack, T0 + MINUTE - 1)).toBe('notice:0');
    expect(playback(stack, T0 + MINUTE)).toEqual({
      value: { kind: 'card' },
      since: T0 + MINUTE,
      until: Infinity,
    });
  });

  test('[PB3] a version withdrawn by the head is not shown, its successor is', () => {
    const old = layer([slot('notice')], { revoked: new Set(['notice/1']) });
    expect(shown([old], T0)).toBe('card');
    expect(shown([{ ...old, slots: [slot('notice', { version: 2 })] }], T0)).toBe('notice:0');
  });

  test('[PB10] an item leaves when its proof is older than it may be, standing ones stay', () => {
    const stack = [
      layer([slot('notice', { maxStaleSeconds: 3600 }), slot('standing', { order: 1 })], {
        freshAt: T0,
      }),
    ];
    expect(shown(stack, T0 + HOUR - 1)).toMatch(/notice|standing/);
    expect(playback(stack, T0 + HOUR)).toMatchObject({
      value: { slot: 'standing' },
      until: Infinity,
    });
    const alone = [layer([slot('notice', { maxStaleSeconds: 3600 })], { freshAt: T0 })];
    expect(shown(alone, T0 + HOUR)).toBe('card');
  });

  test('[PB5] slots take turns by order, then age, anchored at the newest', () => {
    const stack = [
      layer([
        slot('b', { phaseAt: T0 }),
        slot('a', { phaseAt: T0 - HOUR, dwellSeconds: [6, 4] }),
        slot('c', { phaseAt: T0 - DAY, order: 1 }),
      ]),
    ];
    const minute = [0, 5, 6, 9, 10, 19, 20, 29, 30, 36].map((s) => shown(stack, T0 + s * SECOND));
    expect(minute).toEqual(['a:0', 'a:0', 'a:1', 'a:1', 'b:0', 'b:0', 'c:0', 'c:0', 'a:0', 'a:1']);
  });

  test('[PB7] pages beyond a turn come at the next turns, and none is lost', () => {
    const long = slot('long', { dwellSeconds: [8, 8, 8, 8, 8], turnSeconds: 20 });
    const stack = [layer([long, slot('other', { order: 1 })])];
    const starts = [0, 8, 20, 30, 38, 50, 60, 68, 80].map((s) => shown(stack, s * SECOND));
    expect(starts).toEqual([
      'long:0',
      'long:1',
      'other:0',
      'long:2',
      'long:3',
      'other:0',
      'long:4',
      'long:4',
      'other:0',
    ]);
  });

  test('[PB8] an all-day slot of one page is one span over midnight', () => {
    const allDay: SlotWindow = {
      kind: 'weekly',
      days: [1, 2],
      fromMinute: 0,
      untilMinute: 1440,
      whenUnknown: 'hide',
      from: 0,
      until: T0 + 400 * DAY,
    };
    const span = playback([layer([slot('day', { window: allDay })])], T0 + DAY - 1);
    expect(span).toMatchObject({ since: T0, until: T0 + 2 * DAY });
  });
});
