import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex, foldDocument, search } from '../../kiosk/touch/search/index.ts';
import { excerptOf, locate, locateInitials } from '../../kiosk/touch/search/locate.ts';
import { press } from '../../kiosk/touch/search/keys.ts';
import { foldForSearch } from '../../shared/records/search.ts';

const documentOf = (key: string, title: string, text: string, initials = '') => ({
  key,
  title,
  text: `${title}\n${text}`,
  initials,
});
const find = (documents: readonly ReturnType<typeof documentOf>[], query: string) =>
  [...search(buildIndex(documents.map(foldDocument)), query)].map((at) => documents[at]?.key);

describe('exact search', () => {
  it('[SC8] finds what `includes` finds and nothing else, over any records', () => {
    const letters = fc.string({
      unit: fc.constantFrom('停', '水', '公', '告', 'a', 'B', 'Ａ', '㎡', ' ', '\n'),
      maxLength: 12,
    });
    const record = fc.record({
      title: letters,
      text: letters,
      initials: fc.string({ unit: fc.constantFrom('t', 's', 'g'), maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), letters, (records, query) => {
        const documents = records.map(({ title, text, initials }, index) =>
          documentOf(`r${index}`, title, text, initials),
        );
        const wanted = foldForSearch(query);
        const expected = documents.filter(
          ({ text, initials }) =>
            wanted !== '' &&
            !wanted.includes('\n') &&
            (foldForSearch(text).includes(wanted) || initials.includes(wanted)),
        );
        expect(new Set(find(documents, query))).toEqual(new Set(expected.map(({ key }) => key)));
      }),
      { seed: 20260917, numRuns: 2000 },
    );
  });

  it('[SC8] does not join the end of one record to the beginning of the next', () => {
    expect(find([documentOf('a', '停', '水'), documentOf('b', '公告', '')], '水公')).toEqual([]);
    expect(find([documentOf('a', '停', '水'), documentOf('b', '公告', '')], '水\n公')).toEqual([]);
  });

  it('[SC8] shows first what is found by name, then the newest', () => {
    const documents = [
      documentOf('new', '通知', '将要停水', 'tz'),
      documentOf('titled', '停水公告', '', 'tsgg'),
      documentOf('old', '办法', '停水的规定', 'bf'),
    ];
    expect(find(documents, '停水')).toEqual(['titled', 'new', 'old']);
    expect(find(documents, 'TSG')).toEqual(['titled']);
  });

  it('[SC8] marks what was found, in the text as it is written', () => {
    expect(locate('面积100㎡以内', 'M2以')).toEqual([5, 7]);
    expect(locateInitials('县城停水公告', 'xctsgg\nxzlsgs', 'ts')).toEqual([2, 4]);
    expect(locateInitials('县城停水公告', 'xctsgg', 'zz')).toBeUndefined();
    expect(excerptOf('标题\n因管网检修北大街停水。\n第二段', '停水')).toEqual({
      before: '因管网检修北大街',
      match: '停水',
      after: '。',
    });
    expect(excerptOf('标题', '停水')).toBeUndefined();
  });

  it('keys write, erase and clear, and end at forty characters', () => {
    expect(press('ts', 'g')).toBe('tsg');
    expect(press('停水', 'erase')).toBe('停');
    expect(press('ts', 'clear')).toBe('');
    expect(press('x'.repeat(40), 'y')).toHaveLength(40);
  });
});
