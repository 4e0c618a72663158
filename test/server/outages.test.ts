import { describe, expect, onTestFinished, test } from 'vitest';
import { id, isSlotId } from '../../shared/kit/ids.ts';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import { reportingScreen } from './reporting-screen.ts';
import { as, HOUR, MORNING, openServiceHall, published, valueOf } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const MINUTE = 60_000;

const todayOf = async (hall: ServiceHall) => {
  const answer = valueOf(await hall.handlers.today(as(hall, 'manager'), {}));
  expect(routes.today.output.parse(answer)).toEqual(answer);
  return answer;
};

const scheduled = async (hall: ServiceHall, { id: record }: RecordDetail) =>
  valueOf(
    await hall.handlers.putSlot(as(hall, 'manager'), {
      id: id(isSlotId, `slot-${record}`),
      record,
      class: 'default',
      window: { kind: 'always' },
      order: 0,
    }),
  );

/** A hall with a notice on a board that is heard and has painted it. */
async function playing() {
  const hall = await openServiceHall(onTestFinished);
  const screen = await reportingScreen(hall);
  const record = await published(hall, { title: '征地补偿公示', category: '公示' });
  await scheduled(hall, record);
  screen.connect(hall);
  await screen.painted(hall);
  return { hall, screen, record };
}

describe('[DY3] what was down', () => {
  test('a silence of a minute is known with its beginning and end, a shorter one never was', async () => {
    const { hall, screen } = await playing();
    await hall.pass(HOUR);
    screen.disconnect(hall);
    await hall.pass(59_000);
    screen.connect(hall);
    expect((await todayOf(hall)).outages).toEqual([]);
    screen.disconnect(hall);
    await hall.pass(5 * MINUTE);
    expect((await todayOf(hall)).outages).toMatchObject([
      { name: '门口条屏', since: MORNING + HOUR + 59_000, until: null, glass: 'unknown' },
    ]);
    screen.connect(hall);
    expect((await todayOf(hall)).outages).toMatchObject([
      { since: MORNING + HOUR + 59_000, until: MORNING + HOUR + 59_000 + 5 * MINUTE },
    ]);
  });

  test('a screen with two connections is heard until both are gone', async () => {
    const { hall, screen } = await playing();
    screen.connect(hall, 'other');
    screen.disconnect(hall);
    await hall.pass(5 * MINUTE);
    expect((await todayOf(hall)).outages).toEqual([]);
    screen.disconnect(hall, 'other');
    await hall.pass(5 * MINUTE);
    expect((await todayOf(hall)).outages).toHaveLength(1);
  });

  test('connections that come and go are written once a minute and no more', async () => {
    const { hall, screen } = await playing();
    await hall.pass(MINUTE);
    let commits = 0;
    hall.store.watch(({ documents }) => {
      if (documents.some(({ collection }) => collection === 'outages')) commits += 1;
    });
    for (let i = 0; i < 50; i++) {
      screen.disconnect(hall);
      await hall.pass(1000);
      screen.connect(hall);
    }
    expect(commits).toBe(0);
    screen.disconnect(hall);
    await hall.pass(2 * MINUTE);
    expect(commits).toBe(1);
  });

  test('the server says from when to when it was not there, and every screen was unheard meanwhile', async () => {
    const { hall, screen } = await playing();
    await hall.pass(MINUTE);
    await hall.pass(MINUTE);
    hall.clock.now += 3 * HOUR;
    const again = await hall.restart();
    await again.publishing.start();
    const since = MORNING + 2 * MINUTE;
    const until = since + 3 * HOUR;
    expect((await todayOf(again)).downs).toEqual([{ since, until }]);
    expect((await todayOf(again)).outages).toMatchObject([{ since, until: null }]);
    await again.pass(MINUTE);
    screen.connect(again);
    expect((await todayOf(again)).outages).toMatchObject([{ since, until: until + MINUTE }]);
    const third = await again.restart();
    expect((await todayOf(third)).downs).toEqual([{ since, until }]);
    await third.publishing.close();
  });

  test('a server that was away for seconds, or for the first time, was not down', async () => {
    const { hall } = await playing();
    expect((await todayOf(hall)).downs).toEqual([]);
    await hall.pass(MINUTE);
    hall.clock.now += 30_000;
    const again = await hall.restart();
    expect((await todayOf(again)).downs).toEqual([]);
    await again.publishing.close();
  });

  test('[CK7] it is looked at and written each minute by a clock that was set back, too', async () => {
    const { hall, screen } = await playing();
    await hall.pass(6 * MINUTE);
    hall.clock.now -= HOUR;
    const setBackTo = hall.clock.now;
    screen.disconnect(hall);
    await hall.pass(MINUTE);
    const { outages, downtimes } = hall.collections;
    expect(outages.get('led-door')?.value.outages).toMatchObject([
      { since: setBackTo, until: null },
    ]);
    expect(downtimes.list().map(({ value }) => value.aliveAt)).toEqual([setBackTo + MINUTE]);
  });

  test('what is known survives a restart, a silence that lasts included', async () => {
    const { hall, screen } = await playing();
    screen.disconnect(hall);
    await hall.pass(2 * MINUTE);
    const again = await hall.restart();
    expect(again.screens.outages.of('led-door')).toMatchObject([{ since: MORNING, until: null }]);
    await again.publishing.close();
  });

  test('a screen that is heard but does not show the newest is behind until it does', async () => {
    const { hall, screen } = await playing();
    await hall.pass(MINUTE);
    const newer = await published(hall, { title: '窗口变动' });
    await scheduled(hall, newer);
    const since = hall.clock.now;
    await hall.pass(MINUTE);
    await hall.pass(MINUTE);
    const behind = (await todayOf(hall)).outages;
    expect(behind).toMatchObject([{ glass: 'behind', since, until: null }]);
    expect(behind[0]?.losses.map(({ title, known }) => [title, known])).toEqual([
      ['窗口变动', 'lost'],
    ]);
    await screen.painted(hall);
    await hall.pass(MINUTE);
    expect((await todayOf(hall)).outages).toMatchObject([
      { glass: 'behind', since, until: since + 3 * MINUTE },
    ]);
  });
});

