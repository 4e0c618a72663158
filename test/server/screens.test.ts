import { describe, expect, onTestFinished, test } from 'vitest';
import { digest, verify } from '../../board-server/trust/digest.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import {
  lease as leaseSchema,
  lineup as lineupSchema,
  roles as rolesSchema,
} from '../../shared/protocol/statements.ts';
import { open, parseEnvelope, payloadJson, seal } from '../../shared/trust/envelope.ts';
import { trustedFor, walkRoles } from '../../shared/trust/roles.ts';
import { CHANNEL } from '../../board-server/services/publication.ts';
import {
  as,
  headOf,
  MORNING,
  openServiceHall,
  published,
  refusalOf,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';
import type { ScreenKey } from './screen-key.ts';
import { screenKey } from './screen-key.ts';

const SCREEN = id(isScreenId, 'led-door');
const BOARD: Device = { kind: 'board', profile: id(isProfileId, 'led-384x64') };
const TOUCH: Device = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 32,
  bottomMm: 700,
};

const put = (hall: ServiceHall, name = '门楣屏', device: Device = BOARD) =>
  hall.handlers.putScreen(as(hall, 'manager'), { id: SCREEN, name, device });

const ask = (hall: ServiceHall, key: ScreenKey) =>
  hall.handlers.pairScreen(anyone(hall), { screen: SCREEN, key: key.publicKey });

const approve = (hall: ServiceHall, fingerprint: ScreenKey['keyid']) =>
  hall.handlers.approveScreen(as(hall, 'manager'), { id: SCREEN, fingerprint });

const anyone = (hall: ServiceHall) => ({ ...as(hall, 'manager'), actor: undefined });

async function paired(hall: ServiceHall): Promise<ScreenKey> {
  const key = screenKey();
  valueOf(await put(hall));
  valueOf(await ask(hall, key));
  valueOf(await approve(hall, key.keyid));
  return key;
}

function report(hall: ServiceHall, key: ScreenKey, changes: Partial<Report> = {}): Promise<string> {
  const { epoch, version } = headOf(hall);
  const said: Report = {
    v: 1,
    screen: SCREEN,
    seq: 1,
    at: hall.clock.now,
    clock: 'confirmed',
    shell: 'shell-1',
    channels: [
      {
        channel: CHANNEL,
        accepted: { epoch, version },
        painted: { epoch, version, at: hall.clock.now },
        problem: null,
      },
    ],
    showing: null,
    ...changes,
  };
  return seal('report', canonicalBytes(said), [key]);
}

const signedAt = (text: string | undefined) => {
  const opened = parseEnvelope(text ?? '');
  return opened.ok && leaseSchema.parse(payloadJson(opened.value.payload)).signedAt;
};

const viewOf = async (hall: ServiceHall) =>
  valueOf(await hall.handlers.screens(as(hall, 'manager'), {})).screens[0];

describe('lineups', () => {
  test('one answer has everything a screen needs: roles, its signed lineup, head and lease', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await put(hall));
    const state = valueOf(await hall.handlers.screenState(anyone(hall), { screen: SCREEN }));
    expect(routes.screenState.output.parse(state)).toEqual(state);
    const walked = await walkRoles(state.roles, undefined, {
      digest,
      verify,
      parse: (value) => rolesSchema.safeParse(value).data,
    });
    if (!walked.ok) throw new Error(walked.refusal);
    const opened = await open(
      state.lineup,
      'lineup',
      trustedFor(walked.value.roles, 'lineup'),
      verify,
    );
    expect(opened.ok && lineupSchema.parse(payloadJson(opened.value))).toEqual({
      v: 1,
      epoch: 1,
      version: 1,
      screen: SCREEN,
      name: '门楣屏',
      device: BOARD,
      sections: ['board/led-384x64'],
      channels: [{ channel: CHANNEL, cap: 'interrupt' }],
    });
    const proven = await hall.publishing.fresh();
    expect(state.channels).toEqual([
      { channel: CHANNEL, head: proven?.document.envelope, lease: proven?.lease },
    ]);
    const unknown = { screen: id(isScreenId, 'nobody') };
    expect(refusalOf(await hall.handlers.screenState(anyone(hall), unknown))).toBe('not-found');
  });

  test('[TR4] a lineup gets a new version when the screen changes, and keeps its bytes when it does not', async () => {
    const hall = await openServiceHall(onTestFinished);
    const lineup = async () =>
      valueOf(await hall.handlers.screenState(anyone(hall), { screen: SCREEN })).lineup;
    valueOf(await put(hall));
    const first = await lineup();
    valueOf(await put(hall));
    expect(await lineup()).toBe(first);
    valueOf(await put(hall, '一楼触摸屏', TOUCH));
    expect(await lineup()).not.toBe(first);
    expect(hall.collections.screens.get(SCREEN)?.value.lineup.version).toBe(2);
  });

  test('[CK1] a screen that asks gets a lease of that second, the same for all who ask within it', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await put(hall));
    const lease = async () =>
      valueOf(await hall.handlers.screenState(anyone(hall), { screen: SCREEN })).channels[0]?.lease;
    const first = await lease();
    hall.clock.now += 900;
    expect(await lease()).toBe(first);
    hall.clock.now += 40_000;
    expect(signedAt(await lease())).toBe(hall.clock.now);
  });

  test('a board that no profile describes is refused', async () => {
    const hall = await openServiceHall(onTestFinished);
    const device: Device = { kind: 'board', profile: id(isProfileId, 'led-1x1') };
    expect(refusalOf(await put(hall, '屏', device))).toBe('malformed');
  });
});

