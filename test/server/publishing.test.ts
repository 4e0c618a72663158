import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../board-server/services/audit.ts';
import { present } from '../../shared/kit/assert.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import { item as itemSchema, release as releaseSchema } from '../../shared/protocol/objects.ts';
import { lease as leaseSchema } from '../../shared/protocol/statements.ts';
import { headDigest } from '../../board-server/services/publication.ts';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import {
  as,
  approved,
  DAY,
  headOf,
  HOUR,
  MORNING,
  noticeBody,
  openServiceHall,
  published,
  refusalOf,
  submitted,
  valueOf,
} from './service-hall.ts';
import type { Name, ServiceHall } from './service-hall.ts';

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
    const kept = present(hall.collections.items.get(id), 'item');
    const item = itemOf(hall, id);
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
    expect(reply).toMatchObject({ refusal: 'not-out', detail: 'storage-full' });
    expect(headOf(hall).version).toBe(version);
    expect(await publicityOf(hall, idOf(first?.id))).toBe('withdrawing');
    hall.disk.isFull = false;
    await hall.pass(60_000);
    expect(await publicityOf(hall, idOf(first?.id))).toBe('withdrawn');
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

describe('what is kept but not out', () => {
  test('what was approved is not called published before it is, and is as soon as it is', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall, { title: '先发的公告' });
    const { id } = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id }));
    const { put } = hall.objects;
    // Room for the renderings, none for the release that would carry them.
    hall.objects.put = async (objects) => {
      const kept = await put(objects);
      hall.disk.isFull = true;
      return kept;
    };
    const reply = await hall.handlers.approveRecord(reviewer, { id, seal });
    expect(reply).toMatchObject({ refusal: 'not-out', detail: 'storage-full' });
    const shown = valueOf(await hall.handlers.record(as(hall, 'manager'), { id }));
    expect(shown).toMatchObject({
      standing: { state: 'approved' },
      publicity: { state: 'held', version: 1, at: MORNING, why: 'retrying' },
      latestAt: null,
      may: { withdraw: true, interrupt: false },
    });
    const today = valueOf(await hall.handlers.today(as(hall, 'manager'), {}));
    expect(today.held.map((record) => record.id)).toEqual([id]);
    hall.objects.put = put;
    hall.disk.isFull = false;
    await hall.pass(60_000);
    expect(await publicityOf(hall, id)).toBe('published');
    expect(valueOf(await hall.handlers.today(as(hall, 'manager'), {})).held).toEqual([]);
  });

  test('a start that cannot publish knows by the last head what was out', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    hall.clock.now += 8 * DAY;
    hall.clock.monotonic += 8 * DAY;
    const validUntil = hall.clock.now + DAY;
    const again = await hall.restart();
    expect(refusalOf(await again.publishing.start())).toBe('clock-suspect');
    expect(await publicityOf(again, id)).toBe('expired');
    const draft = await submitted(again, { validUntil });
    await expect(approved(again, draft.id)).rejects.toThrow('clock-suspect');
    expect(await publicityOf(again, draft.id)).toBe('never');
    await again.publishing.close();
  });
});

