import { describe, expect, it } from 'vitest';
import type { Person } from '../../board-server/services/people.ts';
import { planChange } from '../../board-server/services/person-changes.ts';
import { present } from '../../shared/kit/assert.ts';
import type { Role } from '../../shared/domain/policy.ts';
import type { Hall } from './hall.ts';
import { answerOf, cookieFrom, createHall, PASSWORD, refusalOf } from './hall.ts';

const WRONG = 'Not-the-password-1';

/** A hall with an administrator signed in, and 张敏, an editor. */
async function openHall() {
  const hall = await createHall();
  const admin = await hall.cookieOf('administrator');
  await hall.add({});
  return { hall, admin, id: idOf(hall, 'zhang.min') };
}

const idOf = (hall: Hall, account: string): string =>
  present(hall.people.findByAccount(account), account).id;
const reset = (hall: Hall, cookie: string, id: string) =>
  hall.request(`/api/people/${id}/password`, { method: 'POST', cookie, json: {} });
const whoAmI = (hall: Hall, cookie: string) => hall.request('/api/session', { cookie });
const newest = async (hall: Hall) => (await hall.store.read('audit')).at(-1)?.value;

describe('a new one-time password from an administrator', () => {
  it('[AU6] unlocks the account, must be changed, and the password before it is worth nothing', async () => {
    const { hall, admin, id } = await openHall();
    for (let tries = 0; tries < 5; tries += 1) await hall.signIn('zhang.min', WRONG);
    expect(await refusalOf(await hall.signIn('zhang.min'))).toBe('locked');
    const { password } = await answerOf('resetPassword', await reset(hall, admin, id));
    expect(await refusalOf(await hall.signIn('zhang.min'))).toBe('wrong-credentials');
    const signedIn = await hall.signIn('zhang.min', password);
    expect(await answerOf('signIn', signedIn)).toMatchObject({ mustChangePassword: true });
    const cookie = cookieFrom(signedIn);
    expect(await (await hall.request('/api/records', { cookie })).json()).toEqual({
      refusal: 'forbidden',
      detail: 'must-change-password',
    });
    const { people } = await answerOf(
      'people',
      await hall.request('/api/people', { cookie: admin }),
    );
    expect(people.filter(({ locked }) => locked)).toEqual([]);
  });

  it('[AU6] ends every session of that person and of nobody else', async () => {
    const { hall, admin, id } = await openHall();
    const other = await hall.cookieOf('manager');
    const sessions = [await hall.signIn('zhang.min'), await hall.signIn('zhang.min')];
    expect((await reset(hall, admin, id)).status).toBe(200);
    for (const session of sessions)
      expect((await whoAmI(hall, cookieFrom(session))).status).toBe(401);
    for (const cookie of [other, admin]) expect((await whoAmI(hall, cookie)).status).toBe(200);
  });

  it('[AU6] reaches a session that is being begun with the password before', async () => {
    const { hall, admin, id } = await openHall();
    const [begun, made] = await Promise.all([hall.signIn('zhang.min'), reset(hall, admin, id)]);
    expect(made.status).toBe(200);
    expect(await whoAmI(hall, cookieFrom(begun))).toMatchObject({ status: 401 });
    expect(hall.store.list('sessions')).toHaveLength(1);
    // The other way round: the password is looked at while it is being taken away.
    const fresh = await openHall();
    const [, late] = await Promise.all([
      reset(fresh.hall, fresh.admin, fresh.id),
      fresh.hall.signIn('zhang.min'),
    ]);
    expect(await refusalOf(late)).toBe('wrong-credentials');
  });

  it('[AU6] is one entry of the log, which names both people, says whether it unlocked, and keeps no password', async () => {
    const { hall, admin, id } = await openHall();
    const before = hall.store.head('audit').seq;
    const { password } = await answerOf('resetPassword', await reset(hall, admin, id));
    expect(hall.store.head('audit').seq).toBe(before + 1);
    const by = { id: idOf(hall, 'person-administrator'), name: '张敏', post: '科员' };
    const entry = { by, action: 'password.reset', subject: `person:${id}`, detail: '' };
    expect(await newest(hall)).toEqual(entry);
    for (let tries = 0; tries < 5; tries += 1) await hall.signIn('zhang.min', WRONG);
    await reset(hall, admin, id);
    expect(await newest(hall)).toEqual({ ...entry, detail: 'unlocked' });
    expect(JSON.stringify(await hall.store.read('audit'))).not.toContain(password);
    expect(JSON.stringify(hall.store.list('people'))).not.toContain(password);
  });

  it('[AU6] is not for one’s own account, nor for somebody who is not there', async () => {
    const { hall, admin } = await openHall();
    const own = await reset(hall, admin, idOf(hall, 'person-administrator'));
    expect([own.status, await refusalOf(own)]).toEqual([403, 'own-account']);
    expect((await hall.signIn('person-administrator', PASSWORD)).status).toBe(200);
    for (const nobody of ['p-0', 'x'.repeat(65), '..%2faccounts'])
      expect((await reset(hall, admin, nobody)).status).toBe(404);
  });

  it.each<Role>(['editor', 'reviewer', 'manager', 'auditor'])(
    '[AU6] is refused to whoever is %s',
    async (role) => {
      const { hall, id } = await openHall();
      expect((await reset(hall, await hall.cookieOf(role), id)).status).toBe(403);
      expect((await hall.signIn('zhang.min')).status).toBe(200);
    },
  );
});

