import { expect, test } from 'vitest';
import type { GlassInput } from '../../kiosk/board/glass.ts';
import { glassAt } from '../../kiosk/board/glass.ts';
import { UTC } from '../../shared/domain/civil.ts';
import { findBoardProfile } from '../../shared/domain/profile.ts';
import { present } from '../../shared/kit/assert.ts';
import { CARD } from '../server/hall.ts';

const DAY = 86_400_000;
const AT = Date.UTC(2026, 10, 26, 8, 30);

const glass = (profile: string, t: number, parts: Partial<GlassInput> = {}) =>
  glassAt(
    {
      profile: present(findBoardProfile(profile), profile),
      hall: { ...CARD, demo: false },
      zone: { ...UTC, horizonAt: 4_000_000_000_000 },
      calendar: { from: 0, until: 0, off: [], on: [] },
      freshAt: AT,
      carried: true,
      clock: 'unconfirmed',
      pairing: { state: 'unknown' },
      ...parts,
    },
    t,
  ).value;

test('[SK5] every board says that its content was carried, and when it was exported', () => {
  expect(glass('led-384x64', AT + DAY).freshness).toEqual(['U盘', '11-26']);
  expect(glass('led-640x320', AT + DAY).freshness).toEqual(['U盘导出于11-26']);
  expect(glass('tv-1920x1080', AT + 60_000).freshness).toEqual(['U盘导出于08:30']);
  expect(glass('tv-1920x1080', AT + DAY, { carried: false }).freshness).toEqual(['11-26起未更新']);
});

const alarmed = (t: number, parts?: Partial<GlassInput>) => glass('led-640x320', t, parts).alarmed;

test('[SK5] it is alarming after thirty days; without a stick after ten minutes', () => {
  expect(alarmed(AT + 30 * DAY)).toBe(false);
  expect(alarmed(AT + 30 * DAY + 1)).toBe(true);
  expect(alarmed(AT + 10 * 60_000, { carried: false })).toBe(false);
  expect(alarmed(AT + 10 * 60_000 + 1, { carried: false })).toBe(true);
  expect(alarmed(AT, { clock: 'lost' })).toBe(true);
});

test('[CK3] a board that has lost the time says nothing of it, opening hours included', () => {
  const day = Math.floor(AT / DAY);
  const calendar = { from: day - 1, until: day + 30, off: [], on: [] };
  const told = (clock: GlassInput['clock']) => {
    const hall = { ...CARD, demo: false, hours: [{ fromMinute: 540, untilMinute: 1020 }] };
    const parts = { hall, carried: false, calendar, clock, freshAt: AT };
    return JSON.stringify(glass('led-640x320', AT, parts));
  };
  expect(told('confirmed')).toMatch(/9:00开门/);
  expect(told('lost')).not.toMatch(/\d:\d\d/);
});
