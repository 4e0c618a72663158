import { describe, expect, onTestFinished, test } from 'vitest';
import { CHANNEL } from '../../board-server/services/publication.ts';
import { verifyReports } from '../../board-server/verify/verify-reports.ts';
import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import { groupOf, screenState } from '../../shared/protocol/screen-state.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { seal } from '../../shared/trust/envelope.ts';
import type { ScreenKey } from './screen-key.ts';
import { screenKey } from './screen-key.ts';
import { as, DAY, headOf, openServiceHall, valueOf } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const DOOR = id(isScreenId, 'led-door');
const OTHER = id(isScreenId, 'led-hall');
const MINUTE = 60_000;
const TAKEN = { ok: true };
const UNSIGNED = { ok: false, refusal: 'unsigned' };

async function pair(hall: ServiceHall, screen = DOOR, key = screenKey()): Promise<ScreenKey> {
  const manager = as(hall, 'manager');
  const device = { kind: 'board', profile: id(isProfileId, 'led-384x64') } as const;
  valueOf(await hall.handlers.putScreen(manager, { id: screen, name: screen, device }));
  valueOf(await hall.handlers.pairScreen(manager, { screen, key: key.publicKey }));
  const { keyid: fingerprint } = key;
  valueOf(await hall.handlers.approveScreen(manager, { id: screen, fingerprint }));
  return key;
}

const revoke = async (hall: ServiceHall) => {
  const fingerprint = hall.collections.screens.get(DOOR)?.value.key?.fingerprint;
  if (fingerprint === undefined) throw new Error('not paired');
  valueOf(await hall.handlers.refuseScreen(as(hall, 'manager'), { id: DOOR, fingerprint }));
};

let counted = 0;

/** Signed by `signer`, in the name of `key`. */
function reportOf(hall: ServiceHall, key: ScreenKey, signer = key, changes: Partial<Report> = {}) {
  const { epoch, version } = headOf(hall);
  const painted = { epoch, version, at: hall.clock.now };
  const said: Report = {
    v: 1,
    screen: DOOR,
    seq: ++counted,
    at: hall.clock.now,
    clock: 'confirmed',
    shell: 'shell-1',
    channels: [{ channel: CHANNEL, accepted: { epoch, version }, painted, problem: null }],
    showing: null,
    ...changes,
  };
  return seal('report', canonicalBytes(said), [{ ...signer, keyid: key.keyid }]);
}

/** A connection that greets as a screen does; what it tells bears a signature that is not the screen's. */
function connectTo(hall: ServiceHall, ticket?: string, connection = 'socket', screen = DOOR) {
  const { port } = hall.screens;
  const greet = (reported?: number): boolean =>
    port.connected(screen, connection, { ticket, reported });
  greet();
  return {
    greet,
    /** Whether reports count although their signature is wrong: the connection is believed. */
    async isOwn(key: ScreenKey): Promise<boolean> {
      const answer = await port.report(DOOR, connection, await reportOf(hall, key, screenKey()));
      if (!answer.ok) expect(answer).toEqual(UNSIGNED);
      return answer.ok;
    },
    say: async (envelope: string | Promise<string>) =>
      port.report(screen, connection, await envelope),
    ticket: () => port.freshTicket(screen, connection),
    close: () => port.disconnected(screen, connection),
  };
}

/** A paired screen, and the ticket that its first report brought. */
async function introduced(hall: ServiceHall) {
  const key = await pair(hall);
  const first = connectTo(hall, undefined, 'first');
  expect(await first.say(reportOf(hall, key))).toEqual(TAKEN);
  const ticket = first.ticket();
  if (ticket === undefined) throw new Error('no ticket');
  return { key, ticket, first };
}

const viewOf = async (hall: ServiceHall) => {
  const [view] = valueOf(await hall.handlers.screens(as(hall, 'manager'), {})).screens;
  if (view === undefined) throw new Error('no screen');
  return view;
};

