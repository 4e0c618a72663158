import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  behindSince,
  currentAt,
  heardAt,
  judged,
  silentSince,
  worthKeeping,
} from '../../shared/domain/outage-history.ts';
import type { History } from '../../shared/domain/outage-history.ts';
import type { Outage } from '../../shared/domain/outage.ts';
import { glassAfter, lossesOf, shownOver } from '../../shared/domain/outage.ts';
import { playback } from '../../shared/domain/playback.ts';
import { DAY, HOUR, layer, MINUTE, SECOND, slot } from '../builders/layers.ts';

const seed = 42;
const T0 = Date.UTC(2026, 10, 23);
const never = (): number => -Infinity;

const silent = (parts: Partial<Extract<Outage, { kind: 'silent' }>> = {}): Outage => ({
  kind: 'silent',
  since: T0,
  until: T0 + HOUR,
  glass: { known: 'nothing' },
  ...parts,
});

const slots = fc.array(
  fc.record({
    dwellSeconds: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
    from: fc.integer({ min: -60, max: 60 }),
    minutes: fc.integer({ min: 1, max: 90 }),
    class: fc.constantFrom('default' as const, 'dated' as const),
  }),
  { maxLength: 5 },
);
const layersOf = (parts: typeof slots extends fc.Arbitrary<infer Value> ? Value : never) => [
  layer(
    parts.map(({ dwellSeconds, from, minutes, class: slotClass }, index) =>
      slot(`s${index}`, {
        dwellSeconds,
        class: slotClass,
        window: {
          kind: 'during',
          from: T0 + from * MINUTE,
          until: T0 + (from + minutes) * MINUTE,
        },
      }),
    ),
    { freshAt: Infinity },
  ),
];

describe('[DY4] what playback would have shown', () => {
  test('is what each moment shows, added up', () => {
    fc.assert(
      fc.property(slots, fc.integer({ min: 0, max: 1800 }), (parts, seconds) => {
        const layers = layersOf(parts);
        const counted = new Map<string, number>();
        // Every edge of these slots lies on a whole second.
        for (let t = T0; t < T0 + seconds * SECOND; t += SECOND) {
          const { value } = playback(layers, t);
          if (value.kind === 'page')
            counted.set(value.record, (counted.get(value.record) ?? 0) + SECOND);
        }
        expect(new Map(shownOver(layers, T0, T0 + seconds * SECOND))).toEqual(counted);
      }),
      { seed, numRuns: 60 },
    );
  });

  test('of two stretches is that of both together, wherever they are parted', () => {
    fc.assert(
      fc.property(slots, fc.integer({ min: 0, max: 3_600_000 }), (parts, at) => {
        const layers = layersOf(parts);
        const [before, after] = [
          shownOver(layers, T0, T0 + at),
          shownOver(layers, T0 + at, T0 + HOUR),
        ];
        const whole = shownOver(layers, T0, T0 + HOUR);
        for (const [record, ms] of whole)
          expect((before.get(record) ?? 0) + (after.get(record) ?? 0)).toBe(ms);
        expect(new Set([...before.keys(), ...after.keys()])).toEqual(new Set(whole.keys()));
      }),
      { seed, numRuns: 100 },
    );
  });

  test('was lost by no notice on a board that played on, at most until it painted otherwise', () => {
    const layers = [layer([slot('a')], { freshAt: Infinity })];
    const lost = (outage: Outage, t = T0 + DAY) =>
      lossesOf(outage, layers, never, t).map(({ ms, known }) => [ms, known]);
    expect(lost(silent({ glass: { known: 'played' } }))).toEqual([]);
    const paintedAt = T0 + 10 * MINUTE;
    expect(lost(silent({ glass: { known: 'restarted', paintedAt } }))).toEqual([
      [10 * MINUTE, 'most'],
    ]);
    expect(lost(silent({ glass: { known: 'restarted', paintedAt: null } }))).toEqual([
      [HOUR, 'most'],
    ]);
    expect(lost(silent())).toEqual([[HOUR, 'unknown']]);
    expect(lost(silent({ until: null }), T0 + 2 * HOUR)).toEqual([[2 * HOUR, 'unknown']]);
  });

  test('was lost by what a board that is behind does not have, and by nothing else', () => {
    const layers = [layer([slot('old'), slot('new')], { freshAt: Infinity })];
    const outage: Outage = {
      kind: 'behind',
      since: T0,
      until: T0 + 40 * SECOND,
      newsSince: T0 - 1,
    };
    const approvedAt = (record: string) => (record === 'new' ? T0 : T0 - DAY);
    expect(lossesOf(outage, layers, approvedAt, T0 + DAY)).toEqual([
      { record: 'new', ms: 20 * SECOND, known: 'lost' },
    ]);
  });
});

