import { expect, onTestFinished, test } from 'vitest';
import { createSubjectNames } from '../../board-server/services/subject-names.ts';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS } from '../../shared/protocol/audit.ts';
import { id, isProfileId, isScreenId, isSha256, isSlotId } from '../../shared/kit/ids.ts';
import { as, openServiceHall, published, valueOf } from './service-hall.ts';

const entry = (subject: string, detail = '') => ({
  seq: 1,
  at: 0,
  by: { id: 'system', name: '系统', post: '' },
  action: 'record.edit',
  subject,
  detail,
  hash: id(isSha256, '0'.repeat(64)),
});

test('an entry’s subject is called what it is called now, also when only the log remembers it', async () => {
  const hall = await openServiceHall(onTestFinished);
  const manager = as(hall, 'manager');
  const { id: record } = await published(hall, { title: '北大街停水公告' });
  const screen = id(isScreenId, 'led-door');
  const device = { kind: 'board' as const, profile: id(isProfileId, 'led-384x64') };
  valueOf(await hall.handlers.putScreen(manager, { id: screen, name: '门楣屏', device }));
  const slot = id(isSlotId, 'now');
  const window = { kind: 'always' } as const;
  valueOf(
    await hall.handlers.putSlot(manager, { id: slot, record, class: 'default', window, order: 1 }),
  );
  const people = { find: (name: string) => (name === 'p-1' ? PERSON : undefined) };
  const nameOf = createSubjectNames(hall.store, people);
  const said = (subject: string, detail?: string) => nameOf(entry(subject, detail));
  expect(said(`record:${record}`)).toBe('北大街停水公告');
  expect(said(`slot:${slot}`)).toBe('北大街停水公告');
  expect(said('screen:led-door')).toBe('门楣屏');
  expect(said('person:p-1')).toBe('张敏');
  valueOf(await hall.handlers.removeSlot(manager, { id: slot }));
  expect(said(`slot:${slot}`, record)).toBe('北大街停水公告');
  for (const gone of ['record:gone', 'screen:gone', 'person:gone', 'hall', 'server', 'strange:x'])
    expect(said(gone), gone).toBe('');
});

test('everything that a hall’s day writes is in the list of what the log can say', async () => {
  const hall = await openServiceHall(onTestFinished);
  const { id: record } = await published(hall);
  valueOf(await hall.handlers.interrupt(as(hall, 'manager'), { record }));
  valueOf(await hall.handlers.withdrawRecord(as(hall, 'manager'), { id: record }));
  const log = await hall.store.read('audit');
  expect(log.length).toBeGreaterThan(6);
  for (const { value } of log) {
    expect(value).toMatchObject({
      action: expect.toSatisfy((action) => AUDIT_ACTIONS.includes(action as never)),
      subject: expect.toSatisfy((subject) =>
        AUDIT_SUBJECTS.includes(String(subject).split(':')[0] as never),
      ),
    });
  }
});

const PERSON = {
  id: 'p-1',
  version: 1,
  v: 2 as const,
  standing: { state: 'open' as const },
  account: 'zhang.min',
  name: '张敏',
  post: '科员',
  department: '水利局',
  roles: [],
  password: { phc: '', oneTime: false, setAt: 0 },
};