describe('whose a connection is', () => {
  test('[TK1] a stranger’s reports are looked at one by one, until one is signed by the screen’s key', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await pair(hall);
    const line = connectTo(hall);
    expect([await line.isOwn(key), line.ticket()]).toEqual([false, undefined]);
    expect(await line.say(reportOf(hall, key))).toEqual(TAKEN);
    expect(await line.isOwn(key)).toBe(true);
    expect(line.ticket()).toBeTypeOf('string');
    expect(line.ticket()).toBeUndefined();
    expect(await connectTo(hall, undefined, 'another').isOwn(key)).toBe(false);
  });

  test('[TK1] a report that is replayed, was carried about, or is of a clock that nobody confirmed proves nothing', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await pair(hall);
    const kept = await reportOf(hall, key);
    const unsure = await reportOf(hall, key, key, { clock: 'unconfirmed' });
    await hall.pass(2 * MINUTE + 1);
    const line = connectTo(hall);
    expect(await line.say(kept)).toEqual(TAKEN);
    expect([await line.isOwn(key), line.ticket()]).toEqual([false, undefined]);
    expect(await line.say(kept)).toEqual({ ok: false, refusal: 'stale' });
    expect(await line.say(unsure)).toEqual(TAKEN);
    expect([await line.isOwn(key), line.ticket()]).toEqual([false, undefined]);
    const fresh = await reportOf(hall, key);
    expect(await line.say(fresh)).toEqual(TAKEN);
    const thief = connectTo(hall, undefined, 'thief');
    expect(await thief.say(fresh)).toEqual({ ok: false, refusal: 'stale' });
    expect([await thief.isOwn(key), thief.ticket()]).toEqual([false, undefined]);
  });

  test('[TK6] only its own connection hears that the report it names is here, and only of the newest', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    const line = connectTo(hall, ticket);
    const older = counted;
    expect([line.greet(), line.greet(older), line.greet(older + 1)]).toEqual([false, true, false]);
    expect(connectTo(hall, undefined, 'stranger').greet(older)).toBe(false);
    expect(connectTo(hall, ticket, 'another', OTHER).greet(older)).toBe(false);
    line.greet();
    expect(await line.say(reportOf(hall, key))).toEqual(TAKEN);
    expect([line.greet(older), line.greet(counted)]).toEqual([false, true]);
  });

  test('[TK1] on its own connection too, what is malformed, of another screen or older is refused', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    const line = connectTo(hall, ticket);
    const refusals = [
      await line.say('{'),
      await line.say(reportOf(hall, screenKey())),
      await line.say(seal('head', canonicalBytes({ v: 1 }), [key])),
      await line.say(seal('report', canonicalBytes({ v: 1, more: true }), [key])),
      await line.say(reportOf(hall, key, key, { screen: OTHER })),
      await line.say(reportOf(hall, key, key, { seq: 0 })),
    ];
    expect(refusals.map((answer) => (answer.ok ? 'ok' : answer.refusal))).toEqual([
      'unknown-key',
      'unknown-key',
      'malformed',
      'malformed',
      'malformed',
      'stale',
    ]);
    expect(await line.say(reportOf(hall, key))).toEqual(TAKEN);
  });

  test('[TK1] a key that is revoked or replaced ends it on the open connection, and its ticket with it', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket, first } = await introduced(hall);
    expect(await first.isOwn(key)).toBe(true);
    await revoke(hall);
    const answer = await first.say(reportOf(hall, key));
    expect(answer).toEqual({ ok: false, refusal: 'unknown-key' });
    const next = await pair(hall, DOOR, screenKey());
    expect(await first.isOwn(next)).toBe(false);
    expect(await connectTo(hall, ticket, 'second').isOwn(next)).toBe(false);
    await revoke(hall);
    // The same key, approved anew, has to prove itself anew.
    hall.clock.now += 1;
    await pair(hall, DOOR, key);
    expect(await first.isOwn(key)).toBe(false);
    expect(await connectTo(hall, ticket, 'third').isOwn(key)).toBe(false);
  });

  test('[TK1] who greets as another screen has proved nothing of that one', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    await pair(hall, OTHER, key);
    const line = connectTo(hall, ticket, 'socket', OTHER);
    expect(line.ticket()).toBeUndefined();
    const lie = reportOf(hall, key, screenKey(), { screen: OTHER });
    expect(await line.say(lie)).toEqual(UNSIGNED);
  });
});

