import { describe, expect, onTestFinished, test } from 'vitest';
import { release as releaseSchema } from '../../shared/protocol/objects.ts';
import type { Release } from '../../shared/domain/release.ts';
import { dayAt } from '../../shared/domain/civil.ts';
import { parseJson } from '../../shared/kit/json.ts';
import {
  as,
  DAY,
  headOf,
  HOUR,
  MORNING,
  openServiceHall,
  refusalOf,
  valueOf,
} from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const TODAY = '2026-11-23';
const OPENS = MORNING - 1.5 * HOUR;
const CLOSES = MORNING + 7.5 * HOUR;

const dayOf = async (hall: ServiceHall) =>
  valueOf(await hall.handlers.today(as(hall, 'editor'), {})).day;

async function releaseOf(hall: ServiceHall): Promise<Release> {
  const object = await hall.objects.read(headOf(hall).release.digest);
  return releaseSchema.parse(parseJson(new TextDecoder().decode(object?.bytes)));
}

const close = (hall: ServiceHall, date = TODAY, reason = '停电检修') =>
  hall.handlers.closeEarly(as(hall, 'manager'), { date, reason });

const auditOf = async (hall: ServiceHall) =>
  (await hall.store.read('audit')).map(({ value }) => value);

describe('[DY1] the hours of today', () => {
  test('follow the hall card on a working day', async () => {
    const hall = await openServiceHall(onTestFinished);
    expect(await dayOf(hall)).toEqual({
      date: TODAY,
      workday: 'yes',
      unusual: false,
      spans: [{ opensAt: OPENS, closesAt: CLOSES }],
      opensNextAt: OPENS + DAY,
      closing: null,
      duty: null,
    });
  });

  test('a holiday and a worked weekend are said to be unusual, a weekend is not', async () => {
    const hall = await openServiceHall(onTestFinished);
    hall.clock.now = Date.UTC(2026, 9, 1, 2); // 1 October, a Thursday.
    expect(await dayOf(hall)).toMatchObject({ workday: 'no', unusual: true, spans: [] });
    hall.clock.now = Date.UTC(2026, 9, 10, 2); // A Saturday worked for it.
    expect(await dayOf(hall)).toMatchObject({ workday: 'yes', unusual: true });
    hall.clock.now = Date.UTC(2026, 10, 22, 2);
    expect(await dayOf(hall)).toMatchObject({ workday: 'no', unusual: false });
  });

  test('a year that nobody has announced is unknown, not guessed', async () => {
    const hall = await openServiceHall(onTestFinished);
    hall.clock.now = Date.UTC(2031, 2, 3, 2);
    expect(await dayOf(hall)).toMatchObject({
      workday: 'unknown',
      unusual: false,
      spans: [],
      opensNextAt: null,
    });
    expect(refusalOf(await close(hall, '2031-03-03'))).toBe('wrong-state');
  });
});

