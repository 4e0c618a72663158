import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { routes } from '../../shared/protocol/routes.ts';
import {
  approved,
  as,
  DAY,
  headOf,
  MORNING,
  noticeBody,
  openServiceHall,
  published,
  refusalOf,
  submitted,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

/** Saves the record with another title, as it stands for whoever read it last. */
function retitle(
  hall: ServiceHall,
  who: Parameters<typeof as>[1],
  record: RecordDetail,
  title: string,
) {
  const { id, revision } = record;
  return hall.handlers.saveRecord(as(hall, who), { id, revision, body: noticeBody({ title }) });
}

describe('from draft to screens', () => {
  test('a notice is written, handed in, seen, approved, and out', async () => {
    const hall = await openServiceHall(onTestFinished);
    const before = headOf(hall);
    const out = await published(hall);
    expect(routes.record.output.parse(out)).toEqual(out);
    expect(out).toMatchObject({
      standing: { state: 'approved', by: { name: '王建华' } },
      publicity: { state: 'published', version: 1, at: MORNING },
      latestAt: MORNING + 2 * DAY,
      version: 1,
    });
    expect(headOf(hall).version).toBe(before.version + 1);
    expect(headOf(hall).release.digest).not.toBe(before.release.digest);
  });

  test('a draft that lacks what the kind demands is not handed in, and says what is missing', async () => {
    const hall = await openServiceHall(onTestFinished);
    const editor = as(hall, 'editor');
    const draft = valueOf(
      await hall.handlers.createRecord(editor, { body: noticeBody({ validUntil: null }) }),
    );
    const reply = await hall.handlers.submitRecord(editor, {
      id: draft.id,
      revision: draft.revision,
    });
    expect(reply).toMatchObject({ ok: false, refusal: 'incomplete' });
    expect(reply.ok ? [] : reply.findings).toContainEqual(
      expect.objectContaining({ level: 'block', field: 'validUntil' }),
    );
  });

  test('[WF1] an edit after handing in returns the record to draft, and the seal seen is worth nothing', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const { seal } = valueOf(
      await hall.handlers.previewRecord(as(hall, 'reviewer'), { id: record.id }),
    );
    const saved = valueOf(await retitle(hall, 'editor', record, '北大街停水公告。'));
    expect(saved.standing).toEqual({ state: 'draft' });
    const reply = await hall.handlers.approveRecord(as(hall, 'reviewer'), { id: record.id, seal });
    expect(refusalOf(reply)).toBe('wrong-state');
  });

  test('[WF3] one changed character, handed in again, is refused to the seal that was seen', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id: record.id }));
    const saved = valueOf(await retitle(hall, 'editor', record, '北大街停水公告。'));
    valueOf(
      await hall.handlers.submitRecord(as(hall, 'editor'), {
        id: record.id,
        revision: saved.revision,
      }),
    );
    expect(refusalOf(await hall.handlers.approveRecord(reviewer, { id: record.id, seal }))).toBe(
      'changed',
    );
    expect((await approved(hall, record.id)).publicity.state).toBe('published');
  });

  test('[WF7] what is over is neither handed in nor approved, and can be once its end is later', async () => {
    const hall = await openServiceHall(onTestFinished);
    const editor = as(hall, 'editor');
    const record = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    await hall.pass(2 * DAY);
    const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id: record.id }));
    expect(refusalOf(await hall.handlers.approveRecord(reviewer, { id: record.id, seal }))).toBe(
      'over',
    );
    const { id, revision } = valueOf(await retitle(hall, 'editor', record, '改过标题'));
    expect(refusalOf(await hall.handlers.submitRecord(editor, { id, revision }))).toBe('over');
    const body = noticeBody({ validUntil: hall.clock.now + DAY });
    const later = valueOf(await hall.handlers.saveRecord(editor, { id, revision, body }));
    valueOf(await hall.handlers.submitRecord(editor, { id, revision: later.revision }));
    expect((await approved(hall, id)).publicity.state).toBe('published');
  });

  test('[WF3] the day of publication is part of what is seen: a seal of yesterday is refused', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id: record.id }));
    await hall.pass(DAY);
    expect(refusalOf(await hall.handlers.approveRecord(reviewer, { id: record.id, seal }))).toBe(
      'changed',
    );
    expect((await approved(hall, record.id)).standing.state).toBe('approved');
  });

  test('[WF2] who wrote in a version does not review it, whatever their role', async () => {
    const hall = await openServiceHall(onTestFinished);
    const manager = as(hall, 'manager');
    const draft = valueOf(await hall.handlers.createRecord(manager, { body: noticeBody() }));
    valueOf(await hall.handlers.submitRecord(manager, { id: draft.id, revision: draft.revision }));
    const { seal } = valueOf(await hall.handlers.previewRecord(manager, { id: draft.id }));
    expect(refusalOf(await hall.handlers.approveRecord(manager, { id: draft.id, seal }))).toBe(
      'own-work',
    );
    const sent = await hall.handlers.returnRecord(manager, { id: draft.id, reason: '改' });
    expect(refusalOf(sent)).toBe('own-work');
    const shown = valueOf(await hall.handlers.record(manager, { id: draft.id }));
    expect(shown.may.review).toBe(false);
    const other = valueOf(await hall.handlers.record(as(hall, 'secondManager'), { id: draft.id }));
    expect(other.may.review).toBe(true);
  });

  test('a record that is sent back says why, waits for its author, and can be handed in again', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    const returned = valueOf(
      await hall.handlers.returnRecord(reviewer, { id: record.id, reason: '请写明范围' }),
    );
    expect(returned.standing).toMatchObject({
      state: 'returned',
      reason: '请写明范围',
      by: { name: '王建华' },
    });
    const today = valueOf(await hall.handlers.today(as(hall, 'editor'), {}));
    expect(today.returned.map(({ id }) => id)).toEqual([record.id]);
    const again = await hall.handlers.submitRecord(as(hall, 'editor'), {
      id: record.id,
      revision: returned.revision,
    });
    expect(valueOf(again).standing.state).toBe('submitted');
  });

  test('a new version of what is out leaves it out until it is approved', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await published(hall);
    const { release } = headOf(hall);
    const next = valueOf(await retitle(hall, 'editor', record, '北大街停水公告（延期）'));
    expect(next).toMatchObject({ version: 2, publicity: { state: 'published', version: 1 } });
    expect(headOf(hall).release).toEqual(release);
  });
});

