import { describe, expect, it } from 'vitest';
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