describe('[DY4] the first word after a silence', () => {
  const silence = { since: T0, until: T0 + HOUR };
  const head = { epoch: 1, version: 7, at: T0 - MINUTE };

  test('tells a page that lived from one that began anew, by when it painted the same head', () => {
    expect(glassAfter(silence, head, head)).toEqual({ known: 'played' });
    expect(glassAfter(silence, head, { ...head, at: T0 + MINUTE })).toEqual({
      known: 'restarted',
      paintedAt: T0 + MINUTE,
    });
  });

  test('gives no instant when the screen painted at one that cannot be', () => {
    // Its clock was dead: it counted on from a moment before the silence.
    for (const at of [T0 - 30 * SECOND, T0 + 2 * HOUR])
      expect(glassAfter(silence, head, { ...head, at })).toEqual({
        known: 'restarted',
        paintedAt: null,
      });
  });

  test('says nothing about another head, or when nothing was said before', () => {
    const other = { ...head, version: 8, at: T0 + MINUTE };
    expect(glassAfter(silence, head, other)).toEqual({ known: 'nothing' });
    expect(glassAfter(silence, null, head)).toEqual({ known: 'nothing' });
  });
});

describe('[DY3] the history of a screen', () => {
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom('silent', 'heard', 'behind', 'current', 'judged'),
      fc.integer({ min: 0, max: 5 * 60 }),
    ),
    { maxLength: 60 },
  );

  test('is in order, apart, and only its last outage lasts, whatever happens', () => {
    fc.assert(
      fc.property(steps, (happened) => {
        let t = T0;
        let history: History = [];
        for (const [what, seconds] of happened) {
          t += seconds * SECOND;
          if (what === 'silent') history = silentSince(history, t);
          if (what === 'heard') history = heardAt(history, t);
          if (what === 'behind') history = behindSince(history, t, t);
          if (what === 'current') history = currentAt(history, t);
          if (what === 'judged') history = judged(history, () => ({ known: 'played' }));
        }
        for (const [index, { since, until }] of history.entries()) {
          const next = history[index + 1];
          if (next === undefined) continue;
          expect(until).not.toBeNull();
          expect(until ?? Infinity).toBeLessThanOrEqual(next.since);
          expect((until ?? 0) - since).toBeGreaterThanOrEqual(MINUTE);
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  test('is kept for two weeks and forty outages', () => {
    const many: History = Array.from({ length: 60 }, (_, day) =>
      silent({ since: T0 + day * DAY, until: T0 + day * DAY + HOUR }),
    );
    expect(worthKeeping(many, T0 + 60 * DAY)).toHaveLength(14);
    const dense: History = Array.from({ length: 60 }, (_, hour) =>
      silent({ since: T0 + hour * HOUR, until: T0 + hour * HOUR + MINUTE }),
    );
    const kept = worthKeeping(dense, T0 + 60 * HOUR);
    expect(kept).toEqual(dense.slice(20));
    const brief = silent({ since: T0, until: null });
    expect(worthKeeping([brief], T0 + 59 * SECOND)).toEqual([]);
    expect(worthKeeping([brief], T0 + MINUTE)).toEqual([brief]);
  });
});
