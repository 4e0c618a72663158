import { describe, expect, test } from 'vitest';
import { compareBodies, readBody } from '../../admin/editor/compare-bodies.ts';
import { addressOf, placeOf } from '../../admin/shell/place.ts';
import { zh } from '../../admin/words/zh.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import { documentOf, noticeOf } from '../builders/records.ts';

const notice = (changed: Parameters<typeof noticeOf>[0]): RecordBody => ({
  kind: 'notice',
  fields: noticeOf(changed),
});

const part = (title: string) => ({ title, body: { type: 'doc' as const, content: [] } });

describe('[WF4] two versions of one record', () => {
  test('only what differs is put side by side, with both values', () => {
    const mine = notice({ phone: '0312-1111111' });
    const theirs = notice({ phone: '0312-2222222', summary: '北大街停水' });
    expect(
      compareBodies(mine, theirs, zh).map(({ label, value, other }) => [label, value, other]),
    ).toEqual([
      ['咨询电话', '0312-1111111', '0312-2222222'],
      ['摘要', '', '北大街停水'],
    ]);
  });

  test('a part that only one of them has is not lost', () => {
    const mine: RecordBody = {
      kind: 'policy-document',
      fields: documentOf({ parts: [part('转发语'), part('方案')] }),
    };
    const theirs: RecordBody = {
      kind: 'policy-document',
      fields: documentOf({ parts: [part('转发语')] }),
    };
    expect(compareBodies(mine, theirs, zh).map(({ value, other }) => [value, other])).toEqual([
      ['方案', ''],
    ]);
  });

  test('every field that people fill in is read', () => {
    const body = notice({});
    // validFrom … carriers are each a line; nothing of the record is left out of a comparison.
    expect(readBody(body, zh)).toHaveLength(Object.keys(body.fields).length);
  });
});

describe('an address of the console', () => {
  test('names a place and back', () => {
    const places = [
      { page: 'today' },
      { page: 'new', kind: 'policy-document' },
      { page: 'record', id: 'water-stop', editing: true },
      { page: 'record', id: 'water-stop', editing: false },
      { page: 'settings', tab: 'audit' },
      { page: 'settings', tab: 'audit', about: 'record:water-stop' },
    ] as const;
    for (const place of places) expect(placeOf(addressOf(place))).toEqual(place);
  });
  test('that says nothing is 今天', () => {
    for (const address of ['', '#', '#/', '#/nowhere', '#/new/thing', '#/content/']) {
      const { page } = placeOf(address);
      expect(['today', 'content']).toContain(page);
    }
  });
});
