import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedRuns } from '../../admin/editor/marked-runs.ts';
import type { BodyMerge, Choice } from '../../admin/editor/merge-bodies.ts';
import { mergeBodies } from '../../admin/editor/merge-bodies.ts';
import { unitsOf } from '../../admin/editor/merge-units.ts';
import { readBody } from '../../admin/editor/read-body.ts';
import { addressOf, placeOf } from '../../admin/shell/place.ts';
import { zh } from '../../admin/words/zh.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import type { NoticeFields } from '../../shared/records/notice.ts';
import { plainTextOf, textToRichText } from '../../shared/records/rich-text.ts';
import { documentOf, noticeOf } from '../builders/records.ts';

const seed = 42;
const notice = (changed: Partial<NoticeFields> = {}): RecordBody => ({
  kind: 'notice',
  fields: noticeOf(changed),
});
const documentWith = (...titles: string[]): RecordBody => ({
  kind: 'policy-document',
  fields: documentOf({ parts: titles.map((title) => part(title)) }),
});
const part = (title: string, text = title) => ({ title, body: textToRichText(text) });

const withBody = (...lines: string[]): RecordBody =>
  notice({ body: textToRichText(lines.join('\n')) });
const issuedBy = (...names: string[]): RecordBody => ({
  kind: 'policy-document',
  fields: documentOf({ issuers: names }),
});
const waters = (length: number): string => '水'.repeat(length);
/** Each field as text that can be compared. */
const fieldsOf = (body: RecordBody | undefined): ReadonlyMap<string, string> =>
  new Map(Object.entries(body?.fields ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));

const merged = (mine: RecordBody, theirs: RecordBody, base: RecordBody | null = notice()) =>
  mergeBodies(base, mine, theirs, zh);

/** Every dispute answered alike. */
const all = (merge: BodyMerge, choice: Choice): RecordBody | undefined =>
  merge.resolve(new Map(merge.disputes.map(({ key }) => [key, choice])));

describe('[WF5] two versions of one record, over the one that both began with', () => {
  test('what only one changed is kept by itself', () => {
    const merge = merged(
      notice({ phone: '0312-1111111' }),
      notice({ summary: '北大街停水', carriers: ['touch'] }),
    );
    expect(merge.disputes).toEqual([]);
    expect(merge.settled.map(({ key, by, now }) => [key, by, now])).toEqual([
      ['phone', 'mine', '0312-1111111'],
      ['summary', 'theirs', '北大街停水'],
      ['carriers', 'theirs', '触摸屏'],
    ]);
    expect(merge.resolve(new Map())).toEqual(
      notice({ phone: '0312-1111111', summary: '北大街停水', carriers: ['touch'] }),
    );
  });

  test('what both changed waits for a choice, and is what was chosen', () => {
    const merge = merged(notice({ phone: '0312-1111111' }), notice({ phone: '0312-2222222' }));
    expect(merge.settled).toEqual([]);
    expect(merge.disputes.map(({ key, mine, theirs }) => [key, mine.text, theirs.text])).toEqual([
      ['phone', '0312-1111111', '0312-2222222'],
    ]);
    expect(merge.resolve(new Map())).toBeUndefined();
    expect(all(merge, { take: 'mine' })).toEqual(notice({ phone: '0312-1111111' }));
    expect(all(merge, { take: 'theirs' })).toEqual(notice({ phone: '0312-2222222' }));
    expect(all(merge, { take: 'hand', text: '0312-3333333' })).toEqual(
      notice({ phone: '0312-3333333' }),
    );
  });

  test('both of a text are its two changes where they lie apart, else one under the other', () => {
    const base = notice({ ledText: '今晚10时停水，请储水。' });
    const apart = merged(
      notice({ ledText: '明晚10时停水，请储水。' }),
      notice({ ledText: '今晚10时停水，请多储水。' }),
      base,
    );
    expect(all(apart, { take: 'both' })).toEqual(notice({ ledText: '明晚10时停水，请多储水。' }));
    const meeting = merged(
      notice({ ledText: '今晚11时停水，请储水。' }),
      notice({ ledText: '今晚9时停水，请储水。' }),
      base,
    );
    expect(all(meeting, { take: 'both' })).toEqual(
      notice({ ledText: '今晚9时停水，请储水。\n今晚11时停水，请储水。' }),
    );
    const line = merged(notice({ phone: '1' }), notice({ phone: '2' }));
    expect(line.disputes[0]?.both).toBeNull();
  });

  test('a body is merged paragraph by paragraph', () => {
    const base = withBody('一', '二', '三');
    const apart = merged(withBody('一改', '二', '三'), withBody('一', '二', '三改', '四'), base);
    expect(apart.disputes).toEqual([]);
    expect(apart.settled.map(({ key, by }) => [key, by])).toEqual([['body', 'both']]);
    expect(apart.resolve(new Map())).toEqual(withBody('一改', '二', '三改', '四'));
    const meeting = merged(withBody('一', '二甲', '三'), withBody('一改', '二乙', '三'), base);
    expect(meeting.disputes.map(({ mine, theirs }) => [mine.text, theirs.text])).toEqual([
      ['一\n二甲', '一改\n二乙'],
    ]);
    expect(all(meeting, { take: 'both' })).toEqual(withBody('一改', '二乙', '一', '二甲', '三'));
  });

  test('both of one paragraph are its two changes where they lie apart', () => {
    const merge = merged(
      withBody('紧急：今晚停水。'),
      withBody('今晚停水。请储水。'),
      withBody('今晚停水。'),
    );
    expect(all(merge, { take: 'both' })).toEqual(withBody('紧急：今晚停水。请储水。'));
    const bold: RecordBody = notice({
      body: {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'text', text: '今晚停电。', marks: [{ type: 'bold' }] }],
          },
        ],
      },
    });
    const formatted = merged(bold, withBody('今晚停水。请储水。'), withBody('今晚停水。'));
    expect(formatted.disputes[0]?.both?.text).toBe('今晚停水。请储水。\n今晚停电。');
  });

  test('parts of a document are merged one by one, or as a list when there are more or fewer', () => {
    const base = documentWith('转发语', '方案');
    const edited = merged(documentWith('转发语', '工作方案'), documentWith('批转语', '方案'), base);
    expect(edited.disputes).toEqual([]);
    expect(edited.resolve(new Map())).toEqual(documentWith('批转语', '工作方案'));
    const added = merged(
      documentWith('转发语', '方案', '附件'),
      documentWith('批转语', '方案'),
      base,
    );
    expect(added.disputes).toEqual([]);
    expect(added.resolve(new Map())).toEqual(documentWith('批转语', '方案', '附件'));
    const dropped = merged(documentWith('转发语'), documentWith('转发语', '方案改'), base);
    expect(dropped.disputes).toHaveLength(1);
    expect(all(dropped, { take: 'theirs' })).toEqual(documentWith('转发语', '方案改'));
  });

  test('of lists both are everything that either names', () => {
    const merge = merged(issuedBy('甲局', '乙局'), issuedBy('甲局', '丙局'), issuedBy('甲局'));
    expect(all(merge, { take: 'both' })).toEqual(issuedBy('甲局', '丙局', '乙局'));
  });

  test('what does not fit together is not put together', () => {
    const merge = merged(notice({ summary: waters(150) }), notice({ summary: `电${waters(120)}` }));
    expect(merge.disputes[0]?.both).not.toBeNull();
    expect(all(merge, { take: 'both' })).toBeUndefined();
    expect(all(merge, { take: 'mine' })).toEqual(notice({ summary: waters(150) }));
  });

  test('without the version that both began with everything that differs is asked', () => {
    const mine = notice({ phone: '1', body: textToRichText('一\n二') });
    const theirs = notice({ summary: '停水', body: textToRichText('一\n三') });
    const merge = merged(mine, theirs, null);
    expect(merge.settled).toEqual([]);
    expect(merge.disputes.map(({ label }) => label)).toEqual(['正文', '咨询电话', '摘要']);
    expect(all(merge, { take: 'mine' })).toEqual(mine);
    expect(all(merge, { take: 'theirs' })).toEqual(theirs);
  });
});

