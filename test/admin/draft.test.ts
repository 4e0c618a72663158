import { describe, expect, test } from 'vitest';
import { cleanBody, sameBody } from '../../admin/content/body.ts';
import { hasNewer, stateOf } from '../../admin/content/states.ts';
import { draftName, keepDraft, recallDraft } from '../../admin/editor/kept-draft.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import { recordBody } from '../../shared/protocol/records.ts';
import { notice } from '../../shared/records/notice.ts';

const body: RecordBody = { kind: 'notice', fields: { ...notice.blank(), title: '停水公告' } };

/** A storage of the browser's shape with room for `room` characters. */
function storage(room = 10_000): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem(key, value) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}

describe('what is typed and not saved', () => {
  const name = draftName('p-1', 'water-stop');

  test('is found again as it was', () => {
    const place = storage();
    const draft = { v: 2, revision: 3, base: body, merged: false, body, at: 1 } as const;
    expect(keepDraft(place, name, draft)).toBe(true);
    expect(recallDraft(place, name)).toEqual(draft);
  });

  test('belongs to one person: another finds nothing', () => {
    const place = storage();
    keepDraft(place, name, { v: 2, revision: 3, base: null, merged: false, body, at: 1 });
    expect(recallDraft(place, draftName('p-2', 'water-stop'))).toBeNull();
  });

  test('is nothing when what is stored is not a draft', () => {
    const place = storage();
    for (const rubbish of [
      '',
      'null',
      '{"v":2}',
      '{"v":1,"revision":0,"at":1,"body":{"kind":"notice"}}',
    ]) {
      place.setItem(name, rubbish);
      expect(recallDraft(place, name)).toBeNull();
    }
  });

  test('says so when there is no room to keep it', () => {
    const draft = { v: 2, revision: null, base: null, merged: false, body, at: 1 } as const;
    expect(keepDraft(storage(10), name, draft)).toBe(false);
  });

  test('[WF5] gives up what it was typed over before it gives up what was typed', () => {
    const draft = { v: 2, revision: 3, base: body, merged: true, body, at: 1 } as const;
    const place = storage(JSON.stringify(draft).length - 1);
    expect(keepDraft(place, name, draft)).toBe(true);
    expect(recallDraft(place, name)).toEqual({ ...draft, base: null });
  });

  test('is found as an earlier version of the page kept it', () => {
    const place = storage();
    place.setItem(name, JSON.stringify({ v: 1, revision: 3, body, at: 1 }));
    expect(recallDraft(place, name)).toEqual({
      v: 2,
      revision: 3,
      base: null,
      merged: false,
      body,
      at: 1,
    });
  });
});

describe('a body', () => {
  test('loses what cannot be seen, which records refuse, and nothing else', () => {
    const pasted = {
      ...body,
      fields: {
        ...body.fields,
        title: '停\u202e水\u0000公告',
        ledText: '第一行\u000b第二行\r\n第三行',
      },
    };
    expect(recordBody.safeParse(pasted).success).toBe(false);
    const clean = cleanBody(pasted);
    expect(recordBody.safeParse(clean).success).toBe(true);
    expect(clean).toMatchObject({
      fields: { title: '停水公告', ledText: '第一行\n第二行\n第三行' },
    });
    expect(sameBody(cleanBody(body), body)).toBe(true);
  });
});

describe('where a record is', () => {
  const by = { id: 'p', name: '李', post: '审核岗' };
  const published = { state: 'published', version: 1, at: 1 } as const;
  const draft = { state: 'draft' } as const;

  test('work in progress comes before what the public sees', () => {
    const returned = { state: 'returned', by, at: 1, reason: '缺电话' } as const;
    expect(stateOf({ standing: returned, publicity: published })).toBe('returned');
    expect(stateOf({ standing: draft, publicity: published })).toBe('published');
    expect(stateOf({ standing: draft, publicity: { state: 'never' } })).toBe('draft');
  });

  test('a draft over a public version is announced', () => {
    expect(hasNewer({ standing: draft, publicity: published })).toBe(true);
    expect(hasNewer({ standing: draft, publicity: { state: 'never' } })).toBe(false);
  });
});
