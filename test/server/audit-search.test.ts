import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditIndex } from '../../board-server/services/audit-index.ts';
import { AUDIT, audited, createAuditHandlers } from '../../board-server/services/audit.ts';
import type { AuditEvent } from '../../board-server/services/audit.ts';
import { createSubjectNames } from '../../board-server/services/subject-names.ts';
import type { Store } from '../../board-server/store/store.ts';
import { id, isProfileId, isScreenId, isSlotId } from '../../shared/kit/ids.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { answerOf, createHall } from './hall.ts';
import { as, HOUR, MORNING, openServiceHall, published, valueOf } from './service-hall.ts';

const LI = { id: 'p-li', name: '李桐', post: '科员' };
const ZHOU = { id: 'p-zhou', name: '周敏', post: '科员' };

describe('searching the log', () => {
  it('[AD1] finds by person, record, screen and time, and by all of them together', async () => {
    const hall = await openServiceHall(onTestFinished);
    const people = { find: (name: string) => (name === 'p-li' ? { ...PERSON } : undefined) };
    const nameOf = createSubjectNames(hall.store, people);
    const index = createAuditIndex({ store: hall.store, log: AUDIT }, (subject) =>
      nameOf({ subject, detail: '' }),
    );
    const { audit } = createAuditHandlers(hall.store, index, nameOf);
    const manager = as(hall, 'manager');
    const actions = async (input: InputOf<'audit'>) =>
      valueOf(await audit(manager, input)).entries.map(({ action }) => action);
    const write = (event: AuditEvent) => hall.store.commit({ appends: [audited(event)] });

    const { id: record } = await published(hall, { title: '北大街停水公告' });
    await published(hall, { title: '南关小学招生通知' });
    await hall.pass(HOUR);
    const slot = { record, class: 'default', window: { kind: 'always' }, order: 1 } as const;
    valueOf(await hall.handlers.putSlot(manager, { id: id(isSlotId, 'now'), ...slot }));
    const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
    const screen = id(isScreenId, 'led-door');
    valueOf(await hall.handlers.putScreen(manager, { id: screen, name: '门楣屏', device }));
    await hall.pass(HOUR);
    await write({ by: ZHOU, action: 'session.begin', subject: 'person:p-zhou' });
    await write({ by: SYSTEM, action: 'account.lock', subject: 'person:p-li' });
    await write({ by: LI, action: 'record.edit', subject: `record:${record}` });

    const ofRecord = [
      'record.edit',
      'slot.put',
      'record.approve',
      'record.submit',
      'record.create',
    ];
    expect(await actions({ record: '北大街' })).toEqual(ofRecord);
    expect(await actions({ subject: `record:${record}` })).toEqual(ofRecord);
    expect(await actions({ subject: 'slot:now' })).toEqual(['slot.put']);
    expect(await actions({ screen: '门楣' })).toEqual(['screen.put']);
    expect(await actions({ person: '李' })).toEqual(['record.edit', 'account.lock']);
    expect(await actions({ person: '陈立', from: MORNING + HOUR })).toEqual([
      'screen.put',
      'channel.publish',
      'slot.put',
    ]);
    expect(await actions({ record: '北大街', until: MORNING + HOUR })).toEqual(ofRecord.slice(2));
    expect(await actions({ record: '北大街', person: '陈立' })).toEqual(['slot.put']);
    expect(await actions({ record: '北大街', screen: '门楣' })).toEqual([]);
    expect(await actions({ person: '没有这个人' })).toEqual([]);
    // Blank fields ask nothing.
    expect(await actions({ person: ' ' })).toEqual(await actions({}));
  });

  it('[AD1] pages through what it found without leaving out or repeating any', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('auditor');
    await fill(hall.store, 1000);
    const pages: number[][] = [];
    let before = '';
    for (;;) {
      const answer = await hall.request(`/api/audit?person=李${before}`, { cookie });
      const { entries, next, total } = await answerOf('audit', answer);
      expect(total).toBe(334);
      pages.push(entries.map(({ seq }) => seq));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(pages.map((page) => page.length)).toEqual([100, 100, 100, 34]);
    const all = pages.flat();
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    expect(new Set(all).size).toBe(334);
  });

  it('[AD1] sees what was added since the last search, and only reads that', async () => {
    const hall = await createHall();
    await fill(hall.store, 1200);
    const asked: number[] = [];
    const store: Pick<Store, 'read' | 'head'> = {
      head: hall.store.head,
      async read(log, range) {
        const entries = await hall.store.read(log, range);
        asked.push(entries.length);
        return entries;
      },
    };
    const index = createAuditIndex({ store, log: AUDIT }, () => '');
    const total = async () =>
      (await index.find({ person: '李' }, { before: Infinity, limit: 1 })).total;
    expect([await total(), asked]).toEqual([400, [500, 500, 200]]);
    await hall.store.commit({
      appends: [audited({ by: LI, action: 'hall.edit', subject: 'hall' })],
    });
    expect([await total(), asked]).toEqual([401, [500, 500, 200, 1]]);
    await Promise.all([total(), total()]);
    expect(asked).toHaveLength(4);
  });

  it('refuses a time or a place that is no number', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('auditor');
    for (const query of ['from=yesterday', 'until=-1', 'before=1.5', 'person=a&person=b'])
      expect([query, (await hall.request(`/api/audit?${query}`, { cookie })).status]).toEqual([
        query,
        400,
      ]);
  });
});

/** Entries of which every third is 李桐’s. */
async function fill(store: Store, entries: number): Promise<void> {
  for (let i = 0; i < entries; i += 1) {
    const by = i % 3 === 0 ? LI : ZHOU;
    const event = { by, action: 'record.edit', subject: `record:r-${i % 50}` } as const;
    await store.commit({ appends: [audited(event)] });
  }
}

const SYSTEM = { id: 'system', name: '系统', post: '' };
const PERSON = {
  id: 'p-li',
  version: 1,
  v: 2 as const,
  standing: { state: 'open' as const },
  account: 'li.tong',
  name: '李桐',
  post: '科员',
  department: '民政局',
  roles: [],
  password: { phc: '', oneTime: false, setAt: 0 },
};
