import { expect, onTestFinished, test } from 'vitest';
import {
  as,
  noticeBody,
  openServiceHall,
  published,
  refusalOf,
  submitted,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const actionsOf = async (hall: ServiceHall) =>
  (await hall.store.read('audit')).map(({ value }) => JSON.stringify(value));

test('[WF1] [WF6] a merge over what was handed in is a draft again, of both authors, and the log says so', async () => {
  const hall = await openServiceHall(onTestFinished);
  const handedIn = await submitted(hall);
  const body = noticeBody({ phone: '0312-1111111', department: '供水公司' });
  const saved = valueOf(
    await hall.handlers.saveRecord(as(hall, 'manager'), {
      id: handedIn.id,
      revision: handedIn.revision,
      body,
      merged: true,
    }),
  );
  expect(saved.standing).toEqual({ state: 'draft' });
  expect(saved.authors.map(({ name }) => name)).toEqual(['周敏', '陈立']);
  const actions = await actionsOf(hall);
  expect(actions.filter((text) => text.includes('"record.merge"'))).toHaveLength(1);
  expect(actions.filter((text) => text.includes('"record.edit"'))).toHaveLength(0);
});

test('[WF6] an approval does not survive a merge, and the public goes on seeing what was approved', async () => {
  const hall = await openServiceHall(onTestFinished);
  const { id, revision } = await published(hall);
  const edit = { id, revision, body: noticeBody({ phone: '0312-1111111' }), merged: true };
  const saved = valueOf(await hall.handlers.saveRecord(as(hall, 'editor'), edit));
  expect(saved).toMatchObject({
    standing: { state: 'draft' },
    publicity: { state: 'published', version: 1 },
    version: 2,
  });
});

test('[WF6] a merge over a revision that is not the newest is refused: the comparison begins anew', async () => {
  const hall = await openServiceHall(onTestFinished);
  const { id, revision } = await submitted(hall);
  const merge = (phone: string) =>
    hall.handlers.saveRecord(as(hall, 'manager'), {
      id,
      revision,
      body: noticeBody({ phone }),
      merged: true,
    });
  valueOf(await merge('0312-1111111'));
  expect(refusalOf(await merge('0312-2222222'))).toBe('conflict');
});
