import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHints } from '../../board-server/live/hints.ts';
import type { Standing } from '../../board-server/services/screen-index.ts';
import { createScreenIndex } from '../../board-server/services/screen-index.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { SCREEN_GROUPS } from '../../shared/protocol/routes.ts';
import { groupOf, hasPainted, screenState } from '../../shared/protocol/screen-state.ts';
import type { Changed } from '../../shared/protocol/screen.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import { as, openServiceHall, published, refusalOf, valueOf } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const TOUCH: Device = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 32,
  bottomMm: 700,
};
const screenId = (number: number) => id(isScreenId, `s-${String(number).padStart(3, '0')}`);

async function hallOf(screens: number): Promise<ServiceHall> {
  const hall = await openServiceHall(onTestFinished);
  for (let number = 0; number < screens; number++) {
    const name = number === 7 ? '一楼银行窗口' : `便民站 ${number}`;
    valueOf(
      await hall.handlers.putScreen(as(hall, 'manager'), {
        id: screenId(number),
        name,
        device: TOUCH,
      }),
    );
  }
  return hall;
}

const listOf = async (hall: ServiceHall, input: InputOf<'screens'> = {}) =>
  valueOf(await hall.handlers.screens(as(hall, 'manager'), input));

describe('lists of screens', () => {
  test('[FL2] pages have every screen once, in the order of ids, while others come and connect', async () => {
    const hall = await hallOf(80);
    const first = await listOf(hall);
    expect(first.screens).toHaveLength(30);
    hall.screens.port.connected(screenId(3), 'socket');
    const added = { id: id(isScreenId, 'a-new-one'), name: '新屏', device: TOUCH };
    valueOf(await hall.handlers.putScreen(as(hall, 'manager'), added));
    const second = await listOf(hall, { after: present(first.next) });
    const third = await listOf(hall, { after: present(second.next) });
    const ids = [...first.screens, ...second.screens, ...third.screens].map(({ id: name }) => name);
    expect(ids).toEqual(Array.from({ length: 80 }, (_, number) => screenId(number)));
    expect(third.next).toBeNull();
    expect(third.counts.all).toBe(81);
  });

  test('[FL2] search finds name, id and pinyin initials, whatever their case, and nothing else', async () => {
    const hall = await hallOf(60);
    const found = async (search: string) =>
      (await listOf(hall, { search })).screens.map(({ id: name }) => name);
    expect(await found('银行')).toEqual([screenId(7)]);
    expect(await found('YLYH')).toEqual([screenId(7)]);
    expect(await found('S-01')).toEqual(
      Array.from({ length: 10 }, (_, index) => screenId(10 + index)),
    );
    expect(await found('没有这块屏')).toEqual([]);
    expect((await listOf(hall, { search: '银行' })).counts).toMatchObject({ all: 1, silent: 1 });
  });

  test('[FL1] [FL2] groups part the screens, and counts follow connecting, a publish and time', async () => {
    const hall = await hallOf(4);
    const manager = as(hall, 'manager');
    const groups = async () => {
      const lists = SCREEN_GROUPS.map(async (group) => (await listOf(hall, { group })).screens);
      return (await Promise.all(lists)).map((screens) => screens.map(({ id: name }) => name));
    };
    await published(hall);
    const counts = async () => (await listOf(hall)).counts;
    expect(await counts()).toMatchObject({ all: 4, silent: 4 });
    hall.screens.port.connected(screenId(1), 'socket');
    expect(await groups()).toEqual([
      [],
      [screenId(1)],
      [screenId(0), screenId(2), screenId(3)],
      [],
      [],
    ]);
    const key = { alg: 'ecdsa-p256' as const, raw: P256_POINT };
    valueOf(
      await hall.handlers.pairScreen(
        { ...manager, actor: undefined },
        { screen: screenId(2), key },
      ),
    );
    expect(await counts()).toMatchObject({ behind: 1, silent: 2, waiting: 1, confirmed: 0 });
    const attention = await listOf(hall, { group: 'attention' });
    expect(attention.screens).toHaveLength(4);
    // The offer is over, and nobody said so.
    hall.clock.now += 10 * 60_000;
    expect(await counts()).toMatchObject({ behind: 1, silent: 3, waiting: 0 });
    hall.screens.port.disconnected(screenId(1), 'socket');
    expect(await counts()).toEqual(hall.screens.counts(hall.clock.now));
    expect((await counts()).silent).toBe(4);
  });

  test('[FL1] every screen is in the group that its own view says', async () => {
    const hall = await hallOf(5);
    await published(hall);
    hall.screens.port.connected(screenId(0), 'socket');
    const t = hall.clock.now;
    const views = hall.screens.list(t);
    const counted = Object.fromEntries(
      SCREEN_GROUPS.map((group) => [
        group,
        views.filter((view) => groupOf(screenState(view, t)) === group).length,
      ]),
    );
    const confirmed = views.filter((view) => view.connected && hasPainted(view)).length;
    expect(hall.screens.counts(t)).toEqual({ ...counted, all: 5, confirmed });
  });

  test('[FL2] kept counts equal a look at every screen, after any news in any order', () => {
    const standing: fc.Arbitrary<Standing | undefined> = fc.option(
      fc.record({
        group: fc.constantFrom(...SCREEN_GROUPS),
        confirmed: fc.boolean(),
        until: fc.constantFrom(5, 10, Infinity),
      }),
      { nil: undefined },
    );
    const news = fc.record({
      screen: fc.constantFrom('a', 'b', 'c', 'd'),
      standing,
      look: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(news, { maxLength: 40 }), fc.nat(12), (all, t) => {
        const now = new Map<string, Standing>();
        const index = createScreenIndex({
          ids: () => ['a', 'b'],
          common: () => 'one head',
          standingOf: (screen) => now.get(screen),
        });
        for (const { screen, standing: next, look } of all) {
          if (next === undefined) now.delete(screen);
          else now.set(screen, next);
          index.touch(screen);
          if (look) index.at(t);
        }
        const { ids, counts } = index.at(t);
        expect(ids).toEqual([...now.keys()].sort());
        expect(counts.all).toBe(now.size);
        for (const group of SCREEN_GROUPS) {
          expect(counts[group]).toBe([...now.values()].filter((one) => one.group === group).length);
        }
      }),
    );
  });

  test('[FL2] a look after one report makes one screen anew, and a new head all of them', () => {
    const made: string[] = [];
    let head = 1;
    const index = createScreenIndex({
      ids: () => ['a', 'b', 'c'],
      common: () => head,
      standingOf(screen) {
        made.push(screen);
        return { group: 'current', confirmed: true, until: screen === 'c' ? 10 : Infinity };
      },
    });
    const madeBy = (look: () => unknown): string[] => {
      made.length = 0;
      look();
      return [...made];
    };
    expect(madeBy(() => index.at(0))).toEqual(['a', 'b', 'c']);
    expect(madeBy(() => index.at(0))).toEqual([]);
    index.touch('b');
    expect(madeBy(() => index.at(0))).toEqual(['b']);
    expect(madeBy(() => index.at(10))).toEqual(['c']);
    head = 2;
    expect(madeBy(() => index.at(5))).toEqual(['a', 'b', 'c']);
  });
});

