import { describe, expect, onTestFinished, test } from 'vitest';
import { bytesResponse } from '../../board-server/routes/bytes-response.ts';
import { CHANNEL } from '../../board-server/services/publication.ts';
import { digest, verify } from '../../board-server/trust/digest.ts';
import { present } from '../../shared/kit/assert.ts';
import { concat } from '../../shared/kit/bytes.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { id, isProfileId, isScreenId, isSha256, isSlotId } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { StickView } from '../../shared/protocol/routes.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import { memoryNotebook, memoryShelf } from '../../shared/sync/memory.ts';
import { openScreen } from '../../shared/sync/screen.ts';
import { takeStick } from '../../shared/sync/stick.ts';
import { seal } from '../../shared/trust/envelope.ts';
import { memoryStick, opened } from '../builders/stick.ts';
import type { ScreenKey } from './screen-key.ts';
import { screenKey } from './screen-key.ts';
import {
  as,
  headOf,
  HOUR,
  openServiceHall,
  published,
  refusalOf,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';
import { servePlainly } from './plain-server.ts';

const DOOR = id(isScreenId, 'led-door');
const TOUCH = id(isScreenId, 'touch-01');
const DEVICES: readonly (readonly [ScreenId, string, Device])[] = [
  [DOOR, '门楣屏', { kind: 'board', profile: id(isProfileId, 'led-384x64') }],
  [
    TOUCH,
    '一楼触摸屏',
    { kind: 'touch', widthPx: 1080, heightPx: 1920, diagonalInches: 43, bottomMm: 800 },
  ],
];

async function openHall(): Promise<ServiceHall> {
  const hall = await openServiceHall(onTestFinished);
  for (const [screen, name, device] of DEVICES)
    valueOf(await hall.handlers.putScreen(as(hall, 'manager'), { id: screen, name, device }));
  return hall;
}

const make = (hall: ServiceHall, screens: ScreenId[], account: 'manager' | 'editor' = 'manager') =>
  hall.handlers.makeStick(as(hall, account), { screens });

/** The file as a browser gets it. */
async function fetched(hall: ServiceHall, { stick }: StickView): Promise<Uint8Array<ArrayBuffer>> {
  const reply = await hall.handlers.stickFile(as(hall, 'manager'), { stick });
  if (!reply.ok) throw new Error(reply.refusal);
  const parts: Uint8Array[] = [];
  for await (const part of present(reply.bytes, 'file').stream) parts.push(part);
  return concat(parts);
}

/** A box without a network: the engine of every screen, and nothing to ask. */
function boxOf(hall: ServiceHall, screen: ScreenId) {
  const nowhere = { ok: false, refusal: 'unreachable' } as const;
  return openScreen({
    screen,
    root: id(isSha256, hall.signer.rootFingerprint),
    ports: {
      upstream: {
        state: async () => nowhere,
        object: async () => nowhere,
        delta: async () => nowhere,
      },
      shelf: memoryShelf(),
      notebooks: [memoryNotebook(), memoryNotebook()],
      clocks: { wall: () => hall.clock.now, monotonic: () => hall.clock.monotonic },
      timer: () => () => undefined,
      random: () => 0,
      digest,
      verify,
    },
  });
}

const audit = async (hall: ServiceHall) =>
  (await hall.store.read('audit', { from: 1, limit: 500 })).map(({ value }) => value);

describe('a stick', () => {
  test('[SK1] has all that each of its screens needs, once, and nothing for others', async () => {
    const hall = await openHall();
    const { id: record } = await published(hall);
    const slot = { id: id(isSlotId, 'slot-1'), record, class: 'default', order: 0 } as const;
    const window = { kind: 'always' } as const;
    valueOf(await hall.handlers.putSlot(as(hall, 'manager'), { ...slot, window }));
    const both = valueOf(await make(hall, [DOOR, TOUCH, DOOR]));
    const content = await fetched(hall, both);
    expect(content.length).toBe(both.bytes);
    const stick = await opened(memoryStick(content));
    expect(stick.table.objects.length).toBe(both.objects);
    for (const screen of [DOOR, TOUCH]) {
      const box = await boxOf(hall, screen);
      expect(await takeStick(stick, box)).toEqual({ ok: true, value: 'shown' });
      const [channel] = present(box.generation(), 'generation').channels;
      const shown = screen === DOOR ? channel?.board : channel?.touch;
      expect(shown?.map(({ item }) => item.record)).toEqual([record]);
      box.close();
    }
    const door = await opened(memoryStick(await fetched(hall, valueOf(await make(hall, [DOOR])))));
    expect(door.table.objects.length).toBeLessThan(both.objects);
    const box = await boxOf(hall, TOUCH);
    expect(await takeStick(door, box)).toMatchObject({ refusal: 'other-screen' });
    expect(await takeStick(door, box)).toMatchObject({ ok: false });
    box.close();
  });

  test('[SK1] of long sections has every chunk that their indexes name', async () => {
    const hall = await openHall();
    for (let number = 0; number < 40; number++) await published(hall, { title: `公告${number}` });
    const stick = await opened(
      memoryStick(await fetched(hall, valueOf(await make(hall, [TOUCH])))),
    );
    const box = await boxOf(hall, TOUCH);
    expect(await takeStick(stick, box)).toEqual({ ok: true, value: 'shown' });
    expect(box.generation()?.channels[0]?.touch).toHaveLength(40);
    box.close();
  });

  test('[SK6] is for those who may, for existing screens, and each screen is in the log', async () => {
    const hall = await openHall();
    await published(hall);
    expect(refusalOf(await make(hall, [DOOR], 'editor'))).toBe('forbidden');
    expect(refusalOf(await make(hall, [id(isScreenId, 'nowhere')]))).toBe('not-found');
    expect((await audit(hall)).filter(isExport)).toEqual([]);
    const made = valueOf(await make(hall, [DOOR, TOUCH]));
    expect((await audit(hall)).filter(isExport)).toMatchObject([
      { subject: 'screen:led-door', detail: String(made.version), by: { name: '陈立' } },
      { subject: 'screen:touch-01', detail: String(made.version) },
    ]);
    expect(made.name).toBe('openhall-安澜县政务服务中心-2026-11-23.ohs');
    expect(made.version).toBe(headOf(hall).version);
  });

  test('[SK6] is there for ten minutes, for the person who had it made', async () => {
    const hall = await openHall();
    const { stick } = valueOf(await make(hall, [DOOR]));
    const ask = (account: 'manager' | 'reviewer' | 'editor') =>
      hall.handlers.stickFile(as(hall, account), { stick });
    expect((await ask('manager')).ok).toBe(true);
    expect(refusalOf(await ask('reviewer'))).toBe('forbidden');
    const other = { ...as(hall, 'manager') };
    const stranger = { ...present(other.actor, 'actor'), person: 'somebody-else' };
    const require = () => ({ ok: true, value: stranger }) as const;
    expect(refusalOf(await hall.handlers.stickFile({ ...other, require }, { stick }))).toBe(
      'not-found',
    );
    hall.clock.now += HOUR;
    expect(refusalOf(await ask('manager'))).toBe('not-found');
  });

  test('[SK6] reads an object only when the one before it was taken', async () => {
    const hall = await openHall();
    for (let number = 0; number < 5; number++) await published(hall, { title: `公告${number}` });
    const { stick } = valueOf(await make(hall, [TOUCH]));
    const reply = await hall.handlers.stickFile(as(hall, 'manager'), { stick });
    const reader = present(reply.ok ? reply.bytes : undefined, 'file').stream.getReader();
    await reader.read();
    // What the disk no longer has is missed when its turn comes: nothing was read ahead of it.
    for (const name of hall.objects.names()) await hall.objects.remove(name);
    const rest = async () => {
      for (;;) if ((await reader.read()).done) return;
    };
    await expect(rest()).rejects.toThrow('an object was damaged');
  });

  test('[SK6] goes out over a socket no faster than it is read, under its name and length', async () => {
    const [megabyte, count] = [new Uint8Array(1024 * 1024).fill(7), 64];
    let made = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (made === count) return controller.close();
          made += 1;
          controller.enqueue(megabyte);
        },
      },
      { highWaterMark: 1 },
    );
    const name = 'openhall-安澜县-2026-11-23.ohs';
    const url = await servePlainly({
      fetch: () => bytesResponse({ name, length: count * megabyte.length, stream }),
    });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBe(String(count * megabyte.length));
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="openhall-2026-11-23.ohs"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    let [read, ahead] = [0, 0];
    for await (const part of present(response.body, 'body')) {
      read += part.length;
      ahead = Math.max(ahead, made * megabyte.length - read);
    }
    expect(read).toBe(count * megabyte.length);
    // Buffers of two sockets and their kernel lie between; the file does not.
    expect(ahead).toBeLessThan(16 * megabyte.length);
  });
});

