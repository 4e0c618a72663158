import { describe, expect, test } from 'vitest';
import type { Day } from '../../admin/programme/day-spans.ts';
import { activeAt, byClass, daySpans, instantAt } from '../../admin/programme/day-spans.ts';
import { dayOf, zoneTable } from '../../shared/domain/civil.ts';
import { id, isRecordId, isSlotId } from '../../shared/kit/ids.ts';
import type { SlotView } from '../../shared/protocol/routes.ts';

const number = dayOf({ year: 2026, month: 11, day: 24 });
const day: Day = {
  number,
  zone: zoneTable('Asia/Shanghai', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)),
  calendar: { from: number - 300, until: number + 30, off: [], on: [] },
};
const at = (hour: number) => instantAt(day, hour / 24);

function slot(name: string, changed: Partial<SlotView>): SlotView {
  return {
    id: id(isSlotId, name),
    record: id(isRecordId, name),
    title: name,
    class: 'default',
    window: { kind: 'always' },
    order: 0,
    phaseAt: 0,
    turnSeconds: {},
    ready: true,
    ...changed,
  };
}

describe('a day of the boards', () => {
  test('a window is cut to the day; one across midnight shows both its ends', () => {
    expect(daySpans({ kind: 'always' }, day)).toEqual([{ from: 0, until: 1 }]);
    expect(daySpans({ kind: 'during', from: at(18), until: at(30) }, day)).toEqual([
      { from: 0.75, until: 1 },
    ]);
    const night = {
      kind: 'weekly',
      days: [1, 2, 3, 4, 5, 6, 7],
      fromMinute: 1080,
      untilMinute: 360,
    } as const;
    const always = { whenUnknown: 'show', from: 0, until: at(2400) } as const;
    expect(daySpans({ ...night, ...always }, day)).toEqual([
      { from: 0, until: 0.25 },
      { from: 0.75, until: 1 },
    ]);
  });

  test('a day on which clocks change is still drawn whole', () => {
    const zone = zoneTable('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    const change: Day = { ...day, zone, number: dayOf({ year: 2026, month: 10, day: 25 }) };
    expect(instantAt(change, 1) - instantAt(change, 0)).toBe(25 * 3_600_000);
    expect(daySpans({ kind: 'always' }, change)).toEqual([{ from: 0, until: 1 }]);
  });

  test('[PB2] the strongest class that is open takes all the turns', () => {
    const first = slot('first', {
      class: 'dated',
      window: { kind: 'during', from: at(9), until: at(10) },
    });
    const plain = [slot('b', { order: 2 }), slot('a', { order: 1 })];
    const slots = [...plain, first];
    expect(activeAt(slots, day, at(9)).map(({ title }) => title)).toEqual(['first']);
    expect(activeAt(slots, day, at(10)).map(({ title }) => title)).toEqual(['a', 'b']);
    expect(byClass(slots).map((group) => group.class)).toEqual(['dated', 'default']);
  });

  test('what is not approved yet takes no turn', () => {
    expect(activeAt([slot('waits', { ready: false })], day, at(9))).toEqual([]);
  });
});
