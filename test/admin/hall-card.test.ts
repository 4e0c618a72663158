import { describe, expect, test } from 'vitest';
import { cardOf, fieldsOf } from '../../admin/settings/hall-card-form.ts';
import { zh } from '../../admin/words/zh.ts';
import { faultsOfCard } from '../../shared/domain/hall-card.ts';

const MORNING = { fromMinute: 510, untilMinute: 720 };
const AFTERNOON = { fromMinute: 810, untilMinute: 1050 };
const CARD = {
  name: '安澜县政务服务中心',
  county: '安澜县',
  desk: '一楼总服务台',
  phone: '0312-5550123 转 8',
  hours: [MORNING, AFTERNOON],
  demo: true,
};

describe('a hall card', () => {
  test('[HC1] names what cannot stand on a screen, and nothing of what can', () => {
    const overlapping = { fromMinute: 660, untilMinute: 1050 };
    expect(faultsOfCard(CARD)).toEqual([]);
    expect(faultsOfCard({ ...CARD, phone: '', hours: [] })).toEqual([]);
    expect(faultsOfCard({ ...CARD, name: ' ' })).toEqual(['name']);
    expect(faultsOfCard({ ...CARD, phone: 'not a phone!!' })).toEqual(['phone']);
    for (const hours of [
      [{ fromMinute: 780, untilMinute: 720 }],
      [{ fromMinute: 720, untilMinute: 720 }],
      [MORNING, overlapping],
      [AFTERNOON, MORNING],
    ])
      expect(faultsOfCard({ ...CARD, hours })).toEqual(['hours']);
  });

  test('[HC1] as typed is put in order, and a time that was cleared is missed', () => {
    const typed = fieldsOf({ ...CARD, hours: [AFTERNOON, MORNING] });
    expect(cardOf(typed, zh)).toEqual(CARD);
    const cleared = { ...typed, name: '', hours: [{ from: '08:30', until: '' }] };
    expect(cardOf(cleared, zh)).toEqual(['请填“大厅名称”。', zh.settings.cardFaults.hours]);
  });
});