describe('pairing', () => {
  test('[AU5] a code names a request; approving its fingerprint pairs the key, once', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = screenKey();
    valueOf(await put(hall));
    const asked = valueOf(await ask(hall, key));
    expect(asked).toMatchObject({ state: 'waiting', expiresAt: MORNING + 600_000 });
    const { state: _state, ...shown } = asked;
    expect(await viewOf(hall)).toMatchObject({
      key: { state: 'none' },
      waiting: { ...shown, fingerprint: key.keyid },
    });
    expect(valueOf(await ask(hall, key))).toEqual(asked);
    valueOf(await approve(hall, key.keyid));
    expect(valueOf(await ask(hall, key))).toEqual({ state: 'paired' });
    expect(refusalOf(await approve(hall, key.keyid))).toBe('not-found');
  });

  test('[AU5] an address that offers keys without end is told when to come again, others are not', async () => {
    const hall = await openServiceHall(onTestFinished, { pairingsPerMinute: 2 });
    valueOf(await put(hall));
    const key = screenKey();
    for (const state of ['waiting', 'waiting'])
      expect(valueOf(await ask(hall, key))).toMatchObject({ state });
    expect(await ask(hall, key)).toEqual({
      ok: false,
      refusal: 'too-many-tries',
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 60),
    });
    const elsewhere = { ...anyone(hall), address: '192.0.2.2' };
    const other = await hall.handlers.pairScreen(elsewhere, { screen: SCREEN, key: key.publicKey });
    expect(valueOf(other)).toMatchObject({ state: 'waiting' });
  });

  test('[AU5] after ten minutes the request is gone', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = screenKey();
    valueOf(await put(hall));
    valueOf(await ask(hall, key));
    hall.clock.now += 600_000;
    expect(refusalOf(await approve(hall, key.keyid))).toBe('not-found');
    expect(await viewOf(hall)).toMatchObject({ key: { state: 'none' } });
  });

  test('[AU5] when another key took the place of the one that was looked at, nothing is approved', async () => {
    const hall = await openServiceHall(onTestFinished);
    const [seen, stranger] = [screenKey(), screenKey()];
    valueOf(await put(hall));
    valueOf(await ask(hall, seen));
    valueOf(await ask(hall, stranger));
    expect(refusalOf(await approve(hall, seen.keyid))).toBe('changed');
    expect(hall.collections.screens.get(SCREEN)?.value.key).toBeNull();
  });

  test('[AU5] a key that asks stands beside the one that is the screen’s, and each is refused by its own fingerprint', async () => {
    const hall = await openServiceHall(onTestFinished);
    const before = await paired(hall);
    const after = screenKey();
    valueOf(await ask(hall, after));
    expect(await viewOf(hall)).toMatchObject({
      key: { state: 'paired', fingerprint: before.keyid },
      waiting: { fingerprint: after.keyid },
    });
    const refuse = (fingerprint: KeyId) =>
      hall.handlers.refuseScreen(as(hall, 'manager'), { id: SCREEN, fingerprint });
    expect(refusalOf(await refuse(screenKey().keyid))).toBe('changed');
    valueOf(await refuse(after.keyid));
    expect(await viewOf(hall)).toMatchObject({
      key: { state: 'paired', fingerprint: before.keyid },
      waiting: null,
    });
    // One who keeps asking does not keep the other from being revoked.
    valueOf(await ask(hall, after));
    valueOf(await refuse(before.keyid));
    expect(await viewOf(hall)).toMatchObject({
      key: { state: 'none' },
      waiting: { fingerprint: after.keyid },
    });
    valueOf(await refuse(after.keyid));
    expect(refusalOf(await refuse(before.keyid))).toBe('not-found');
  });

  test('keys of another kind and points on no curve are refused, as is a screen nobody added', async () => {
    const hall = await openServiceHall(onTestFinished);
    expect(refusalOf(await ask(hall, screenKey()))).toBe('not-found');
    valueOf(await put(hall));
    for (const key of [
      { alg: 'ed25519', raw: toBase64(new Uint8Array(32)) } as const,
      { alg: 'ecdsa-p256', raw: toBase64(new Uint8Array(65)) } as const,
      { alg: 'ecdsa-p256', raw: '你好' } as const,
    ]) {
      expect(refusalOf(await hall.handlers.pairScreen(anyone(hall), { screen: SCREEN, key }))).toBe(
        'malformed',
      );
    }
  });
});

