import { describe, expect, test } from 'vitest';
import { screenOf } from '../../admin/screens/screen-form.ts';
import { mostUrgentFirst } from '../../admin/today/screen-order.ts';
import {
  hasPainted,
  screenGroup,
  screenState,
  shownBy,
} from '../../shared/protocol/screen-state.ts';
import {
  id,
  isChannelId,
  isKeyId,
  isProfileId,
  isRecordId,
  isScreenId,
} from '../../shared/kit/ids.ts';
import type { ScreenView } from '../../shared/protocol/routes.ts';

const T = Date.UTC(2026, 10, 23, 9, 40);
const fingerprint = id(isKeyId, 'ab'.repeat(32));
const channel = id(isChannelId, 'hall');

function screen(
  changed: Partial<ScreenView> = {},
  wanted: readonly [number, number] = [1, 4],
  painted: readonly [number, number] | null = [1, 4],
): ScreenView {
  return {
    id: id(isScreenId, 'door'),
    name: '门楣屏',
    device: { kind: 'board', profile: id(isProfileId, 'led-384x64') },
    key: { state: 'paired', fingerprint, at: T },
    waiting: null,
    connected: true,
    lastSeenAt: T - 30_000,
    clock: 'confirmed',
    shell: null,
    program: 'unknown',
    channels: [
      {
        channel,
        wanted: { epoch: wanted[0], version: wanted[1], at: T },
        painted: painted === null ? null : { epoch: painted[0], version: painted[1], at: T },
        problem: null,
      },
    ],
    showing: null,
    receiptAt: null,
    forged: false,
    ...changed,
  };
}

describe('how a screen is', () => {
  test('[SC2] up to date only when it says itself that it painted what is wanted', () => {
    expect(screenState(screen(), T).state).toBe('current');
    expect(screenState(screen({}, [1, 5], [1, 4]), T).state).toBe('updating');
    expect(screenState(screen({}, [1, 4], null), T).state).toBe('updating');
  });

  test('[TR4] an older epoch with a higher version is not newer', () => {
    expect(hasPainted(screen({}, [2, 1], [1, 9]))).toBe(false);
    expect(hasPainted(screen({}, [1, 9], [2, 1]))).toBe(true);
  });

  test('[TK5] what it shows is said by its own report alone, and only while it is there', () => {
    const showing = { record: id(isRecordId, 'record-1'), title: '停水公告' };
    expect(shownBy(screen({ showing }))).toEqual({ state: 'item', title: '停水公告' });
    expect(shownBy(screen())).toEqual({ state: 'standing' });
    expect(shownBy(screen({ showing, connected: false }))).toEqual({ state: 'unknown' });
    // Never paired, or what was kept of it is not its own: no report counts.
    expect(shownBy(screen({ clock: null }))).toEqual({ state: 'unknown' });
    expect(shownBy(screen({ clock: null, forged: true }))).toEqual({ state: 'unknown' });
  });

  test('[DY7] those that need a person are named first, those that catch up by themselves last', () => {
    const looks = [
      screen({}, [1, 5]),
      screen({ program: 'older' }),
      screen({ forged: true }),
      screen({ program: 'rolledBack' }),
      screen({ connected: false }),
    ].map((one) => ({ state: screenState(one, T) }));
    expect(looks.map(({ state }) => state.state)).toEqual([
      'updating',
      'older',
      'forged',
      'rolledBack',
      'silent',
    ]);
    expect(mostUrgentFirst(looks).map(({ state }) => state.state)).toEqual([
      'forged',
      'rolledBack',
      'silent',
      'older',
      'updating',
    ]);
  });

  test('a disconnected screen says for how long, one never seen says so', () => {
    expect(screenState(screen({ connected: false, lastSeenAt: T - 12 * 60_000 }), T)).toEqual({
      state: 'silent',
      minutes: 12,
    });
    expect(screenState(screen({ connected: false, lastSeenAt: null }), T).state).toBe('never');
  });

  test('[AU5] a waiting key comes first, and no longer than its code lives', () => {
    const waiting = { code: '204816', fingerprint, expiresAt: T + 1000 };
    const unpaired = screen({ key: { state: 'none' }, waiting });
    expect(screenState(unpaired, T).state).toBe('waiting');
    expect(screenState(unpaired, T + 1000).state).toBe('current');
    // A paired screen is as it is, whoever asks; that somebody asks is for a person to look at.
    expect(screenState(screen({ waiting }), T).state).toBe('current');
    expect([
      screenGroup(screen({ waiting }), T),
      screenGroup(screen({ waiting }), T + 1000),
    ]).toEqual(['waiting', 'current']);
  });

  test('a problem is named; fetching is only updating', () => {
    const [one] = screen({}, [1, 5]).channels;
    if (one === undefined) throw new Error('the builder makes one channel');
    expect(screenState(screen({ channels: [{ ...one, problem: 'no-space' }] }), T)).toEqual({
      state: 'problem',
      problem: 'no-space',
    });
    expect(screenState(screen({ channels: [{ ...one, problem: 'fetching' }] }), T).state).toBe(
      'updating',
    );
    expect(screenState(screen({ clock: 'lost' }), T).state).toBe('clock');
  });
});

test('[SH10] a screen whose program is behind says so when nothing more urgent is the matter', () => {
  for (const program of ['newest', 'coming', 'unknown'] as const)
    expect(screenState(screen({ program }), T).state).toBe('current');
  expect(screenState(screen({ program: 'older' }), T).state).toBe('older');
  expect(screenState(screen({ program: 'rolledBack' }), T).state).toBe('rolledBack');
  expect(screenState(screen({ program: 'older' }, [1, 5]), T).state).toBe('updating');
  expect(screenState(screen({ program: 'older', clock: 'lost' }), T).state).toBe('clock');
  expect(screenState(screen({ program: 'older', connected: false }), T).state).toBe('silent');
});

test('[SK7] a screen without a line is what its receipt says, until it has a line', () => {
  const carried = { connected: false, receiptAt: T - 60_000, lastSeenAt: T - 60_000 };
  expect(screenState(screen(carried), T).state).toBe('carried');
  expect(screenState(screen(carried, [1, 5]), T).state).toBe('carriedBehind');
  expect(screenState(screen({ ...carried, clock: 'lost' }), T).state).toBe('clock');
  expect(screenState(screen({ ...carried, connected: true }), T).state).toBe('current');
  expect(screenState(screen({ ...carried, receiptAt: null }), T).state).toBe('silent');
});

describe('a screen as typed', () => {
  const fields = {
    id: 'hall-door',
    name: ' 门楣屏 ',
    kind: 'touch' as const,
    profile: '',
    width: '1080',
    height: '1920',
    inches: '32',
    bottom: '',
  };
  test('[SC6] a touch screen has its own dimensions; unmounted is none, not zero', () => {
    expect(screenOf(fields)).toEqual({
      ok: true,
      value: {
        id: 'hall-door',
        name: '门楣屏',
        device: {
          kind: 'touch',
          widthPx: 1080,
          heightPx: 1920,
          diagonalInches: 32,
          bottomMm: null,
        },
      },
    });
  });
  test.each([
    ['id-bad', { ...fields, id: 'Hall Door' }],
    ['name-missing', { ...fields, name: '  ' }],
    ['size-bad', { ...fields, width: '' }],
    ['size-bad', { ...fields, inches: 'abc' }],
  ])('%s is said before anything is sent', (refusal, bad) => {
    expect(screenOf(bad)).toMatchObject({ ok: false, refusal });
  });
});
