import { describe, expect, test } from 'vitest';
import { placeOfSubject } from '../../admin/settings/audit-links.ts';
import type { AuditSearch } from '../../admin/settings/audit-search.ts';
import { lastDays, NO_SEARCH, periodOf, questionOf } from '../../admin/settings/audit-search.ts';
import type { AuditEntry } from '../../admin/settings/audit-words.ts';
import { zoneTable } from '../../shared/domain/civil.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';

const ZONE = zoneTable('Asia/Shanghai', Date.UTC(2020, 0), Date.UTC(2030, 0));
const at = (text: string) => Date.parse(`${text}+08:00`);
const asked = (changes: Partial<AuditSearch>) => questionOf({ ...NO_SEARCH, ...changes }, ZONE);

describe('what is asked of the log', () => {
  test('nothing, as long as nothing is filled in', () => {
    expect(asked({ person: ' ', until: { date: '', time: '08:00' } })).toEqual({});
  });

  test('names as they were typed, and one thing exactly', () => {
    expect(asked({ person: ' 李桐 ', screen: '门楣', about: 'record:water-stop' })).toEqual({
      person: '李桐',
      screen: '门楣',
      subject: 'record:water-stop',
    });
  });

  test('a day alone from its beginning, or to its end, in the hall’s zone', () => {
    const day = { date: '2026-11-26', time: '' };
    expect(asked({ from: day, until: day })).toEqual({
      from: at('2026-11-26T00:00'),
      until: at('2026-11-27T00:00'),
    });
    const moment = { date: '2026-11-26', time: '08:30' };
    expect(asked({ until: moment })).toEqual({ until: at('2026-11-26T08:30') });
  });

  test('not what ends before it begins', () => {
    const from = { date: '2026-11-26', time: '08:30' };
    expect(periodOf({ from, until: from }, ZONE)).toBe('reversed');
    expect(periodOf({ from, until: { date: '2026-11-25', time: '' } }, ZONE)).toBe('reversed');
    expect(periodOf({ from, until: { date: '2026-11-26', time: '' } }, ZONE)).not.toBe('reversed');
  });

  test('the last days begin at midnight of the hall, today counted', () => {
    const now = at('2026-11-26T00:30');
    expect(lastDays(1, now, ZONE)).toEqual({ date: '2026-11-26', time: '' });
    expect(lastDays(30, now, ZONE)).toEqual({ date: '2026-10-28', time: '' });
  });
});

test.each([
  ['record:water-stop', '', '停水公告', { page: 'record', id: 'water-stop', editing: false }],
  ['slot:s-1', 'water-stop', '停水公告', { page: 'record', id: 'water-stop', editing: false }],
  ['screen:door', '', '门楣屏', { page: 'screens' }],
  ['person:p-1', '', '李桐', { page: 'settings', tab: 'people' }],
  ['record:water-stop', '', '', undefined],
  ['record:../x', '', '停水公告', undefined],
  ['channel:hall', '12 time', '', undefined],
  ['server', '', '', undefined],
])('an entry about %s leads to what it is about', (subject, detail, name, place) => {
  const entry: AuditEntry = {
    seq: 1,
    at: 0,
    by: { id: 'p-1', name: '李桐', post: '' },
    action: 'record.edit',
    subject,
    name,
    detail,
    hash: id(isSha256, '0'.repeat(64)),
  };
  expect(placeOfSubject(entry)).toEqual(place);
});
