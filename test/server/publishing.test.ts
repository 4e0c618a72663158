import { onTestFinished, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../board-server/services/audit.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import { item as itemSchema, release as releaseSchema } from '../../shared/protocol/objects.ts';
import { lease as leaseSchema } from '../../shared/protocol/statements.ts';
import { headDigest } from '../../board-server/services/publication.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import {
  as,
  approved,
  DAY,
  headOf,
  HOUR,
  MORNING,
  openServiceHall,
  published,
  refusalOf,
  submitted,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const CAUSE = { by: SYSTEM, reason: 'test' };

describe('what is out', () => {
  test('[RL1] publishing an unchanged draft makes no new head', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall);
    const before = hall.publishing.current()?.document;
    valueOf(await hall.publishing.publish(CAUSE));
    expect(hall.publishing.current()?.document).toEqual(before);
  });

  test('[RL1] services over the same data say the same, byte for byte, and go on from there', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const before = hall.publishing.current()?.document.envelope;
    const again = await hall.restart();
    valueOf(await again.publishing.start());
    expect(again.publishing.current()?.document.envelope).toBe(before);
    expect(again.signer.rootFingerprint).toBe(hall.signer.rootFingerprint);
    const { version } = headOf(again);
    valueOf(await again.handlers.withdrawRecord(as(again, 'manager'), { id }));
    expect(headOf(again).version).toBe(version + 1);
    await again.publishing.close();
  });

  test('a change that was kept but not published is out after the next start', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const { version } = headOf(hall);
    const kept = hall.collections.items.get(id);
    if (kept === undefined) throw new Error('no item');
    const withdrawn = { at: hall.clock.now, by: SYSTEM, reason: '' };
    const revoked = [{ version: 1, at: hall.clock.now }];
    await hall.store.commit({
      puts: [hall.collections.items.put(id, { ...kept.value, withdrawn, revoked })],
    });
    const again = await hall.restart();
    valueOf(await again.publishing.start());
    expect(headOf(again)).toMatchObject({
      version: version + 1,
      revoked: [{ record: id, version: 1 }],
    });
    await again.publishing.close();
  });

  test('[TR8] a head activates at the instant it is signed', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall);
    expect(headOf(hall).activateAt).toBe(MORNING);
  });

  test('requests that come while one is under way share the next head and are all in the log', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { version } = headOf(hall);
    const titles = ['一', '二', '三', '四', '五'].map((name) => `${name}号公告`);
    const ids = await Promise.all(
      titles.map(async (title) => (await submitted(hall, { title })).id),
    );
    await Promise.all(ids.map((id) => approved(hall, id)));
    expect(headOf(hall).version).toBeGreaterThan(version);
    expect(headOf(hall).version).toBeLessThanOrEqual(version + ids.length);
    const log = await hall.store.read('audit');
    const reasons = log
      .map(({ value }) => JSON.stringify(value))
      .filter((value) => value.includes('channel.publish'));
    for (const id of ids)
      expect(reasons.filter((reason) => reason.includes(`record.approve ${id}`))).toHaveLength(1);
  });

  test('[RL5] the server refuses to publish an item that is for staff only', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const before = headOf(hall);
    const kept = hall.collections.items.get(id);
    if (kept === undefined) throw new Error('no item');
    const open = parseEnvelope(kept.value.envelope);
    const item = itemSchema.parse(open.ok ? payloadJson(open.value.payload) : undefined);
    const signed = await hall.signer.sign('item', () => ({ ...item, audience: 'staff' }));
    if (!signed.ok) throw new Error('not signed');
    const secret = { ...kept.value, envelope: signed.value.envelope };
    await hall.store.commit({ puts: [hall.collections.items.put(id, secret)] });
    expect(refusalOf(await hall.publishing.publish(CAUSE))).toBe('not-public');
    expect(headOf(hall)).toEqual(before);
  });
});

describe('faults', () => {
  test('a full disk refuses in words, changes nothing, and what waits is out once there is room', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const before = hall.publishing.current()?.document;
    hall.disk.isFull = true;
    const other = await submitted(hall, { title: '另一条公告' });
    await expect(approved(hall, other.id)).rejects.toThrow('storage-full');
    const withdrawal = await hall.handlers.withdrawRecord(as(hall, 'manager'), { id });
    // The release without it was out before, so its objects are there: taking off needs no room.
    expect(valueOf(withdrawal).publicity.state).toBe('withdrawn');
    expect(before).not.toEqual(hall.publishing.current()?.document);
    hall.disk.isFull = false;
    expect((await approved(hall, other.id)).publicity.state).toBe('published');
  });

  test('a withdrawal that found no room is tried again every minute until it is out', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall, { title: '先发的公告' });
    const { id } = await published(hall, { title: '后发的公告' });
    valueOf(await hall.handlers.withdrawRecord(as(hall, 'manager'), { id }));
    const third = await published(hall, { title: '又一条公告' });
    const { version } = headOf(hall);
    await hall.objects.remove(headOf(hall).release.digest);
    hall.disk.isFull = true;
    const first = hall.collections.items
      .list()
      .find(({ id: record }) => record !== id && record !== third.id);
    const reply = await hall.handlers.withdrawRecord(as(hall, 'manager'), { id: idOf(first?.id) });
    expect(refusalOf(reply)).toBe('storage-full');
    expect(headOf(hall).version).toBe(version);
    hall.disk.isFull = false;
    await hall.pass(60_000);
    expect(headOf(hall)).toMatchObject({ version: version + 1, revoked: [{}, {}] });
  });

  test('[SY3] a damaged object of the release is made again by the next publication', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall);
    const names = new Set(hall.objects.names());
    const { sections } = releaseSchema.parse(await jsonOf(hall, headOf(hall).release.digest));
    const chunk = sections['touch']?.[0]?.digest ?? '';
    await hall.objects.remove(chunk);
    expect(hall.objects.has(chunk)).toBe(false);
    valueOf(await hall.publishing.publish(CAUSE));
    expect(new Set(hall.objects.names())).toEqual(names);
  });
});

