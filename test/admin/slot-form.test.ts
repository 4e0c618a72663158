import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SlotForm } from '../../admin/programme/slot-form.ts';
import { formOf, newForm, NO_END, windowOf } from '../../admin/programme/slot-form.ts';
import { zoneTable } from '../../shared/domain/civil.ts';
import type { SlotWindow } from '../../shared/domain/programme.ts';

const SHANGHAI = zoneTable('Asia/Shanghai', Date.UTC(2020, 0, 1), Date.UTC(2040, 0, 1));
const BERLIN = zoneTable('Europe/Berlin', Date.UTC(2020, 0, 1), Date.UTC(2040, 0, 1));
const T = Date.UTC(2026, 10, 24, 14, 0);
const blank = newForm(T, null, SHANGHAI);
const form = (changed: Partial<SlotForm>): SlotForm => ({ ...blank, unlimited: false, ...changed });
const from = { date: '2026-11-24', time: '22:00' };
const until = { date: '2026-11-25', time: '06:00' };

describe('the form that puts a record on the boards', () => {
  test('指定日期 means moments of the hall, whatever zone the browser is in', () => {
    expect(windowOf(form({ from, until }), SHANGHAI)).toEqual({
      ok: true,
      value: { kind: 'during', from: T, until: Date.UTC(2026, 10, 24, 22, 0) },
    });
    expect(windowOf(form({ from, until }), BERLIN)).toMatchObject({
      value: { from: Date.UTC(2026, 10, 24, 21, 0) },
    });
  });

  test('工作日 runs to the end of its last day, within its hours', () => {
    const window = windowOf(form({ rhythm: 'workdays', from, until, allDay: false }), SHANGHAI);
    expect(window).toEqual({
      ok: true,
      value: {
        kind: 'weekly',
        days: 'workdays',
        fromMinute: 510,
        untilMinute: 1050,
        whenUnknown: 'show',
        from: Date.UTC(2026, 10, 23, 16, 0),
        until: Date.UTC(2026, 10, 25, 16, 0),
      },
    });
  });

  test('每天 is every day, 每周 the chosen ones in order', () => {
    const daily = windowOf(form({ rhythm: 'daily', from, until }), SHANGHAI);
    expect(daily).toMatchObject({
      value: { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, untilMinute: 1440 },
    });
    const weekly = windowOf(form({ rhythm: 'weekly', weekdays: [5, 1], from, until }), SHANGHAI);
    expect(weekly).toMatchObject({ value: { days: [1, 5] } });
  });

  test('长期 without a first date is always; with one it has no end', () => {
    const none = { date: '', time: '' };
    expect(windowOf(form({ from: none, unlimited: true }), SHANGHAI)).toEqual({
      ok: true,
      value: { kind: 'always' },
    });
    expect(windowOf(form({ from, unlimited: true }), SHANGHAI)).toMatchObject({
      value: { from: T, until: NO_END },
    });
  });

  test.each([
    ['from-missing', form({ from: { date: '', time: '' }, until })],
    ['from-missing', form({ from: { date: '2026-02-30', time: '' }, until })],
    ['until-missing', form({ from, until: { date: '', time: '' } })],
    ['empty', form({ from: until, until: from })],
    ['empty', form({ from, until: from })],
    ['days-missing', form({ rhythm: 'weekly', weekdays: [], from, until })],
    ['hours-missing', form({ rhythm: 'daily', from, until, allDay: false, opens: '' })],
    [
      'empty',
      form({ rhythm: 'daily', from, until, allDay: false, opens: '08:00', closes: '08:00' }),
    ],
  ])('says %s instead of guessing', (refusal, incomplete) => {
    expect(windowOf(incomplete, SHANGHAI)).toMatchObject({ ok: false, refusal });
  });

  test('a window put into the form and taken out again is the same window', () => {
    const minutes = fc.integer({ min: 0, max: 1440 });
    const day = fc.integer({ min: 0, max: 3000 });
    const start = Date.UTC(2026, 0, 1) - 8 * 3_600_000;
    const weekly = fc
      .record({
        days: fc.oneof(
          fc.constant('workdays' as const),
          fc
            .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
            .map((days) => days.sort((a, b) => a - b)),
        ),
        hours: fc.tuple(minutes, minutes).filter(([a, b]) => a !== b),
        span: fc.tuple(day, fc.integer({ min: 1, max: 400 })),
      })
      .map(({ days, hours: [fromMinute, untilMinute], span: [first, length] }): SlotWindow => ({
        kind: 'weekly',
        days,
        fromMinute,
        untilMinute,
        whenUnknown: 'show',
        from: start + first * 86_400_000,
        until: start + (first + length) * 86_400_000,
      }));
    const during = fc
      .tuple(fc.integer({ min: 0, max: 4_000_000 }), fc.integer({ min: 1, max: 600_000 }))
      .map(([first, length]): SlotWindow => ({
        kind: 'during',
        from: start + first * 60_000,
        until: start + (first + length) * 60_000,
      }));
    fc.assert(
      fc.property(fc.oneof(weekly, during, fc.constant({ kind: 'always' } as const)), (window) => {
        expect(windowOf(formOf(window, 'ordinary', SHANGHAI), SHANGHAI)).toEqual({
          ok: true,
          value: window,
        });
      }),
      { seed: 20_261_123 },
    );
  });
});
