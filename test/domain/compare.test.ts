import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedFields, compareItems, reconcile } from '../../shared/domain/compare.ts';
import { textToRichText } from '../../shared/records/rich-text.ts';
import { item } from '../builders/items.ts';

const base = {
  title: '停水公告',
  body: textToRichText('明日停水。'),
  phone: '0312-0000000',
  carriers: ['touch', 'board'],
};

test('[WF4] changes of different fields are put together, and nothing is lost', () => {
  const theirs = { ...base, phone: '0312-0000001' };
  const mine = { ...base, body: textToRichText('后日停水。') };
  expect(reconcile(base, theirs, mine)).toEqual({
    merged: { ...base, phone: '0312-0000001', body: textToRichText('后日停水。') },
    changes: [
      { field: 'body', by: 'mine', base: base.body, theirs: base.body, mine: mine.body },
      { field: 'phone', by: 'theirs', base: base.phone, theirs: theirs.phone, mine: base.phone },
    ],
  });
});

test('[WF4] one field changed differently is a clash with all three values; theirs stands', () => {
  const theirs = { ...base, title: '县城北大街停水公告' };
  const mine = { ...base, title: '关于停水的公告' };
  const { merged, changes } = reconcile(base, theirs, mine);
  expect(merged).toEqual(theirs);
  expect(changes).toEqual([
    { field: 'title', by: 'clash', base: base.title, theirs: theirs.title, mine: mine.title },
  ]);
});

test('[WF4] the same change made twice is no clash', () => {
  const same = { ...base, carriers: ['board'] };
  expect(reconcile(base, same, structuredClone(same)).changes).toMatchObject([{ by: 'both' }]);
});

test('[WF4] no value that either wrote is missing from the outcome', () => {
  const fields = fc.record({
    a: fc.nat(3),
    b: fc.array(fc.nat(2), { maxLength: 2 }),
    c: fc.string({ maxLength: 1 }),
  });
  fc.assert(
    fc.property(fields, fields, fields, (was, theirs, mine) => {
      const { merged, changes } = reconcile(was, theirs, mine);
      for (const field of ['a', 'b', 'c'] as const) {
        const kept = [
          merged[field],
          ...changes
            .filter((change) => change.field === field)
            .flatMap((change) => [change.theirs, change.mine]),
        ];
        expect(kept).toContainEqual(theirs[field]);
        expect(kept).toContainEqual(mine[field]);
      }
      if (!changes.some(({ by }) => by === 'clash')) {
        expect(reconcile(was, mine, theirs).merged).toEqual(merged);
      }
    }),
    { seed: 6, numRuns: 500 },
  );
});

test('changed fields are named, whatever the order of members', () => {
  const later = { carriers: ['touch', 'board'], phone: '', body: base.body, title: base.title };
  expect(changedFields(base, later)).toEqual(['phone']);
});

test('a member that comes or goes is a change, at any depth', () => {
  const [bare, signed] = [{ owner: { post: '岗' } }, { owner: { post: '岗', phone: undefined } }];
  expect(changedFields<{ owner: object }>(bare, signed)).toEqual(['owner']);
  expect(changedFields<{ owner: object }>(signed, bare)).toEqual(['owner']);
  expect(changedFields<{ list: object }>({ list: [] }, { list: {} })).toEqual(['list']);
});

test('two releases differ by what was added, changed in which way, and withdrawn', () => {
  const before = [item('water'), item('fair'), item('rules'), item('power')];
  const changed = item('rules', { version: 2, listing: before[2]?.listing ?? item('x').listing });
  const after = [item('water'), changed, item('jobs'), { ...item('power'), latestAt: 5000 }];
  const { added, changed: pairs, withdrawn } = compareItems(before, after);
  expect(added.map(({ record }) => record)).toEqual(['jobs']);
  expect(withdrawn.map(({ record }) => record)).toEqual(['fair']);
  expect(pairs.map(({ after: { record }, aspects }) => [record, aspects])).toEqual([
    ['power', ['showing']],
    ['rules', ['text', 'boards']],
  ]);
});

test('a release compared with itself shows no difference, in whatever order', () => {
  const items = [item('water'), item('fair')];
  expect(compareItems(items, items.toReversed())).toEqual({
    added: [],
    changed: [],
    withdrawn: [],
  });
});
