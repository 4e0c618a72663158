import { describe, expect, it } from 'vitest';
import { present } from '../../shared/kit/assert.ts';
import { afterFailure } from '../../board-server/services/lockout.ts';
import { checkStrength, createPasswords } from '../../board-server/services/password.ts';
import { resetPassword } from '../../board-server/services/recovery.ts';
import { createThrottle, networkOf } from '../../board-server/services/throttle.ts';
import { answerOf, cookieFrom, createHall, PASSWORD, refusalOf, seeded, START } from './hall.ts';
import type { Hall } from './hall.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;
const WRONG = 'Not-the-password-1';

const whoAmI = (hall: Hall, cookie: string) => hall.request('/api/session', { cookie });
const change = (hall: Hall, cookie: string, current: string, next: string) =>
  hall.request('/api/session/password', { method: 'PUT', cookie, json: { current, next } });

describe('passwords', () => {
  it('[AU1] are kept as argon2id with the costs of OWASP, and never as they were typed', async () => {
    const hall = await createHall();
    await hall.add({});
    const stored = hall.people.findByAccount('zhang.min')?.password.phc ?? '';
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    const everything = JSON.stringify(
      ['people', 'accounts', 'sessions'].flatMap((name) => hall.store.list(name)),
    );
    expect(everything).not.toContain(PASSWORD);
  });

  it('[AU1] agree with the published argon2id vectors', async () => {
    // Made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    const vector =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    const passwords = createPasswords(seeded('vector'));
    expect(await passwords.verify('password', vector)).toEqual({ ok: true, value: true });
    expect(await passwords.verify('passwore', vector)).toEqual({ ok: true, value: false });
  });

  it('[AU1] are the same typed in full width, and are salted', async () => {
    const passwords = createPasswords(seeded('width'));
    const [first, second] = [
      await passwords.hash('Ａbc-１２３４５６'),
      await passwords.hash('Abc-123456'),
    ];
    if (!first.ok || !second.ok) throw new Error('hashing was refused');
    expect(first.value).not.toBe(second.value);
    expect(await passwords.verify('Abc-123456', first.value)).toEqual({ ok: true, value: true });
  });

  it('[AU1] made by the hall are strong and never twice the same', () => {
    const passwords = createPasswords(seeded('made'));
    const made = Array.from({ length: 200 }, () => passwords.make());
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(password).toMatch(/^(?:[2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
      expect(checkStrength(password, 'zhang.min').ok).toBe(true);
    }
  });

  it.each([
    ['Ab1-xyz90', 'too-short'],
    ['onlyletters', 'too-simple'],
    ['aaaaAAAA1111', 'too-simple'],
    ['Password-12', 'too-simple'],
    ['Zhang.Min-2026', 'names-account'],
  ])('refuses %s as %s', (password, weakness) => {
    expect(checkStrength(password, 'zhang.min')).toEqual({ ok: false, refusal: weakness });
  });

  it.each(['Wq7-lantern', 'four quiet river stones', '水利局门前的第七盏灯不亮了请报修谢谢'])(
    'takes %s',
    (password) => {
      expect(checkStrength(password, 'zhang.min').ok).toBe(true);
    },
  );
});

describe('signing in', () => {
  it('answers who it is and sets a cookie that scripts and other sites never see', async () => {
    const hall = await createHall();
    await hall.add({});
    const response = await hall.signIn('zhang.min');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      person: { id: hall.people.findByAccount('zhang.min')?.id, name: '张敏', post: '科员' },
      department: '水利局',
      roles: ['editor'],
      mustChangePassword: false,
      idleMinutes: 15,
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-openhall=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it.each([
    'https://hall.example',
    'http://localhost:4680',
    'http://127.0.0.1:4680',
    'http://[::1]:4680',
  ])('uses a __Host- cookie at %s', async (base) => {
    const hall = await createHall({
      surroundings: { publicUrl: 'https://hall.example', trustedProxies: [] },
    });
    await hall.add({});
    const response = await hall.signIn('zhang.min', PASSWORD, { base });
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-openhall=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieFrom(response);
    expect((await hall.request('/api/session', { base, cookie })).status).toBe(200);
  });

  it('takes an account typed in capitals or with spaces around it', async () => {
    const hall = await createHall();
    await hall.add({});
    expect((await hall.signIn(' Zhang.Min ')).status).toBe(200);
  });

  it.each(['zhang.min', 'nobody', 'no such account!', '\u{1f600}'])(
    'answers a wrong password for %s alike',
    async (account) => {
      const hall = await createHall();
      await hall.add({});
      const response = await hall.signIn(account, WRONG);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ refusal: 'wrong-credentials' });
      expect(response.headers.get('set-cookie')).toBeNull();
    },
  );

  it('does as much work for an account that does not exist', async () => {
    const passwords = createPasswords(seeded('work'));
    // The stand-in hash is a real one of the same cost, which nothing matches.
    expect(await passwords.verify(PASSWORD, undefined)).toEqual({ ok: true, value: false });
  });

  it('never writes an unknown account into the log: it may be a password', async () => {
    const hall = await createHall();
    await hall.signIn('my-secret-word', WRONG);
    const entries = await hall.store.read('audit');
    expect(entries.map(({ value }) => value)).toEqual([
      {
        by: { id: 'system', name: '系统', post: '' },
        action: 'session.refuse',
        subject: 'account:unknown',
        detail: '192.0.2.10',
      },
    ]);
  });

  it('keeps only the digest of a session id', async () => {
    const hall = await createHall();
    await hall.add({});
    const id = cookieFrom(await hall.signIn('zhang.min')).split('=')[1] ?? '';
    const stored = hall.store.list('sessions');
    expect(stored.map((document) => document.id)).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(JSON.stringify(stored)).not.toContain(id);
  });
});

const fail = async (hall: Hall, times: number, account = 'zhang.min') => {
  const refusals: unknown[] = [];
  for (let i = 0; i < times; i += 1)
    refusals.push(await refusalOf(await hall.signIn(account, WRONG)));
  return refusals;
};

describe('lock-out', () => {
  const four = Array.from({ length: 4 }, () => 'wrong-credentials');

  it('[AU2] five wrong tries lock the account for thirty minutes, right password or not', async () => {
    const hall = await createHall();
    await hall.add({});
    expect(await fail(hall, 5)).toEqual([...four, 'locked']);
    expect(await refusalOf(await hall.signIn('zhang.min'))).toBe('locked');
    hall.clock.now += 30 * MINUTE - 1;
    expect((await hall.signIn('zhang.min')).status).toBe(423);
    hall.clock.now += 1;
    expect((await hall.signIn('zhang.min')).status).toBe(200);
  });

  it('[AU2] a locked account and a throttled address are told when to come again', async () => {
    const hall = await createHall({ tries: 6 });
    await hall.add({});
    await fail(hall, 4);
    const fifth = await hall.signIn('zhang.min', WRONG);
    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([423, '1800']);
    hall.clock.now += 10 * 60_000;
    const sixth = await hall.signIn('zhang.min');
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([423, '1200']);
    const seventh = await hall.signIn('zhang.min');
    expect([seventh.status, seventh.headers.get('retry-after')]).toEqual([
      429,
      expect.stringMatching(/^(?:8\d\d|900)$/),
    ]);
  });

  it('a 401 asks no browser to open a password window of its own', async () => {
    const hall = await createHall();
    const response = await hall.signIn('zhang.min', WRONG);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, null]);
    expect(response.headers.get('retry-after')).toBeNull();
  });

  it('[AU2] a lock tells nothing about whether the account exists', async () => {
    const hall = await createHall();
    expect(await fail(hall, 6, 'nobody')).toEqual([...four, 'locked', 'locked']);
  });

  it('[AU2] tries older than fifteen minutes do not count', async () => {
    const hall = await createHall();
    await hall.add({});
    await fail(hall, 4);
    hall.clock.now += 15 * MINUTE;
    expect(await fail(hall, 4)).toEqual(four);
    expect((await hall.signIn('zhang.min')).status).toBe(200);
  });

  it('[AU2] signing in forgives the tries before it', async () => {
    const hall = await createHall();
    await hall.add({});
    await fail(hall, 4);
    await hall.signIn('zhang.min');
    expect(await fail(hall, 4)).toEqual(four);
  });

  it('[AU2] a hundred tries at once count as a hundred', async () => {
    const hall = await createHall();
    await hall.add({});
    const responses = await Promise.all(
      Array.from({ length: 40 }, () => hall.signIn('zhang.min', WRONG)),
    );
    const refusals = await Promise.all(responses.map(refusalOf));
    expect(refusals.filter((refusal) => refusal === 'wrong-credentials')).toHaveLength(4);
    expect(refusals.filter((refusal) => refusal === 'locked')).toHaveLength(36);
  });

  it('[AU2] wrong tries at changing the password count as well', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    for (let i = 0; i < 4; i += 1) await change(hall, cookie, WRONG, 'Wq7-lantern-2');
    expect(await refusalOf(await change(hall, cookie, WRONG, 'Wq7-lantern-2'))).toBe('locked');
  });

  it('[AU2] an account is shown as locked, and the lock is in the audit log', async () => {
    const hall = await createHall();
    await hall.add({});
    const cookie = await hall.cookieOf('administrator', 'auditor');
    await fail(hall, 5);
    const { people } = await answerOf('people', await hall.request('/api/people', { cookie }));
    expect(people.map((person) => [person.account, person.locked]).sort(byText)).toEqual([
      ['person-administrator-auditor', false],
      ['zhang.min', true],
    ]);
    const { entries } = await answerOf('audit', await hall.request('/api/audit', { cookie }));
    expect(entries[0]).toMatchObject({ action: 'account.lock', by: { id: 'system' } });
  });

  it('[AU2] tries that no longer count are swept from the store', async () => {
    const hall = await createHall();
    await fail(hall, 1, 'nobody-1');
    await fail(hall, 1, 'nobody-2');
    hall.clock.now += 31 * MINUTE;
    await fail(hall, 1, 'nobody-3');
    expect(hall.store.list('failed-sign-ins').map(({ id }) => id)).toEqual(['nobody-3']);
  });

  it('[AU7] a lock and wrong tries of a clock that ran ahead are forgotten once it is put right', async () => {
    const hall = await createHall();
    await hall.add({});
    hall.clock.now = START + 10 * YEAR;
    await fail(hall, 5);
    await fail(hall, 4, 'nobody');
    hall.clock.now = START;
    const cookie = await hall.cookieOf('administrator');
    const { people } = await answerOf('people', await hall.request('/api/people', { cookie }));
    expect(people.map(({ locked }) => locked)).toEqual([false, false]);
    expect((await hall.signIn('zhang.min')).status).toBe(200);
    expect(await fail(hall, 5, 'nobody')).toEqual([...four, 'locked']);
  });

  it('[AU7] wrong tries that a fast clock left are swept from the store', async () => {
    const hall = await createHall();
    hall.clock.now = START + 10 * YEAR;
    await fail(hall, 1, 'nobody-1');
    await fail(hall, 5, 'nobody-2');
    hall.clock.now = START;
    await fail(hall, 1, 'nobody-3');
    expect(hall.store.list('failed-sign-ins').map(({ id }) => id)).toEqual(['nobody-3']);
  });

  it('[AU7] a clock that is set back by seconds forgives nobody', async () => {
    const hall = await createHall();
    await hall.add({});
    await fail(hall, 4);
    hall.clock.now -= 30_000;
    expect(await fail(hall, 1)).toEqual(['locked']);
    hall.clock.now -= 30_000;
    expect(await refusalOf(await hall.signIn('zhang.min'))).toBe('locked');
  });

  it('[AU2] the fifth try within the window locks, whatever came before the window', () => {
    const failedAt = [START - 16 * MINUTE, START - 4, START - 3, START - 2];
    expect(afterFailure({ v: 1, failedAt, lockedUntil: 0 }, START)).toEqual({
      v: 1,
      failedAt: [START - 4, START - 3, START - 2, START],
      lockedUntil: 0,
    });
  });

  it('[AU2] an address is throttled whatever accounts it tries, others are not', async () => {
    const hall = await createHall({ tries: 3 });
    await hall.add({});
    for (const account of ['anna', 'berta', 'clara']) await hall.signIn(account, WRONG);
    expect(await refusalOf(await hall.signIn('zhang.min'))).toBe('too-many-tries');
    expect((await hall.signIn('zhang.min', PASSWORD, { peer: '192.0.2.11' })).status).toBe(200);
  });

  it('[AU2] signing in does not use up the tries of an address', async () => {
    const hall = await createHall({ tries: 2 });
    await hall.add({});
    for (let i = 0; i < 5; i += 1) expect((await hall.signIn('zhang.min')).status).toBe(200);
  });

  it('[AU2] one IPv6 network is one address, and a mapped IPv4 address is itself', async () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    const throttle = createThrottle({ tries: 1, seconds: 60 });
    expect((await throttle.take('2001:db8::1')).ok).toBe(true);
    expect((await throttle.take('2001:db8::2')).ok).toBe(false);
    expect((await throttle.take('2001:db8:0:1::2')).ok).toBe(true);
  });

  it('[AU2] whoever stands at the server can always unlock the only administrator', async () => {
    const hall = await createHall();
    await hall.add({ account: 'admin', roles: ['administrator'] });
    await fail(hall, 5, 'admin');
    const admin = present(hall.people.findByAccount('admin'), 'admin');
    const reset = await resetPassword(hall, admin, hall.clock.now);
    if (!reset.ok) throw new Error(reset.refusal);
    expect(await answerOf('signIn', await hall.signIn('admin', reset.value))).toMatchObject({
      mustChangePassword: true,
    });
  });
});