describe('[WF5] whatever two people write', () => {
  const words = fc.constantFrom('停水', '停电', '公示', '请储水', '');
  const bodies = fc
    .record({
      title: words,
      ledText: words,
      phone: words,
      category: fc.constantFrom('公示' as const, '其他' as const),
      body: fc.array(
        words.filter((text) => text !== ''),
        { maxLength: 4 },
      ),
      carriers: fc.subarray(['touch' as const, 'board' as const], { minLength: 1 }),
    })
    .map(({ body, ...rest }) => notice({ ...rest, body: textToRichText(body.join('\n')) }));

  test('merging with oneself, or with nobody, changes nothing', () => {
    fc.assert(
      fc.property(bodies, bodies, (base, mine) => {
        for (const merge of [merged(mine, mine, base), merged(mine, base, base)]) {
          expect(merge.disputes).toEqual([]);
          expect(merge.resolve(new Map())).toEqual(mine);
        }
        expect(merged(base, mine, base).resolve(new Map())).toEqual(mine);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('every field that one of them changed alone is in the result, and the sides are alike', () => {
    fc.assert(
      fc.property(bodies, bodies, bodies, (base, mine, theirs) => {
        const [there, back] = [merged(mine, theirs, base), merged(theirs, mine, base)];
        const result = all(there, { take: 'mine' });
        expect(result).toEqual(all(back, { take: 'theirs' }));
        const [b, m, t, r] = [base, mine, theirs, result].map(fieldsOf);
        for (const [key, value] of b ?? []) {
          if (t?.get(key) === value) expect(r?.get(key)).toBe(m?.get(key));
          else if (m?.get(key) === value) expect(r?.get(key)).toBe(t?.get(key));
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('a changed text', () => {
  test('is marked by character, and reads as it was and as it is', () => {
    expect(markedRuns('今晚停水', '明晚停水。')).toEqual([
      { kind: 'removed', text: '今' },
      { kind: 'added', text: '明' },
      { kind: 'kept', text: '晚停水' },
      { kind: 'added', text: '。' },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const runs = markedRuns(a, b);
        const read = (...kinds: string[]) =>
          runs.flatMap(({ kind, text }) => (kinds.includes(kind) ? [text] : [])).join('');
        expect([read('kept', 'removed'), read('kept', 'added')]).toEqual([a, b]);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('that is long is marked by sentence', () => {
    const long = '今晚停水。'.repeat(800);
    const runs = markedRuns(long, `${long}请储水。`);
    expect(runs.map(({ kind, text }) => [kind, text.length])).toEqual([
      ['kept', long.length],
      ['added', 4],
    ]);
  });
});

test('every field that people fill in is read, and every one is merged', () => {
  for (const body of [notice(), documentWith('转发语')]) {
    const keys = unitsOf(body, zh, false).map(({ key }) => key);
    expect([...keys].sort()).toEqual(Object.keys(body.fields).sort());
  }
  const body = notice();
  // validFrom … carriers are each a line; nothing of the record is left out where it is read.
  expect(readBody(body, zh)).toHaveLength(Object.keys(body.fields).length);
  expect(plainTextOf(noticeOf().body)).not.toBe('');
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