describe('two who write at once', () => {
  test('[WF4] the second of two managers is told whose revision is there, and nothing is lost', async () => {
    const hall = await openServiceHall(onTestFinished);
    const draft = valueOf(
      await hall.handlers.createRecord(as(hall, 'manager'), { body: noticeBody() }),
    );
    const first = valueOf(await retitle(hall, 'manager', draft, '第一位的标题'));
    const second = await retitle(hall, 'secondManager', draft, '第二位的标题');
    expect(second).toMatchObject({
      ok: false,
      refusal: 'conflict',
      findings: [{ revision: first.revision, changedAt: MORNING, changedBy: { name: '陈立' } }],
    });
    const kept = valueOf(await hall.handlers.record(as(hall, 'secondManager'), { id: draft.id }));
    expect(kept.title).toBe('第一位的标题');
    expect(
      valueOf(await retitle(hall, 'secondManager', kept, '第二位的标题')).authors,
    ).toHaveLength(2);
  });

  test('[WF4] of two saves of one revision at the same moment exactly one is kept', async () => {
    const hall = await openServiceHall(onTestFinished);
    const draft = valueOf(
      await hall.handlers.createRecord(as(hall, 'manager'), { body: noticeBody() }),
    );
    const replies = await Promise.all([
      retitle(hall, 'manager', draft, '甲'),
      retitle(hall, 'secondManager', draft, '乙'),
    ]);
    expect(replies.map(({ ok }) => ok).filter(Boolean)).toEqual([true]);
    expect(replies.map(refusalOf)).toContain('conflict');
  });

  test('saving what is already saved changes nothing and voids nothing', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const reply = await hall.handlers.saveRecord(as(hall, 'editor'), {
      id: record.id,
      revision: record.revision,
      body: record.body,
    });
    expect(valueOf(reply)).toEqual(record);
  });
});

describe('departments', () => {
  test('[PO2] an editor neither reads, writes nor receives another department’s records', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const other = as(hall, 'otherEditor');
    expect(valueOf(await hall.handlers.records(other, {})).total).toBe(0);
    expect(refusalOf(await hall.handlers.record(other, { id: record.id }))).toBe('forbidden');
    expect(refusalOf(await hall.handlers.previewRecord(other, { id: record.id }))).toBe(
      'forbidden',
    );
    expect(refusalOf(await retitle(hall, 'otherEditor', record, '改'))).toBe('forbidden');
    const created = await hall.handlers.createRecord(other, { body: noticeBody() });
    expect(refusalOf(created)).toBe('forbidden');
  });

  test('[PO2] an editor cannot move a record into another department', async () => {
    const hall = await openServiceHall(onTestFinished);
    const record = await submitted(hall);
    const reply = await hall.handlers.saveRecord(as(hall, 'editor'), {
      id: record.id,
      revision: record.revision,
      body: noticeBody({ department: '民政局' }),
    });
    expect(refusalOf(reply)).toBe('forbidden');
  });
});