describe('time', () => {
  test('[RL6] an item that begins later enters a day ahead, at that very moment', async () => {
    const hall = await openServiceHall(onTestFinished);
    const validFrom = MORNING + 30 * HOUR;
    await published(hall, { validFrom, validUntil: validFrom + DAY });
    const { version } = headOf(hall);
    expect(hall.alarm.due()).toContain(validFrom - DAY);
    await hall.pass(6 * HOUR - 1);
    expect(headOf(hall).version).toBe(version);
    await hall.pass(1);
    expect(headOf(hall).version).toBe(version + 1);
  });

  test('[RL6] an item whose time is over leaves the release at that very moment', async () => {
    const hall = await openServiceHall(onTestFinished);
    const empty = headOf(hall).release;
    await published(hall, { validUntil: MORNING + HOUR });
    const { version } = headOf(hall);
    await hall.pass(HOUR - 1);
    expect(headOf(hall).version).toBe(version);
    await hall.pass(1);
    expect(headOf(hall)).toMatchObject({ version: version + 1, release: empty });
  });

  test('a lease for the newest head is signed with it and every minute, and witnesses the audit log', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall);
    const first = leaseOf(hall);
    const document = hall.publishing.current()?.document;
    expect(first).toMatchObject({ version: headOf(hall).version, signedAt: MORNING });
    expect(first.head).toBe(document && headDigest(document));
    expect(first.audit).toBe(hall.store.head('audit').hash);
    await hall.pass(60_000);
    expect(leaseOf(hall)).toMatchObject({
      version: first.version,
      head: first.head,
      signedAt: MORNING + 60_000,
    });
    expect(headOf(hall).version).toBe(first.version);
  });

  test('[TR10] with a clock that stepped nothing is signed until an administrator confirms', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const { version } = headOf(hall);
    hall.clock.now += 11 * 60_000;
    const lease = leaseOf(hall);
    const manager = as(hall, 'manager');
    expect(refusalOf(await hall.handlers.withdrawRecord(manager, { id }))).toBe('clock-suspect');
    expect(headOf(hall).version).toBe(version);
    expect(leaseOf(hall)).toEqual(lease);
    await hall.signer.confirmClock();
    await hall.pass(60_000);
    expect(headOf(hall)).toMatchObject({
      version: version + 1,
      revoked: [{ record: id, version: 1 }],
    });
  });
});

describe('withdrawal', () => {
  test('[SY7] the head names what was withdrawn, and the release leaves it out', async () => {
    const hall = await openServiceHall(onTestFinished);
    const empty = headOf(hall).release;
    const { id } = await published(hall);
    const detail = valueOf(
      await hall.handlers.withdrawRecord(as(hall, 'manager'), { id, reason: '日期有误' }),
    );
    expect(detail.publicity).toMatchObject({
      state: 'withdrawn',
      version: 1,
      by: { name: '陈立' },
    });
    expect(headOf(hall)).toMatchObject({ release: empty, revoked: [{ record: id, version: 1 }] });
    const again = await hall.handlers.withdrawRecord(as(hall, 'manager'), { id });
    expect(refusalOf(again)).toBe('not-published');
  });

  test('[SY7] a version stays withdrawn after the next one was approved', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const withdrawn = valueOf(await hall.handlers.withdrawRecord(as(hall, 'manager'), { id }));
    const body = { ...withdrawn.body };
    if (body.kind !== 'notice') throw new Error('a notice');
    const editor = as(hall, 'editor');
    const saved = valueOf(
      await hall.handlers.saveRecord(editor, {
        id,
        revision: withdrawn.revision,
        body: { kind: 'notice', fields: { ...body.fields, title: '北大街停水公告（更正）' } },
      }),
    );
    expect(saved.version).toBe(2);
    valueOf(await hall.handlers.submitRecord(editor, { id, revision: saved.revision }));
    const out = await approved(hall, id);
    expect(out.publicity).toMatchObject({ state: 'published', version: 2 });
    expect(headOf(hall).revoked).toEqual([{ record: id, version: 1 }]);
  });
});

async function jsonOf(hall: ServiceHall, name: string): Promise<unknown> {
  return JSON.parse(String((await hall.objects.read(name))?.bytes)) as unknown;
}

const idOf = (text = '') => id(isRecordId, text);

function leaseOf(hall: ServiceHall) {
  const open = parseEnvelope(hall.publishing.current()?.lease ?? '');
  return leaseSchema.parse(open.ok ? payloadJson(open.value.payload) : undefined);
}