describe('reports', () => {
  test('[SC3] a report signed with the paired key says what the screen painted', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await paired(hall);
    const { id: record } = await published(hall);
    const showing = `${record}/1`;
    expect(
      await hall.screens.port.report(SCREEN, 'socket', await report(hall, key, { showing })),
    ).toEqual({
      ok: true,
    });
    const { epoch, version } = headOf(hall);
    const view = await viewOf(hall);
    expect(view).toMatchObject({
      lastSeenAt: MORNING,
      clock: 'confirmed',
      channels: [{ wanted: { epoch, version }, painted: { epoch, version }, problem: null }],
      showing: { record, title: '北大街停水公告' },
    });
    expect(routes.screens.output.shape.screens.parse([view])).toEqual([view]);
  });

  test('[SC3] reports of strangers, of other screens, altered, repeated or older are refused', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await paired(hall);
    const send = (envelope: string) => hall.screens.port.report(SCREEN, 'socket', envelope);
    const honest = await report(hall, key, { seq: 5 });
    const forged = await seal('report', canonicalBytes({ v: 1 }), [
      { ...screenKey(), keyid: key.keyid },
    ]);
    const refusals = [
      await send(await report(hall, screenKey())),
      await send(forged),
      await send(await seal('report', canonicalBytes({ v: 1, more: true }), [key])),
      await send(await report(hall, key, { screen: id(isScreenId, 'led-hall') })),
      await send(await seal('head', canonicalBytes({ v: 1 }), [key])),
      await send('{'),
      await hall.screens.port.report(id(isScreenId, 'nobody'), 'socket', honest),
    ];
    expect(refusals.map((ack) => (ack.ok ? 'ok' : ack.refusal))).toEqual([
      'unknown-key',
      'unsigned',
      'malformed',
      'malformed',
      'malformed',
      'unknown-key',
      'unknown-screen',
    ]);
    expect(await send(honest)).toEqual({ ok: true });
    expect(await send(honest)).toEqual({ ok: false, refusal: 'stale' });
    expect(await send(await report(hall, key, { seq: 4 }))).toEqual({
      ok: false,
      refusal: 'stale',
    });
  });

  test('[SC3] an older report does not come back after a restart', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await paired(hall);
    await hall.screens.port.report(SCREEN, 'socket', await report(hall, key, { seq: 5 }));
    await hall.pass(10_000); // [FL4]
    const again = await hall.restart();
    const old = await report(hall, key, { seq: 5, shell: 'other' });
    expect(await again.screens.port.report(SCREEN, 'socket', old)).toEqual({
      ok: false,
      refusal: 'stale',
    });
  });

  test('why a screen does not show what is out: fetching, then not painting; its own word comes first', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await paired(hall);
    const { epoch, version } = headOf(hall);
    const painted = { epoch, version, at: hall.clock.now };
    await published(hall);
    const newest = headOf(hall);
    hall.screens.port.connected(SCREEN, 'socket');
    const problem = async (
      accepted: Report['channels'][number]['accepted'],
      said: Report['channels'][number]['problem'],
      seq: number,
    ) => {
      const channels = [{ channel: CHANNEL, accepted, painted, problem: said }];
      await hall.screens.port.report(SCREEN, 'socket', await report(hall, key, { seq, channels }));
      return (await viewOf(hall))?.channels[0]?.problem;
    };
    const accepted = { epoch, version: newest.version };
    expect(await problem({ epoch, version }, null, 1)).toBe('fetching');
    expect(await problem(accepted, null, 2)).toBe('fetching');
    hall.clock.now += 10_000;
    expect(await problem(accepted, null, 3)).toBe('not-painting');
    expect(await problem(accepted, 'no-space', 4)).toBe('no-space');
    hall.screens.port.disconnected(SCREEN, 'socket');
    expect(await viewOf(hall)).toMatchObject({ connected: false, channels: [{ problem: null }] });
  });

  test('今天 counts the screens that wait, lag and are silent', async () => {
    const hall = await openServiceHall(onTestFinished);
    const key = await paired(hall);
    const counts = async () => {
      const { screens, screensWaiting, screensBehind, screensSilent } = valueOf(
        await hall.handlers.today(as(hall, 'manager'), {}),
      );
      return { screens, screensWaiting, screensBehind, screensSilent };
    };
    expect(await counts()).toEqual({
      screens: 1,
      screensWaiting: 0,
      screensBehind: 0,
      screensSilent: 1,
    });
    hall.screens.port.connected(SCREEN, 'socket');
    expect(await counts()).toEqual({
      screens: 1,
      screensWaiting: 0,
      screensBehind: 1,
      screensSilent: 0,
    });
    await hall.screens.port.report(SCREEN, 'socket', await report(hall, key));
    expect(await counts()).toEqual({
      screens: 1,
      screensWaiting: 0,
      screensBehind: 0,
      screensSilent: 0,
    });
    valueOf(await ask(hall, screenKey()));
    expect(await counts()).toEqual({
      screens: 1,
      screensWaiting: 1,
      screensBehind: 0,
      screensSilent: 0,
    });
  });
});
