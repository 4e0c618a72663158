import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Versioned } from '../../shared/domain/workflow.ts';
import { approve, edit, sendBack, submit } from '../../shared/domain/workflow.ts';
import { sha256 } from '../builders/items.ts';

const SEAL = sha256('as submitted');
const draft: Versioned = { standing: { state: 'draft' }, authors: ['lin'] };
const submitted: Versioned = {
  standing: { state: 'submitted', by: 'lin', at: 10, seal: SEAL },
  authors: ['lin'],
};
const approvedVersion: Versioned = {
  standing: { state: 'approved', by: 'wang', at: 20, seal: SEAL },
  authors: ['lin'],
};
const returned: Versioned = {
  standing: { state: 'returned', by: 'wang', at: 20, reason: '电话写错了' },
  authors: ['lin'],
};
const everyState = [draft, submitted, approvedVersion, returned];

test.each(everyState)(
  '[WF1] an edit returns a record that is $standing.state to draft',
  (version) => {
    expect(edit(version, 'lin')).toEqual(draft);
  },
);

test('[WF1] whoever edits joins the authors, once', () => {
  expect(edit(edit(submitted, 'zhao'), 'zhao').authors).toEqual(['lin', 'zhao']);
});

test('[WF1] after an edit an approval of the earlier submission is refused', () => {
  expect(approve(edit(submitted, 'lin'), 'wang', 20, SEAL)).toMatchObject({
    refusal: 'wrong-state',
  });
});

test('[WF2] nobody approves or sends back what they wrote, whoever submitted it', () => {
  const together: Versioned = { ...submitted, authors: ['lin', 'wang'] };
  expect(approve(together, 'wang', 20, SEAL)).toMatchObject({ refusal: 'own-work' });
  expect(sendBack(together, 'lin', 20, '有误')).toMatchObject({ refusal: 'own-work' });
});

test('[WF2] who edited once stays an author however often others edit', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('lin', 'wang', 'zhao'), { minLength: 1 }), (editors) => {
      const version = editors.reduce(edit, { ...draft, authors: [] });
      const sent = submit(version, 'qian', 5, SEAL);
      if (!sent.ok) throw new Error(sent.refusal);
      for (const person of ['lin', 'wang', 'zhao'] as const) {
        const outcome = approve(sent.value, person, 6, SEAL);
        expect(outcome.ok).toBe(!editors.includes(person));
      }
    }),
    { seed: 5 },
  );
});

test('[WF3] an approval binds the seal that was submitted and seen', () => {
  expect(approve(submitted, 'wang', 20, SEAL)).toEqual({ ok: true, value: approvedVersion });
});

test('[WF3] another seal, though of one changed character, is refused as changed', () => {
  expect(approve(submitted, 'wang', 20, sha256('as submitted.'))).toMatchObject({
    refusal: 'changed',
  });
});

test('only drafts and returned records are submitted, only submitted ones reviewed', () => {
  const outcomes = everyState.map((version) => ({
    state: version.standing.state,
    submit: submit(version, 'lin', 30, SEAL).ok,
    approve: approve(version, 'wang', 30, SEAL).ok,
    sendBack: sendBack(version, 'wang', 30, '有误').ok,
  }));
  expect(outcomes).toEqual([
    { state: 'draft', submit: true, approve: false, sendBack: false },
    { state: 'submitted', submit: false, approve: true, sendBack: true },
    { state: 'approved', submit: false, approve: false, sendBack: false },
    { state: 'returned', submit: true, approve: false, sendBack: false },
  ]);
});

test('a record is sent back with a reason or not at all', () => {
  expect(sendBack(submitted, 'wang', 20, '电话写错了')).toEqual({ ok: true, value: returned });
  expect(sendBack(submitted, 'wang', 20, ' \n')).toMatchObject({ refusal: 'reason-missing' });
});