interface Wanted {
  readonly roles?: readonly Role[];
  readonly post?: string;
  readonly department?: string;
  readonly revision?: number;
}

const revisionOf = (hall: Hall, id: string): number => present(hall.people.find(id), id).version;
/** 张敏's account as it is, but for what is wanted. */
const change = (hall: Hall, cookie: string, id: string, wanted: Wanted) =>
  hall.request(`/api/people/${id}`, {
    method: 'PUT',
    cookie,
    json: {
      roles: ['editor'],
      post: '科员',
      department: '水利局',
      revision: revisionOf(hall, id),
      ...wanted,
    },
  });
const put = (hall: Hall, cookie: string, id: string, standing: 'closed' | 'open') =>
  hall.request(`/api/people/${id}/closing`, {
    method: standing === 'closed' ? 'POST' : 'DELETE',
    cookie,
    json: { revision: revisionOf(hall, id) },
  });

describe('other roles, another department or post', () => {
  it('[AU9] hold from the next request of a session that goes on', async () => {
    const { hall, admin, id } = await openHall();
    const cookie = cookieFrom(await hall.signIn('zhang.min'));
    expect((await hall.request('/api/people', { cookie })).status).toBe(403);
    const wanted = { roles: ['auditor', 'manager'] as const, department: '供水公司' };
    expect((await change(hall, admin, id, wanted)).status).toBe(200);
    expect((await hall.request('/api/people', { cookie })).status).toBe(200);
    expect(await answerOf('session', await whoAmI(hall, cookie))).toMatchObject({
      roles: ['manager', 'auditor'],
      department: '供水公司',
    });
    expect((await change(hall, admin, id, {})).status).toBe(200);
    expect((await hall.request('/api/people', { cookie })).status).toBe(403);
  });

  it('[AU9] are one entry of the log each, and saving what is so already is none', async () => {
    const { hall, admin, id } = await openHall();
    await change(hall, admin, id, { roles: ['manager', 'editor'], post: '科长' });
    const { seq } = hall.store.head('audit');
    expect(await newest(hall)).toMatchObject({
      action: 'person.edit',
      subject: `person:${id}`,
      detail: 'editor,manager 水利局 · 科长',
    });
    const again = { roles: ['editor', 'manager', 'editor'] as const, post: '科长' };
    expect((await change(hall, admin, id, again)).status).toBe(200);
    expect(hall.store.head('audit').seq).toBe(seq);
  });

  it('[AU9] of two administrators who save one revision the second is told', async () => {
    const { hall, admin, id } = await openHall();
    const revision = revisionOf(hall, id);
    const [first, second] = await Promise.all([
      change(hall, admin, id, { revision, post: '科长' }),
      change(hall, admin, id, { revision, post: '局长' }),
    ]);
    expect([first.status, await refusalOf(second)]).toEqual([200, 'conflict']);
    expect(hall.people.find(id)?.post).toBe('科长');
  });

  it('[AU9] nobody changes their own roles, but their own post', async () => {
    const { hall, admin } = await openHall();
    const own = idOf(hall, 'person-administrator');
    for (const roles of [['editor'], ['editor', 'administrator']] as const)
      expect(await refusalOf(await change(hall, admin, own, { roles }))).toBe('own-account');
    const changed = await change(hall, admin, own, { roles: ['administrator'], post: '主任科员' });
    expect(changed.status).toBe(200);
    expect(hall.people.find(own)).toMatchObject({ roles: ['administrator'], post: '主任科员' });
  });

  it.each<Wanted>([{ roles: [] }, { post: '' }, { department: '' }])(
    'are refused when %o is malformed',
    async (wanted) => {
      const { hall, admin, id } = await openHall();
      expect(await refusalOf(await change(hall, admin, id, wanted))).toBe('malformed');
    },
  );
});