describe('sessions', () => {
  it('[AU4] end after fifteen idle minutes, and not before', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    hall.clock.now += 15 * MINUTE - 1;
    expect((await whoAmI(hall, cookie)).status).toBe(200);
    hall.clock.now += 15 * MINUTE - 1;
    expect((await whoAmI(hall, cookie)).status).toBe(200);
    hall.clock.now += 15 * MINUTE;
    expect(await refusalOf(await whoAmI(hall, cookie))).toBe('signed-out');
  });

  it('[AU4] end after twelve hours however busy', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    for (let i = 0; i < 71; i += 1) {
      hall.clock.now += 10 * MINUTE;
      expect((await whoAmI(hall, cookie)).status).toBe(200);
    }
    hall.clock.now = START + 12 * HOUR;
    expect((await whoAmI(hall, cookie)).status).toBe(401);
  });

  it('[AU4] are not kept alive by a socket that looks', async () => {
    const hall = await createHall();
    const id = (await hall.cookieOf('editor')).split('=')[1];
    hall.clock.now += 10 * MINUTE;
    expect(hall.sessions.peek(id, hall.clock.now)?.endsAt).toBe(START + 15 * MINUTE);
    hall.clock.now += 5 * MINUTE;
    expect(hall.sessions.peek(id, hall.clock.now)).toBeUndefined();
  });

  it('[AU8] are not kept alive by what a console reads by itself, and are by what a person does in between', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    const readsByItself = () =>
      hall.request('/api/session', { cookie, headers: { 'x-openhall-background': '1' } });
    for (let minute = 1; minute < 15; minute += 1) {
      hall.clock.now = START + minute * MINUTE;
      expect((await readsByItself()).status).toBe(200);
    }
    expect((await whoAmI(hall, cookie)).status).toBe(200);
    for (let minute = 15; minute < 29; minute += 1) {
      hall.clock.now = START + minute * MINUTE;
      expect((await readsByItself()).status).toBe(200);
    }
    hall.clock.now = START + 29 * MINUTE;
    expect(await refusalOf(await readsByItself())).toBe('signed-out');
  });

  it('[AU4] end at sign-out, for whoever still has the id', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    const response = await hall.request('/api/session', { method: 'DELETE', cookie });
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-openhall=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await whoAmI(hall, cookie)).status).toBe(401);
  });

  it('[AU4] get a new id at sign-in; the one the browser brought is worth nothing after', async () => {
    const hall = await createHall();
    const before = await hall.cookieOf('editor');
    const after = cookieFrom(await hall.signIn('person-editor', PASSWORD, { cookie: before }));
    expect(after).not.toBe(before);
    expect((await whoAmI(hall, before)).status).toBe(401);
    expect((await whoAmI(hall, after)).status).toBe(200);
    const planted = `__Host-openhall=${'a'.repeat(43)}`;
    const own = cookieFrom(await hall.signIn('person-editor', PASSWORD, { cookie: planted }));
    expect(own).not.toBe(planted);
    expect((await whoAmI(hall, planted)).status).toBe(401);
  });

  it('[AU4] all end at a change of password but the new one of that browser', async () => {
    const hall = await createHall();
    const elsewhere = await hall.cookieOf('editor');
    const here = cookieFrom(await hall.signIn('person-editor'));
    const response = await change(hall, here, PASSWORD, 'Wq7-lantern-2');
    expect(response.status).toBe(200);
    for (const old of [elsewhere, here]) expect((await whoAmI(hall, old)).status).toBe(401);
    expect((await whoAmI(hall, cookieFrom(response))).status).toBe(200);
    expect((await hall.signIn('person-editor')).status).toBe(401);
    expect((await hall.signIn('person-editor', 'Wq7-lantern-2')).status).toBe(200);
  });

  it('[AU4] survive a restart of the server, because they are in the store', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    const { createSessions } = await import('../../board-server/services/sessions.ts');
    const again = createSessions({
      store: hall.store,
      people: hall.people,
      random: seeded('again'),
    });
    expect(again.peek(cookie.split('=')[1], hall.clock.now)?.actor.roles).toEqual(['editor']);
  });

  it.each(['begun', 'used'])(
    '[AU7] that were %s more than a minute ahead of what the clock says now are over',
    async (how) => {
      const hall = await createHall();
      const ahead = START + 10 * MINUTE;
      if (how === 'begun') hall.clock.now = ahead;
      const cookie = await hall.cookieOf('editor');
      hall.clock.now = ahead;
      expect((await whoAmI(hall, cookie)).status).toBe(200);
      hall.clock.now = ahead - MINUTE - 1;
      expect(await refusalOf(await whoAmI(hall, cookie))).toBe('signed-out');
      await hall.cookieOf('manager');
      expect(hall.store.list('sessions')).toHaveLength(1);
    },
  );

  it('[AU7] stay when the clock is set back by a minute', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    hall.clock.now -= MINUTE;
    expect((await whoAmI(hall, cookie)).status).toBe(200);
  });

  it('[AU4] that are over are removed when someone signs in', async () => {
    const hall = await createHall();
    await hall.cookieOf('editor');
    hall.clock.now += HOUR;
    await hall.cookieOf('manager');
    expect(hall.store.list('sessions')).toHaveLength(1);
  });

  it.each([
    '',
    'x',
    '../../etc/passwd',
    `__Host-openhall=${'a'.repeat(43)}`,
    '__Host-openhall=%00',
    '__Host-openhall=x',
  ])('are not opened by the cookie %j', async (cookie) => {
    const hall = await createHall();
    expect((await whoAmI(hall, cookie)).status).toBe(401);
  });

  it('a change of password refuses what is weak or the same, and says which', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('editor');
    const answers = [];
    for (const next of ['short', 'password-12', PASSWORD]) {
      const response = await change(hall, cookie, PASSWORD, next);
      answers.push([response.status, await response.json()]);
    }
    expect(answers).toEqual([
      [422, { refusal: 'weak-password', detail: 'too-short' }],
      [422, { refusal: 'weak-password', detail: 'too-simple' }],
      [422, { refusal: 'weak-password', detail: 'same' }],
    ]);
    expect((await whoAmI(hall, cookie)).status).toBe(200);
  });
});