describe('[DY4] display time that notices lost', () => {
  test('none on a board that played on: its page is the one that painted before', async () => {
    const { hall, screen } = await playing();
    await hall.pass(MINUTE);
    screen.disconnect(hall);
    await hall.pass(HOUR);
    screen.connect(hall);
    await screen.painted(hall, MORNING);
    expect((await todayOf(hall)).outages).toMatchObject([{ glass: 'played', losses: [] }]);
  });

  test('at most the time until it painted, on a board that began anew', async () => {
    const { hall, screen, record } = await playing();
    await hall.pass(MINUTE);
    const since = hall.clock.now;
    screen.disconnect(hall);
    await hall.pass(HOUR);
    screen.connect(hall);
    await screen.painted(hall, since + 20 * MINUTE);
    expect((await todayOf(hall)).outages).toMatchObject([
      {
        glass: 'restarted',
        paintedAt: since + 20 * MINUTE,
        losses: [{ record: record.id, title: '征地补偿公示', ms: 20 * MINUTE, known: 'most' }],
      },
    ]);
  });

  test('unknown while it is silent, and after a first word about another head', async () => {
    const { hall, screen, record } = await playing();
    await hall.pass(MINUTE);
    screen.disconnect(hall);
    await hall.pass(HOUR);
    const unknown = [{ record: record.id, known: 'unknown' }];
    expect((await todayOf(hall)).outages).toMatchObject([{ glass: 'unknown', losses: unknown }]);
    await scheduled(hall, await published(hall));
    screen.connect(hall);
    await screen.painted(hall);
    expect((await todayOf(hall)).outages).toMatchObject([{ glass: 'unknown' }]);
  });

  test('a word that says nothing was painted settles nothing; the next one does', async () => {
    const { hall, screen } = await playing();
    await hall.pass(MINUTE);
    screen.disconnect(hall);
    await hall.pass(HOUR);
    screen.connect(hall);
    await screen.blank(hall);
    expect((await todayOf(hall)).outages).toMatchObject([{ glass: 'unknown' }]);
    await screen.painted(hall);
    expect((await todayOf(hall)).outages).toMatchObject([{ glass: 'restarted' }]);
  });

  test('a notice that ended meanwhile lost the time until its end, and one of later lost none', async () => {
    const { hall, screen } = await playing();
    const short = await published(hall, { title: '今天停水', validUntil: MORNING + HOUR });
    await scheduled(hall, short);
    await screen.painted(hall);
    screen.disconnect(hall);
    await hall.pass(2 * HOUR);
    const later = await published(hall, { title: '以后的公告' });
    await scheduled(hall, later);
    const losses = (await todayOf(hall)).outages[0]?.losses ?? [];
    expect(losses.map(({ title }) => title)).toEqual(['征地补偿公示', '今天停水']);
    const total = losses.reduce((sum, { ms }) => sum + ms, 0);
    expect(total).toBe(2 * HOUR);
  });
});