describe('screens of one id', () => {
  test('a new screen never takes the place of one that is there', async () => {
    const hall = await hallOf(1);
    const put = (revision?: 0) =>
      hall.handlers.putScreen(as(hall, 'manager'), {
        id: screenId(0),
        name: '另一块屏',
        device: TOUCH,
        ...(revision === undefined ? {} : { revision }),
      });
    expect(refusalOf(await put(0))).toBe('conflict');
    expect((await listOf(hall)).screens[0]?.name).toBe('便民站 0');
    valueOf(await put());
    expect((await listOf(hall)).screens[0]?.name).toBe('另一块屏');
  });
});

describe('hints to consoles', () => {
  test('[FL3] the first is said at once, and five thousand after it are one', () => {
    const { said, say, pass } = hints();
    for (let number = 0; number < 5000; number++) say(ofScreens(`s-${number}`));
    expect(said).toEqual([ofScreens('s-0')]);
    pass();
    expect(said).toEqual([ofScreens('s-0'), ofScreens(null)]);
    pass();
    expect(said).toHaveLength(2);
  });

  test('[FL3] the last is never lost, and one topic does not hold up another', () => {
    const { said, say, pass } = hints();
    say(ofScreens('a'));
    say(ofScreens('b'));
    say({ topic: 'records', id: null });
    expect(said).toEqual([ofScreens('a'), { topic: 'records', id: null }]);
    pass();
    expect(said.at(-1)).toEqual(ofScreens('b'));
    say(ofScreens('c'));
    expect(said).toHaveLength(3);
    pass();
    expect(said.at(-1)).toEqual(ofScreens('c'));
    pass();
    pass();
    say(ofScreens('d'));
    expect(said.at(-1)).toEqual(ofScreens('d'));
  });
});

function hints() {
  const said: Changed[] = [];
  const due: (() => void)[] = [];
  const say = createHints({
    everyMs: 500,
    later: (_ms, run) => due.push(run),
    say: (message) => said.push(message),
  });
  const pass = (): void => due.splice(0).forEach((run) => run());
  return { said, say, pass };
}
const ofScreens = (name: string | null): Changed => ({ topic: 'screens', id: name });

const present = <Value>(value: Value | null): Value => {
  if (value === null) throw new Error('expected a value');
  return value;
};

/** The generator of P-256 (SEC 2, section 2.4.2), uncompressed: a point of its curve that nobody uses as a key. */
const P256_POINT = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
).toString('base64');