describe('lists', () => {
  test('records are searched by title, issuer and department, filtered by state, newest change first', async () => {
    const hall = await openServiceHall(onTestFinished);
    const water = await published(hall);
    hall.clock.now += 1000;
    hall.clock.monotonic += 1000;
    const draft = await hall.handlers.createRecord(as(hall, 'manager'), {
      body: noticeBody({ title: '婚姻登记安排', issuer: '安澜县民政局', department: '民政局' }),
    });
    const reviewer = as(hall, 'reviewer');
    const list = async (input: Parameters<typeof hall.handlers.records>[1]) =>
      valueOf(await hall.handlers.records(reviewer, input)).records.map(({ title }) => title);
    expect(await list({})).toEqual(['婚姻登记安排', water.title]);
    expect(await list({ search: '供水公司' })).toEqual([water.title]);
    expect(await list({ search: '没有这个' })).toEqual([]);
    expect(await list({ state: 'draft' })).toEqual([valueOf(draft).title]);
    expect(await list({ state: 'published' })).toEqual([water.title]);
    expect(await list({ kind: 'policy-document' })).toEqual([]);
  });

  test('what ends within two days is listed by when it ends; what has no end or is down is not', async () => {
    const hall = await openServiceHall(onTestFinished);
    const late = await published(hall, { title: '后到期', validUntil: MORNING + 2 * DAY });
    const soon = await published(hall, { title: '先到期', validUntil: MORNING + DAY });
    await published(hall, { title: '还早', validUntil: MORNING + 2 * DAY + 1 });
    const down = await published(hall, { title: '已撤下', validUntil: MORNING + DAY });
    const manager = as(hall, 'manager');
    valueOf(await hall.handlers.withdrawRecord(manager, { id: down.id }));
    const { expiring } = valueOf(await hall.handlers.today(manager, {}));
    expect(expiring.map(({ id, latestAt }) => [id, latestAt])).toEqual([
      [soon.id, MORNING + DAY],
      [late.id, MORNING + 2 * DAY],
    ]);
    const { records } = valueOf(await hall.handlers.records(manager, { state: 'withdrawn' }));
    expect(records.map(({ latestAt }) => latestAt)).toEqual([null]);
  });

  test('a page goes on where the one before ended, also when a record came in between', async () => {
    const hall = await openServiceHall(onTestFinished);
    const editor = as(hall, 'editor');
    for (let n = 0; n < 60; n++) {
      hall.clock.now += 1;
      valueOf(
        await hall.handlers.createRecord(editor, { body: noticeBody({ title: `第${n}号` }) }),
      );
    }
    const first = valueOf(await hall.handlers.records(editor, {}));
    expect([first.records.length, first.total]).toEqual([50, 60]);
    hall.clock.now += 1;
    valueOf(await hall.handlers.createRecord(editor, { body: noticeBody({ title: '后来的' }) }));
    const second = valueOf(await hall.handlers.records(editor, { after: first.next ?? '' }));
    expect(second.records.map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, n) => `第${9 - n}号`),
    );
    expect(second.next).toBeNull();
  });

  test('what a person may do follows from the policy table and the workflow together', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const may = async (who: Parameters<typeof as>[1]) =>
      valueOf(await hall.handlers.record(as(hall, who), { id })).may;
    expect(await may('editor')).toEqual({
      edit: true,
      submit: false,
      review: false,
      withdraw: false,
      interrupt: false,
    });
    expect(await may('manager')).toEqual({
      edit: true,
      submit: false,
      review: false,
      withdraw: true,
      interrupt: true,
    });
    expect(await may('reviewer')).toEqual({
      edit: false,
      submit: false,
      review: false,
      withdraw: false,
      interrupt: false,
    });
  });

  test('a notice whose time is over is shown as expired and cannot be withdrawn', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    await hall.pass(3 * DAY);
    const manager = as(hall, 'manager');
    expect(valueOf(await hall.handlers.record(manager, { id })).publicity.state).toBe('expired');
    expect(refusalOf(await hall.handlers.withdrawRecord(manager, { id }))).toBe('not-published');
  });
});