const isExport = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'action' in value &&
  value.action === 'screen.export';

const receiptOf = async (
  hall: ServiceHall,
  key: ScreenKey,
  changes: Partial<Report> = {},
): Promise<Receipt> => {
  const { epoch, version } = headOf(hall);
  const said: Report = {
    v: 1,
    screen: DOOR,
    seq: 1,
    at: hall.clock.now,
    clock: 'unconfirmed',
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
  const report = await seal('report', canonicalBytes(said), [key]);
  return { v: 1, screen: DOOR, key: key.publicKey, report };
};
const take = (hall: ServiceHall, receipt: Receipt, fingerprint?: ScreenKey['keyid']) =>
  hall.handlers.takeReceipt(
    as(hall, 'manager'),
    fingerprint === undefined ? { receipt } : { receipt, fingerprint },
  );
const doorOf = async (hall: ServiceHall) =>
  valueOf(await hall.handlers.screens(as(hall, 'manager'), {})).screens.find(
    (screen) => screen.id === DOOR,
  );

async function paired(hall: ServiceHall): Promise<ScreenKey> {
  const key = screenKey();
  const anyone = { ...as(hall, 'manager'), actor: undefined };
  valueOf(await hall.handlers.pairScreen(anyone, { screen: DOOR, key: key.publicKey }));
  const approval = { id: DOOR, fingerprint: key.keyid };
  valueOf(await hall.handlers.approveScreen(as(hall, 'manager'), approval));
  return key;
}

describe('a receipt', () => {
  test('[SK7] counts like a report, and is shown with its own time', async () => {
    const hall = await openHall();
    await published(hall);
    const key = await paired(hall);
    const at = hall.clock.now;
    const receipt = await receiptOf(hall, key);
    await hall.pass(HOUR);
    const { version } = headOf(hall);
    expect(valueOf(await take(hall, receipt))).toEqual({
      state: 'taken',
      screen: DOOR,
      name: '门楣屏',
      at,
      current: true,
    });
    expect(await doorOf(hall)).toMatchObject({
      connected: false,
      receiptAt: at,
      lastSeenAt: at,
      clock: 'unconfirmed',
      channels: [{ painted: { version }, problem: null }],
    });
    expect((await audit(hall)).at(-1)).toMatchObject({
      action: 'screen.receipt',
      subject: 'screen:led-door',
    });
    await published(hall, { title: '另一条' });
    const later = await receiptOf(hall, key, { seq: 2, channels: [] });
    expect(valueOf(await take(hall, later))).toMatchObject({ state: 'taken', current: false });
  });

  test('[SK7] a time from a screen’s fast clock is not taken for the future', async () => {
    const hall = await openHall();
    const key = await paired(hall);
    const receipt = await receiptOf(hall, key, { at: hall.clock.now + HOUR });
    expect(valueOf(await take(hall, receipt))).toMatchObject({ at: hall.clock.now });
  });

  test('[SK7] replayed, older than a report or forged it is refused, and changes nothing', async () => {
    const hall = await openHall();
    const key = await paired(hall);
    const { report } = await receiptOf(hall, key, { seq: 7 });
    expect(await hall.screens.port.report(DOOR, 'socket', report)).toEqual({ ok: true });
    const before = await doorOf(hall);
    expect(before).toMatchObject({ receiptAt: null });
    const refusals: readonly (readonly [string, Receipt])[] = [
      ['receipt-old', await receiptOf(hall, key, { seq: 7 })],
      ['receipt-old', await receiptOf(hall, key, { seq: 6 })],
      ['receipt-key', await receiptOf(hall, screenKey(), { seq: 8 })],
      ['receipt-forged', await receiptOf(hall, key, { seq: 8, screen: TOUCH })],
      [
        'receipt-forged',
        { ...(await receiptOf(hall, key, { seq: 8 })), key: screenKey().publicKey },
      ],
      [
        'receipt-forged',
        { ...(await receiptOf(hall, screenKey(), { seq: 8 })), key: key.publicKey },
      ],
      ['receipt-forged', { ...(await receiptOf(hall, key)), report: '{}' }],
      ['receipt-forged', { ...(await receiptOf(hall, key)), key: { alg: 'ed25519', raw: 'AAAA' } }],
      ['not-found', { ...(await receiptOf(hall, key)), screen: id(isScreenId, 'nowhere') }],
    ];
    for (const [refusal, receipt] of refusals)
      expect(refusalOf(await take(hall, receipt))).toBe(refusal);
    expect(await doorOf(hall)).toEqual(before);
    expect(valueOf(await take(hall, await receiptOf(hall, key, { seq: 8 })))).toMatchObject({
      state: 'taken',
    });
    expect(refusalOf(await take(hall, await receiptOf(hall, key, { seq: 8 })))).toBe('receipt-old');
    // What the screen sends itself afterwards takes its place.
    const sent = await receiptOf(hall, key, { seq: 9 });
    expect(await hall.screens.port.report(DOOR, 'socket', sent.report)).toEqual({ ok: true });
    expect(await doorOf(hall)).toMatchObject({ receiptAt: null });
  });

  test('[SK7] survives a restart of the server, and so does the refusal of older ones', async () => {
    const hall = await openHall();
    const key = await paired(hall);
    const receipt = await receiptOf(hall, key);
    valueOf(await take(hall, receipt));
    const again = await hall.restart();
    expect(await doorOf(again)).toMatchObject({ receiptAt: hall.clock.now });
    expect(refusalOf(await take(again, receipt))).toBe('receipt-old');
  });

  test('[SK7] that the disk has no room for was not taken, and can be brought again', async () => {
    const hall = await openHall();
    const key = await paired(hall);
    const receipt = await receiptOf(hall, key);
    hall.disk.isStoreFull = true;
    expect(refusalOf(await take(hall, receipt))).toBe('storage-full');
    expect(await doorOf(hall)).toMatchObject({ receiptAt: null });
    hall.disk.isStoreFull = false;
    expect(valueOf(await take(hall, receipt))).toMatchObject({ state: 'taken' });
    expect(await doorOf(await hall.restart())).toMatchObject({ receiptAt: hall.clock.now });
  });

  test('[SK7] of a screen without a key counts once its fingerprint was compared', async () => {
    const hall = await openHall();
    const [key, other] = [screenKey(), screenKey()];
    // It asked to be known while it had a line; that is settled with the receipt.
    const anyone = { ...as(hall, 'manager'), actor: undefined };
    valueOf(await hall.handlers.pairScreen(anyone, { screen: DOOR, key: key.publicKey }));
    const receipt = await receiptOf(hall, key);
    expect(valueOf(await take(hall, receipt))).toEqual({
      state: 'unknown-key',
      screen: DOOR,
      name: '门楣屏',
      fingerprint: key.keyid,
    });
    expect(await doorOf(hall)).toMatchObject({ key: { state: 'none' }, receiptAt: null });
    expect(refusalOf(await take(hall, receipt, other.keyid))).toBe('changed');
    expect(valueOf(await take(hall, receipt, key.keyid))).toMatchObject({ state: 'taken' });
    expect(await doorOf(hall)).toMatchObject({
      key: { state: 'paired', fingerprint: key.keyid },
      receiptAt: hall.clock.now,
    });
    expect((await audit(hall)).slice(-2)).toMatchObject([
      { action: 'screen.pair', detail: key.keyid },
      { action: 'screen.receipt' },
    ]);
    // A key that stands is never replaced by one that was carried.
    const usurper = await receiptOf(hall, other, { seq: 2 });
    expect(refusalOf(await take(hall, usurper, other.keyid))).toBe('receipt-key');
    expect(await doorOf(hall)).toMatchObject({ key: { fingerprint: key.keyid } });
  });

  test('[SK7] is for those who may', async () => {
    const hall = await openHall();
    const receipt = await receiptOf(hall, screenKey());
    expect(refusalOf(await hall.handlers.takeReceipt(as(hall, 'editor'), { receipt }))).toBe(
      'forbidden',
    );
  });
});