describe('people', () => {
  const NEW = {
    account: 'li.hua',
    name: '李华',
    post: '审核员',
    department: '政府办',
    roles: ['reviewer'],
  };

  it('[AU1] a new account has a one-time password that opens nothing but its change', async () => {
    const hall = await createHall();
    const admin = await hall.cookieOf('administrator');
    const made = await answerOf(
      'createPerson',
      await hall.request('/api/people', { method: 'POST', cookie: admin, json: NEW }),
    );
    const response = await hall.signIn('li.hua', made.password);
    expect(await answerOf('signIn', response)).toMatchObject({ mustChangePassword: true });
    const cookie = cookieFrom(response);
    const refused = await hall.request('/api/records', { cookie });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { refusal: 'forbidden', detail: 'must-change-password' },
    ]);
    expect((await whoAmI(hall, cookie)).status).toBe(200);
    const changed = await change(hall, cookie, made.password, 'Wq7-lantern-2');
    expect((await hall.request('/api/records', { cookie: cookieFrom(changed) })).status).toBe(404);
    expect(hall.reached).toEqual(['records']);
  });

  it('two accounts of one name: the second is refused, and the first unharmed', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('administrator');
    const create = () => hall.request('/api/people', { method: 'POST', cookie, json: NEW });
    const responses = await Promise.all([create(), create()]);
    expect(responses.map(({ status }) => status).sort(byText)).toEqual([200, 409]);
    expect(hall.people.list().filter(({ account }) => account === 'li.hua')).toHaveLength(1);
  });

  it('a role taken away is gone with the next request', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('manager');
    const person = hall.people.findByAccount('person-manager');
    if (person === undefined) throw new Error('no such person');
    const { id, version: _version, ...stored } = person;
    await hall.store.commit({
      puts: [{ collection: 'people', id, value: { ...stored, roles: ['editor'] } }],
    });
    expect((await hall.request('/api/people', { cookie })).status).toBe(403);
  });

  it('the list of people never carries a password', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('administrator');
    expect(await (await hall.request('/api/people', { cookie })).text()).not.toContain('argon2');
  });
});