describe('[DY2] closing early', () => {
  test('is in the release at once, signed, and in the log with its reason', async () => {
    const hall = await openServiceHall(onTestFinished);
    expect((await releaseOf(hall)).hall).not.toHaveProperty('closing');
    const { version } = headOf(hall);
    await hall.pass(4 * HOUR + 30_000);
    expect(valueOf(await close(hall))).toMatchObject({
      spans: [{ opensAt: OPENS, closesAt: MORNING + 4 * HOUR }],
      closing: { minute: 14 * 60, reason: '停电检修', by: { name: '陈立' } },
    });
    expect(headOf(hall).version).toBe(version + 1);
    const { hall: said, zone } = await releaseOf(hall);
    expect(said.closing).toEqual({ day: dayAt(zone, MORNING), minute: 14 * 60 });
    expect(await auditOf(hall)).toContainEqual(
      expect.objectContaining({ action: 'hall.close-early', detail: '14:00 停电检修' }),
    );
  });

  test('ends by itself at midnight, and tomorrow is as usual', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await close(hall));
    const midnight = MORNING + 14 * HOUR;
    expect(hall.alarm.due()).toContain(midnight);
    await hall.pass(midnight - MORNING);
    expect((await releaseOf(hall)).hall).not.toHaveProperty('closing');
    expect(await dayOf(hall)).toMatchObject({ date: '2026-11-24', closing: null });
  });

  test('can be undone, and then the hours are as they were', async () => {
    const hall = await openServiceHall(onTestFinished);
    const before = await releaseOf(hall);
    valueOf(await close(hall));
    const undone = await hall.handlers.reopen(as(hall, 'manager'), { date: TODAY });
    expect(valueOf(undone)).toMatchObject({ closing: null, spans: [{ closesAt: CLOSES }] });
    expect(await releaseOf(hall)).toEqual(before);
    expect(await auditOf(hall)).toContainEqual(expect.objectContaining({ action: 'hall.reopen' }));
    const twice = await hall.handlers.reopen(as(hall, 'manager'), { date: TODAY });
    expect(refusalOf(twice)).toBe('wrong-state');
  });

  test('is refused twice, after hours, on a day off, and on a page left open since yesterday', async () => {
    const hall = await openServiceHall(onTestFinished);
    expect(refusalOf(await close(hall, '2026-11-22'))).toBe('changed');
    valueOf(await close(hall));
    expect(refusalOf(await close(hall))).toBe('wrong-state');
    hall.clock.now = MORNING + DAY + 9 * HOUR;
    expect(refusalOf(await close(hall, '2026-11-24'))).toBe('wrong-state');
    hall.clock.now = MORNING + 5 * DAY;
    expect(refusalOf(await close(hall, '2026-11-28'))).toBe('wrong-state');
  });

  test('survives a restart of the server', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await close(hall));
    const again = await hall.restart();
    valueOf(await again.publishing.start());
    expect((await releaseOf(again)).hall).toHaveProperty('closing');
    await again.publishing.close();
  });
});

const put = (hall: ServiceHall, name: string) =>
  hall.handlers.putDuty(as(hall, 'manager'), { date: TODAY, name });

describe('[DY5] the duty person', () => {
  test('is named on 今天, changes no release, and is gone tomorrow', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { version } = headOf(hall);
    valueOf(await put(hall, ' 周敏 '));
    expect((await dayOf(hall)).duty).toMatchObject({ name: '周敏', by: { name: '陈立' } });
    expect(headOf(hall).version).toBe(version);
    expect(JSON.stringify(await releaseOf(hall))).not.toContain('周敏');
    hall.clock.now += DAY;
    expect((await dayOf(hall)).duty).toBeNull();
  });

  test('can be taken back, and an early closing leaves it as it is', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await put(hall, '周敏'));
    expect(valueOf(await close(hall)).duty).toMatchObject({ name: '周敏' });
    expect(valueOf(await put(hall, ' ')).duty).toBeNull();
    expect((await dayOf(hall)).closing).not.toBeNull();
  });

  test('days that are over leave the store', async () => {
    const hall = await openServiceHall(onTestFinished);
    valueOf(await put(hall, '周敏'));
    hall.clock.now += DAY;
    valueOf(await hall.handlers.putDuty(as(hall, 'manager'), { date: '2026-11-24', name: '李桐' }));
    expect(hall.collections.days.list().map(({ id: date }) => date)).toEqual(['2026-11-24']);
  });
});

test('[HC1] hours that say nothing are refused, and the card stays as it was', async () => {
  const hall = await openServiceHall(onTestFinished);
  const manager = as(hall, 'manager');
  const { card, revision } = valueOf(await hall.handlers.hall(manager, {}));
  const edit = (changed: Partial<typeof card>) =>
    hall.handlers.editHall(manager, { card: { ...card, ...changed }, revision });
  expect(await edit({ hours: [{ fromMinute: 780, untilMinute: 720 }] })).toMatchObject({
    refusal: 'malformed',
    detail: 'card.hours',
  });
  expect(valueOf(await hall.handlers.hall(manager, {}))).toMatchObject({ card, revision });
  valueOf(await edit({ hours: [] }));
});
