import { beforeAll, describe, expect, it } from 'vitest';
import { requireOf, ROUTE_NAMES } from '../../board-server/routes/mount.ts';
import type { Role } from '../../shared/domain/policy.ts';
import { ROLES } from '../../shared/domain/policy.ts';
import type { RouteName } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { Hall } from './hall.ts';
import { createHall } from './hall.ts';

const EVERYONE: readonly Role[] = ROLES;
const READERS: readonly Role[] = ['editor', 'reviewer', 'manager', 'auditor'];
const WRITERS: readonly Role[] = ['editor', 'manager'];
const REVIEWERS: readonly Role[] = ['reviewer', 'manager'];
const MANAGER: readonly Role[] = ['manager'];
const KEEPERS: readonly Role[] = ['manager', 'administrator'];

/** Written by hand from the duties of each post, so that it can disagree with the policy table. */
const WHO: Readonly<Record<RouteName, readonly Role[] | 'open'>> = {
  screenState: 'open',
  pairScreen: 'open',
  door: 'open',
  signIn: 'open',
  session: EVERYONE,
  signOut: EVERYONE,
  changePassword: EVERYONE,
  hall: EVERYONE,
  editHall: KEEPERS,
  keeping: KEEPERS,
  closeEarly: MANAGER,
  reopen: MANAGER,
  putDuty: MANAGER,
  today: READERS,
  records: READERS,
  record: READERS,
  createRecord: WRITERS,
  saveRecord: WRITERS,
  previewRecord: READERS,
  submitRecord: WRITERS,
  approveRecord: REVIEWERS,
  returnRecord: REVIEWERS,
  withdrawRecord: MANAGER,
  programme: READERS,
  putSlot: MANAGER,
  removeSlot: MANAGER,
  interrupt: MANAGER,
  boardLayers: READERS,
  screens: EVERYONE,
  approveScreen: KEEPERS,
  refuseScreen: KEEPERS,
  putScreen: KEEPERS,
  makeStick: KEEPERS,
  stickFile: KEEPERS,
  takeReceipt: KEEPERS,
  people: KEEPERS,
  createPerson: ['administrator'],
  changePerson: ['administrator'],
  closePerson: ['administrator'],
  reopenPerson: ['administrator'],
  resetPassword: ['administrator'],
  confirmClock: ['administrator'],
  audit: ['manager', 'auditor'],
  auditExport: ['manager', 'auditor'],
};

describe('privilege matrix', () => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await createHall();
  });

  it('[PO1] every route has a row, and no row is without a route', () => {
    expect(Object.keys(WHO).sort()).toEqual([...ROUTE_NAMES].sort());
  });

  it('[PO1] a route without an action says why it is open', () => {
    for (const name of ROUTE_NAMES) {
      const { action, open } = { open: undefined, ...routes[name] };
      expect([name, action === null]).toEqual([name, WHO[name] === 'open']);
      expect([name, open !== undefined && open !== '']).toEqual([name, action === null]);
    }
  });

  for (const role of ROLES) {
    it(`[PO1] ${role} reaches exactly the routes of the post`, async () => {
      for (const name of ROUTE_NAMES) {
        const granted = WHO[name];
        // A session for each, since two of the routes end it.
        const cookie = await sessionOf(hall, role);
        const { status } = await ask(hall, name, cookie);
        const wanted = granted === 'open' || granted.includes(role) ? 'reached' : 'refused';
        expect([name, status === 403 || status === 401 ? 'refused' : 'reached']).toEqual([
          name,
          wanted,
        ]);
      }
    });
  }

  it('[PO1] nobody reaches a closed route without a session', async () => {
    for (const name of ROUTE_NAMES) {
      const response = await ask(hall, name, undefined);
      expect([name, response.status === 401]).toEqual([name, WHO[name] !== 'open']);
    }
  });

  it('[PO1] default is to deny: someone without a role may do nothing', async () => {
    const cookie = await hall.cookieOf();
    for (const name of ROUTE_NAMES) {
      const { status } = await ask(hall, name, cookie);
      expect([name, status === 403]).toEqual([name, WHO[name] !== 'open']);
    }
  });

  it('[PO1] two posts in one person add up, and give nothing more', async () => {
    const cookie = await hall.cookieOf('editor', 'reviewer');
    expect((await ask(hall, 'approveRecord', cookie)).status).toBe(400);
    expect((await ask(hall, 'createRecord', cookie)).status).toBe(400);
    expect((await ask(hall, 'withdrawRecord', cookie)).status).toBe(403);
  });

  it('[PO2] an editor reaches the own department only, a manager every one', () => {
    const editor = requireOf(actor('水利局', ['editor']));
    expect(editor('record.edit', '水利局').ok).toBe(true);
    expect(editor('record.edit', '教育局')).toEqual({
      ok: false,
      refusal: 'forbidden',
      detail: 'record.edit',
    });
    expect(editor('record.withdraw', '水利局').ok).toBe(false);
    expect(requireOf(actor('水利局', ['manager']))('record.edit', '教育局').ok).toBe(true);
    expect(requireOf(undefined)('record.edit', '水利局')).toEqual({
      ok: false,
      refusal: 'signed-out',
    });
  });
});

function actor(department: string, roles: readonly Role[]) {
  return { person: 'p-1', department, roles, personRef: { id: 'p-1', name: '张敏', post: '科员' } };
}

/** Addresses that exist in form; bodies are empty, since policy is asked before the body is read. */
function ask(hall: Hall, name: RouteName, cookie: string | undefined): Promise<Response> {
  const { method, path } = routes[name];
  const address = path.replace(/:(\w+)/g, 'sample-1');
  // An open route that signs in refuses empty words as malformed, never as a lack of rights.
  return hall.request(address, { method, ...(cookie === undefined ? {} : { cookie }) });
}

/** A fresh session without the cost of a password. */
async function sessionOf(hall: Hall, role: Role): Promise<string> {
  const account = `matrix-${role}`;
  if (hall.people.findByAccount(account) === undefined) await hall.add({ account, roles: [role] });
  const person = hall.people.findByAccount(account);
  if (person === undefined) throw new Error('the account was not made');
  const { sessionId, puts } = hall.sessions.begin(person, hall.clock.now, undefined);
  await hall.store.commit({ puts });
  return `__Host-openhall=${sessionId}`;
}