describe('renderings', () => {
  test.each(['view', 'pages'] as const)(
    '[SY3] a damaged %s is made again from its record, byte for byte, within the minute',
    async (which) => {
      const { hall, id, name, before } = await damaged(which);
      const head = headOf(hall);
      await hall.pass(60_000);
      expect((await hall.objects.read(name))?.bytes).toEqual(before);
      expect(headOf(hall)).toEqual(head);
      expect(await publicityOf(hall, id)).toBe('published');
    },
  );

  test('[SY3] one whose record has changed is left out, said aloud, and whole with the next approval', async () => {
    const { hall, id, name } = await damaged('view');
    const editor = as(hall, 'editor');
    const { revision } = valueOf(await hall.handlers.record(editor, { id }));
    const body = noticeBody({ title: '北大街停水公告（更正）' });
    const saved = valueOf(await hall.handlers.saveRecord(editor, { id, revision, body }));
    await hall.pass(60_000);
    expect(hall.objects.has(name)).toBe(false);
    expect(headOf(hall).revoked).toEqual([]);
    const { sections } = releaseSchema.parse(await jsonOf(hall, headOf(hall).release.digest));
    expect(sections['touch']).toEqual([]);
    const shown = valueOf(await hall.handlers.record(editor, { id }));
    expect(shown.publicity).toMatchObject({ state: 'held', version: 1, why: 'damaged' });
    const said = () => hall.logged.filter((line) => line.includes(`${id}/1 is damaged`));
    expect(said()).toHaveLength(1);
    const { version } = headOf(hall);
    await hall.pass(60_000);
    // Once is enough: it is not tried, published and said again every minute.
    expect([said().length, headOf(hall).version]).toEqual([1, version]);
    const log = (await hall.store.read('audit')).map(({ value }) => JSON.stringify(value));
    expect(log.filter((value) => value.includes('record.damage'))).toHaveLength(1);

    valueOf(await hall.handlers.submitRecord(editor, { id, revision: saved.revision }));
    expect((await approved(hall, id)).publicity).toMatchObject({ state: 'published', version: 2 });
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
    expect(await hall.handlers.withdrawRecord(manager, { id })).toMatchObject({
      refusal: 'not-out',
      detail: 'clock-suspect',
    });
    expect(await publicityOf(hall, id)).toBe('withdrawing');
    expect(headOf(hall).version).toBe(version);
    expect(leaseOf(hall)).toEqual(lease);
    const administrator = as(hall, 'administrator');
    expect(valueOf(await hall.handlers.hall(administrator, {})).clock).toBe('stepped');
    const seenAt = hall.clock.now;
    const confirm = (who: Name, at: number) =>
      hall.handlers.confirmClock(as(hall, who), { seenAt: at });
    expect(refusalOf(await confirm('manager', seenAt))).toBe('forbidden');
    // It jumped on after the administrator looked: that time is not the one that would be believed.
    expect(refusalOf(await confirm('administrator', seenAt - 3 * 60_000))).toBe('changed');
    expect(headOf(hall).version).toBe(version);
    valueOf(await confirm('administrator', seenAt - 60_000));
    expect(valueOf(await hall.handlers.hall(administrator, {})).clock).toBeNull();
    expect(leaseOf(hall).signedAt).toBe(seenAt);
    const log = (await hall.store.read('audit')).map(({ value }) => value);
    expect(log).toContainEqual(
      expect.objectContaining({ action: 'clock.confirm', by: administrator.actor?.personRef }),
    );
    expect(headOf(hall)).toMatchObject({
      version: version + 1,
      revoked: [{ record: id, version: 1 }],
    });
  });

  test('[CK7] a clock that is set back a little stops no lease, and what its wrong time took from the release comes back', async () => {
    const hall = await openServiceHall(onTestFinished);
    await published(hall, { validUntil: MORNING + 5 * 60_000 });
    const { release } = headOf(hall);
    await hall.pass(6 * 60_000);
    expect(headOf(hall).release).not.toEqual(release);
    hall.clock.now -= 5 * 60_000;
    await hall.pass(60_000);
    expect(leaseOf(hall).signedAt).toBe(MORNING + 2 * 60_000);
    expect(headOf(hall).release).toEqual(release);
    const { version } = headOf(hall);
    await hall.pass(60_000);
    expect(headOf(hall).version).toBe(version);
    await hall.pass(2 * 60_000);
    expect(headOf(hall).release).not.toEqual(release);
  });

  test('[CK7] a clock that is set back a day and confirmed stops neither leases nor what could not be published', async () => {
    const hall = await openServiceHall(onTestFinished);
    await hall.pass(60_000);
    hall.clock.now -= DAY;
    const seenAt = hall.clock.now;
    valueOf(await hall.handlers.confirmClock(as(hall, 'administrator'), { seenAt }));
    await hall.pass(60_000);
    expect(leaseOf(hall).signedAt).toBe(seenAt + 60_000);
    const { version } = headOf(hall);
    const { id } = await submitted(hall);
    const reviewer = as(hall, 'reviewer');
    const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id }));
    const { put } = hall.objects;
    // Room for the renderings, none for the release that would carry them.
    hall.objects.put = async (objects) => {
      const kept = await put(objects);
      hall.disk.isFull = true;
      return kept;
    };
    expect(refusalOf(await hall.handlers.approveRecord(reviewer, { id, seal }))).toBe('not-out');
    hall.objects.put = put;
    hall.disk.isFull = false;
    await hall.pass(60_000);
    expect(headOf(hall).version).toBe(version + 1);
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

  test('the reason may follow: it is kept with the withdrawal and in the log, and moves nothing', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { id } = await published(hall);
    const manager = as(hall, 'manager');
    valueOf(await hall.handlers.withdrawRecord(manager, { id }));
    const head = headOf(hall);
    hall.clock.now += 1000;
    const said = { id, reason: ' 开始时间写错了 ' };
    const noted = valueOf(await hall.handlers.withdrawRecord(as(hall, 'secondManager'), said));
    expect(noted.publicity).toMatchObject({
      state: 'withdrawn',
      at: MORNING,
      by: { name: '陈立' },
      reason: '开始时间写错了',
    });
    expect(headOf(hall)).toEqual(head);
    const [entry] = (await hall.store.read('audit')).slice(-1);
    expect(entry?.value).toMatchObject({
      by: { name: '赵琳' },
      action: 'record.withdraw-reason',
      subject: `record:${id}`,
      detail: '1 开始时间写错了',
    });
    const stranger = await hall.handlers.withdrawRecord(as(hall, 'editor'), { id, reason: '不' });
    expect(refusalOf(stranger)).toBe('forbidden');
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

/** Flips a byte of the stored object, and lets the next reader find it out. */
async function damage(hall: ServiceHall, name: string): Promise<void> {
  const path = join(hall.objectFolder, name.slice(0, 2), name);
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
  await writeFile(path, bytes);
  expect(await hall.objects.read(name)).toBeUndefined();
  expect(hall.objects.has(name)).toBe(false);
}

async function damaged(which: 'view' | 'pages') {
  const hall = await openServiceHall(onTestFinished);
  const { id } = await published(hall);
  const item = itemOf(hall, id);
  const name =
    which === 'view'
      ? item.view.digest
      : present(Object.values(item.boards)[0], 'board').pages.digest;
  const before = present(await hall.objects.read(name), 'object').bytes;
  // Another run, so that nothing is in memory.
  const again = await hall.restart();
  valueOf(await again.publishing.start());
  onTestFinished(() => again.publishing.close());
  await damage(again, name);
  return { hall: again, id, name, before };
}

const publicityOf = async (hall: ServiceHall, id: RecordDetail['id']) =>
  valueOf(await hall.handlers.record(as(hall, 'manager'), { id })).publicity.state;

async function jsonOf(hall: ServiceHall, name: string): Promise<unknown> {
  return JSON.parse(String((await hall.objects.read(name))?.bytes)) as unknown;
}

function itemOf(hall: ServiceHall, id: RecordDetail['id']) {
  const open = parseEnvelope(present(hall.collections.items.get(id), 'item').value.envelope);
  return itemSchema.parse(open.ok ? payloadJson(open.value.payload) : undefined);
}

const idOf = (text = '') => id(isRecordId, text);

function leaseOf(hall: ServiceHall) {
  const open = parseEnvelope(hall.publishing.current()?.lease ?? '');
  return leaseSchema.parse(open.ok ? payloadJson(open.value.payload) : undefined);
}