describe('tickets', () => {
  test('[TK2] with its ticket a screen is known at once, after a restart too; with a forged, foreign or old one it is not', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    expect(await connectTo(hall, ticket, 'again').isOwn(key)).toBe(true);
    const restarted = await hall.restart();
    expect(await connectTo(restarted, ticket).isOwn(key)).toBe(true);
    const forged = ticket.slice(0, -2) + (ticket.endsWith('AA') ? 'BB' : 'AA');
    for (const each of [forged, '', 'x'])
      expect(await connectTo(restarted, each, `with ${each}`).isOwn(key)).toBe(false);
    hall.clock.now += 7 * DAY;
    expect(await connectTo(restarted, ticket, 'late').isOwn(key)).toBe(false);
  });

  test('[TK2] in the second half of its life a ticket is renewed, on connecting and on a connection that stays', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket, first } = await introduced(hall);
    hall.clock.now += 3 * DAY;
    expect(connectTo(hall, ticket, 'young').ticket()).toBeUndefined();
    expect(first.ticket()).toBeUndefined();
    hall.clock.now += DAY;
    const fresh = [connectTo(hall, ticket, 'old').ticket(), first.ticket()];
    expect(fresh).toEqual([expect.any(String), expect.any(String)]);
    expect(first.ticket()).toBeUndefined();
    hall.clock.now += 4 * DAY;
    expect(await connectTo(hall, fresh[0], 'later').isOwn(key)).toBe(true);
  });
});

describe('signatures that are looked at afterwards', () => {
  test('[TK3] a wrong signature on a connection that was believed is found before the console shows the screen', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    expect(await viewOf(hall)).toMatchObject({ forged: false, shell: 'shell-1' });
    const thief = connectTo(hall, ticket, 'thief');
    const lie = reportOf(hall, key, screenKey(), { shell: 'a lie', seq: counted + 1000 });
    expect(await thief.say(lie)).toEqual(TAKEN);
    const view = await viewOf(hall);
    expect(view).toMatchObject({ forged: true, shell: null, channels: [{ painted: null }] });
    expect(groupOf(screenState(view, hall.clock.now))).toBe('trouble');
    expect(hall.screens.counts(hall.clock.now)).toMatchObject({ trouble: 1, confirmed: 0 });
    expect(hall.logged).toContainEqual(expect.stringContaining('led-door'));
    // Nobody is believed to be that screen, and no ticket of before counts.
    expect(await thief.isOwn(key)).toBe(false);
    expect(await connectTo(hall, ticket, 'again').isOwn(key)).toBe(false);
    // The lie's number does not keep the screen's own word out.
    expect(await connectTo(hall, undefined, 'itself').say(reportOf(hall, key))).toEqual(TAKEN);
    expect(await viewOf(hall)).toMatchObject({ forged: false, shell: 'shell-1' });
  });

  test('[TK3] it is found by verification, and after a restart; a right one is left alone', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { key, ticket } = await introduced(hall);
    await hall.pass(10_000); // [FL4]
    expect(await verifyReports(hall.collections)).toEqual([]);
    expect(await connectTo(hall, ticket, 'thief').isOwn(key)).toBe(true);
    await hall.pass(10_000);
    expect(await verifyReports(hall.collections)).toEqual([
      { kind: 'report', file: expect.stringContaining('report-shards'), detail: 'led-door' },
    ]);
    expect(await viewOf(await hall.restart())).toMatchObject({ forged: true });
    await revoke(hall);
    expect(await verifyReports(hall.collections)).toEqual([]);
  });
});