const FROM = MORNING + HOUR;

/** A board that painted at ten and has been silent from eleven on. */
async function silent() {
  const { hall, screen } = await playing();
  await hall.pass(HOUR);
  screen.disconnect(hall);
  return { hall, screen };
}
const bring = (hall: ServiceHall, receipt: Receipt) =>
  hall.handlers.takeReceipt(as(hall, 'manager'), { receipt });
const outagesOf = async (hall: ServiceHall) =>
  (await todayOf(hall)).outages.map(({ since, until, glass }) => ({ since, until, glass }));

describe('[DY6] a receipt from a silent screen', () => {
  test('of the same page says that it played on until then, and nothing of later', async () => {
    const { hall, screen } = await silent();
    await hall.pass(3 * HOUR);
    const receipt = await screen.receipt(hall, MORNING);
    await hall.pass(HOUR);
    valueOf(await bring(hall, receipt));
    const settled = { since: FROM, until: FROM + 3 * HOUR, glass: 'played' };
    const open = { since: FROM + 3 * HOUR, until: null, glass: 'unknown' };
    expect(await outagesOf(hall)).toEqual([open, settled]);
    expect((await todayOf(hall)).outages.map(({ losses }) => losses.length)).toEqual([1, 0]);
    expect((await todayOf(hall)).screensSilent).toBe(0); // [SK7] Its receipt speaks for it.
    await hall.pass(MINUTE);
    expect(hall.collections.outages.get('led-door')?.value.outages).toHaveLength(2);
    // Its next word settles the rest by what the receipt told.
    screen.connect(hall);
    await screen.painted(hall, MORNING);
    expect(await outagesOf(hall)).toEqual([
      { since: FROM + 3 * HOUR, until: FROM + 4 * HOUR + MINUTE, glass: 'played' },
      settled,
    ]);
  });

  test('of another page says that it began anew, and a second receipt goes on from the first', async () => {
    const { hall, screen } = await silent();
    await hall.pass(2 * HOUR);
    valueOf(await bring(hall, await screen.receipt(hall, FROM + HOUR)));
    await hall.pass(HOUR);
    valueOf(await bring(hall, await screen.receipt(hall, FROM + HOUR)));
    await hall.pass(HOUR);
    expect(await outagesOf(hall)).toEqual([
      { since: FROM + 3 * HOUR, until: null, glass: 'unknown' },
      { since: FROM, until: FROM + 2 * HOUR, glass: 'restarted' },
      { since: FROM + 2 * HOUR, until: FROM + 3 * HOUR, glass: 'played' },
    ]);
  });

  test.each([
    ['without the time', (now: number) => ({ at: now, clock: 'lost' as const })],
    ['ahead of it', (now: number) => ({ at: now + 2 * HOUR })],
    ['before the silence', () => ({ at: FROM - MINUTE })],
    ['in its first minute', () => ({ at: FROM + MINUTE - 1 })],
  ])('made %s settles nothing', async (_case, changes) => {
    const { hall, screen } = await silent();
    await hall.pass(2 * HOUR);
    const receipt = await screen.receipt(hall, MORNING, changes(hall.clock.now));
    await hall.pass(HOUR);
    valueOf(await bring(hall, receipt));
    expect(await outagesOf(hall)).toEqual([{ since: FROM, until: null, glass: 'unknown' }]);
  });

  test('settles nothing of a screen that was never silent, and a replayed one nothing twice', async () => {
    const { hall, screen } = await playing();
    valueOf(await bring(hall, await screen.receipt(hall, MORNING)));
    expect(await outagesOf(hall)).toEqual([]);
    await hall.pass(HOUR);
    screen.disconnect(hall);
    await hall.pass(HOUR);
    const receipt = await screen.receipt(hall, MORNING);
    valueOf(await bring(hall, receipt));
    await hall.pass(HOUR);
    const before = await outagesOf(hall);
    expect(before).toHaveLength(2);
    expect(await bring(hall, receipt)).toMatchObject({ ok: false, refusal: 'receipt-old' });
    expect(await outagesOf(hall)).toEqual(before);
  });
});