describe('an account that is closed off', () => {
  it('[AU10] ends its sessions and signs nobody in until it is opened again', async () => {
    const { hall, admin, id } = await openHall();
    const cookie = cookieFrom(await hall.signIn('zhang.min'));
    expect((await put(hall, admin, id, 'closed')).status).toBe(200);
    expect((await whoAmI(hall, cookie)).status).toBe(401);
    const refused = await hall.signIn('zhang.min');
    expect([await refusalOf(refused), refused.headers.get('set-cookie')]).toEqual([
      'account-closed',
      null,
    ]);
    // Who does not know the password does not learn that it is closed.
    expect(await refusalOf(await hall.signIn('zhang.min', WRONG))).toBe('wrong-credentials');
    expect((await put(hall, admin, id, 'open')).status).toBe(200);
    expect((await whoAmI(hall, cookie)).status).toBe(401);
    expect((await hall.signIn('zhang.min')).status).toBe(200);
  });

  it('[AU10] reaches a session that is being begun', async () => {
    const { hall, admin, id } = await openHall();
    const [begun, closed] = await Promise.all([
      hall.signIn('zhang.min'),
      put(hall, admin, id, 'closed'),
    ]);
    expect(closed.status).toBe(200);
    expect((await whoAmI(hall, cookieFrom(begun))).status).toBe(401);
    expect(hall.store.list('sessions')).toHaveLength(1);
  });

  it('[AU10] stays in the list and the log; closing and opening are one entry each', async () => {
    const { hall, admin, id } = await openHall();
    const { seq } = hall.store.head('audit');
    for (const [standing, action] of [
      ['closed', 'person.close'],
      ['open', 'person.reopen'],
    ] as const) {
      await put(hall, admin, id, standing);
      expect(await newest(hall)).toMatchObject({ action, subject: `person:${id}`, detail: '' });
      const list = await answerOf('people', await hall.request('/api/people', { cookie: admin }));
      expect(list.people.find((person) => person.id === id)).toMatchObject({ standing });
    }
    expect(hall.store.head('audit').seq).toBe(seq + 2);
    expect(await refusalOf(await put(hall, admin, id, 'open'))).toBe('wrong-state');
    await put(hall, admin, id, 'closed');
    expect(await refusalOf(await put(hall, admin, id, 'closed'))).toBe('wrong-state');
    expect(await refusalOf(await reset(hall, admin, id))).toBe('wrong-state');
    expect(await refusalOf(await change(hall, admin, id, { post: '科长' }))).toBe('wrong-state');
  });

  it('[AU10] is never one’s own, and of two administrators who close each other off one stays', async () => {
    const { hall, admin } = await openHall();
    const own = idOf(hall, 'person-administrator');
    expect(await refusalOf(await put(hall, admin, own, 'closed'))).toBe('own-account');
    await hall.add({ account: 'second', roles: ['administrator'] });
    const second = cookieFrom(await hall.signIn('second'));
    const answers = await Promise.all([
      put(hall, admin, idOf(hall, 'second'), 'closed'),
      put(hall, second, own, 'closed'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const open = hall.people.list().filter(({ standing }) => standing.state === 'open');
    expect(open.filter(({ roles }) => roles.includes('administrator'))).toHaveLength(1);
  });

  it('[AU10] whoever lost the right while waiting for a turn changes nothing', () => {
    const by = { id: 'p-1', name: '张敏', post: '科员' };
    const wish = { kind: 'close', at: 1, by } as const;
    const target = person('p-2', {});
    expect(planChange(person('p-1', {}), target, wish)).toMatchObject({ ok: true });
    const lost = [
      person('p-1', { roles: ['manager'] }),
      person('p-1', { standing: { state: 'closed', at: 1, by } }),
    ];
    for (const self of lost)
      expect(planChange(self, target, wish)).toMatchObject({ ok: false, refusal: 'forbidden' });
  });
});

function person(id: string, changes: Partial<Person>): Person {
  return {
    v: 2,
    id,
    version: 1,
    account: id,
    name: '张敏',
    post: '科员',
    department: '水利局',
    roles: ['administrator'],
    password: { phc: '', oneTime: false, setAt: 0 },
    standing: { state: 'open' },
    ...changes,
  };
}