describe('audit', () => {
  it('[ST2] [ST8] shows who did what, newest first, page by page, with the hash of each', async () => {
    const hall = await createHall();
    const cookie = await hall.cookieOf('auditor');
    for (let i = 0; i < 120; i += 1) {
      await hall.store.commit({
        appends: [
          {
            log: 'audit',
            value: {
              by: { id: 'x', name: '甲', post: '' },
              action: 'test',
              subject: `record:${i % 3}`,
              detail: `${i}`,
            },
          },
        ],
      });
    }
    const first = await answerOf('audit', await hall.request('/api/audit', { cookie }));
    expect(first.entries).toHaveLength(100);
    expect(first.entries[0]).toMatchObject({ detail: '119', hash: hall.store.head('audit').hash });
    const before = first.entries.at(-1)?.seq ?? 0;
    const second = await answerOf(
      'audit',
      await hall.request(`/api/audit?before=${before}`, { cookie }),
    );
    expect(second.entries.map(({ seq }) => seq)).toEqual(
      Array.from({ length: before - 1 }, (_, index) => before - 1 - index),
    );
    const some = await answerOf(
      'audit',
      await hall.request('/api/audit?subject=record:1', { cookie }),
    );
    expect(some.entries).toHaveLength(40);
    expect(
      (await answerOf('audit', await hall.request('/api/audit?before=0', { cookie }))).entries,
    ).toEqual([]);
    expect((await hall.request('/api/audit?before=soon', { cookie })).status).toBe(400);
  });
});

function byText(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : 1;
}
