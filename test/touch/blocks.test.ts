import { describe, expect, it } from 'vitest';
import { headingsOf } from '../../kiosk/stage/blocks/headings.ts';
import { fitsSideBySide } from '../../kiosk/stage/blocks/table-fit.ts';
import type { Table } from '../../kiosk/stage/blocks/table-fit.ts';
import { officeAt } from '../../kiosk/touch/model/office.ts';
import { dayOf } from '../../shared/domain/civil.ts';
import { september, shanghai } from '../builders/records.ts';
import { TOUCH_HALL } from '../builders/touch-screen.ts';

const table = (...rows: readonly (readonly string[])[]): Table => ({
  type: 'table',
  rows: rows.map((row, index) =>
    row.map((text) => ({ header: index === 0, runs: [{ text, strong: false }] })),
  ),
});

const heading = (level: number, text: string) => ({
  type: 'heading' as const,
  level,
  text,
  anchor: text,
});

describe('blocks', () => {
  it('a table stands side by side only where its columns are wide enough to read', () => {
    const plan = table(
      ['日期', '时间', '路段', '电话'],
      ['9月18日', '8:00-20:00', '北大街', '0312-0000000'],
    );
    expect(fitsSideBySide(plan, 34)).toBe(true);
    expect(fitsSideBySide(plan, 18)).toBe(false);
  });

  it('contents close up the levels that a document does not use', () => {
    expect(
      headingsOf([heading(2, '一'), heading(4, '1'), heading(2, '二')]).map(({ depth }) => depth),
    ).toEqual([1, 2, 1]);
  });
});

describe('office hours', () => {
  const calendar = {
    from: dayOf({ year: 2026, month: 9, day: 1 }),
    until: dayOf({ year: 2026, month: 9, day: 30 }),
    off: [dayOf({ year: 2026, month: 9, day: 25 })],
    on: [dayOf({ year: 2026, month: 9, day: 20 })],
  };
  const at = (t: number) => officeAt(TOUCH_HALL, shanghai, calendar, t);

  it("says when the windows open again, by the hall's calendar", () => {
    expect(at(september(17, 9))).toEqual({ state: 'open', untilMinute: 720 });
    expect(at(september(17, 12, 30))).toEqual({ state: 'break', opensMinute: 810 });
    expect(at(september(17, 18))).toEqual({ state: 'closed', opens: { inDays: 1, minute: 510 } });
    // 19 September is a Saturday, 20 a Sunday on which the county works.
    expect(at(september(19, 9))).toEqual({ state: 'closed', opens: { inDays: 1, minute: 510 } });
    expect(at(september(20, 9))).toEqual({ state: 'open', untilMinute: 720 });
  });

  it('says nothing where the calendar does not reach', () => {
    expect(at(september(30, 9))).toEqual({ state: 'unknown' });
  });
});
