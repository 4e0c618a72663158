import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { playBoard } from '../../kiosk/board/play-board.ts';
import { createStage } from '../../kiosk/board/create-stage.ts';
import type { Stage } from '../../kiosk/stage/stage.ts';
import { boardProfiles } from '../../shared/domain/profile.ts';
import type { BoardScreen } from '../builders/board-screen.ts';
import { boardScreen, channel, HALL } from '../builders/board-screen.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 9, 40);
const WATER = {
  name: 'water',
  title: '县城北大街停水公告',
  body: '11月24日22时至25日6时，北大街沿线停水，请提前储水。',
};
const SCHOOL = {
  name: 'school',
  title: '秋季学籍办理',
  body: '转学手续在二楼教育窗口办理。',
  order: 1,
};

let stages: Readonly<Record<keyof typeof boardProfiles, Stage>>;
beforeAll(async () => {
  stages = {
    'led-384x64': await createStage(boardProfiles['led-384x64']),
    'led-640x320': await createStage(boardProfiles['led-640x320']),
    'tv-1920x1080': await createStage(boardProfiles['tv-1920x1080']),
  };
});

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A board at T0 that plays the notices; resolves when its pages are loaded and drawn. */
async function play(id: keyof typeof boardProfiles, hall = HALL): Promise<[BoardScreen, Stage]> {
  const stage = stages[id];
  const screen = boardScreen(boardProfiles[id], T0, hall);
  document.body.replaceChildren(stage.element);
  const playing = playBoard(screen, stage, screen.later);
  closing.push(() => playing.close());
  return [screen, stage];
}

/** What the glass says, main zone first: canvases carry it as their label. */
const said = (stage: Stage): string =>
  stage.element.getAttribute('aria-label') ?? stage.element.textContent ?? '';

const reports = (screen: BoardScreen, count: number): Promise<void> =>
  expect.poll(() => screen.reports.length).toBeGreaterThanOrEqual(count);

describe('a board', () => {
  test('[SC1] shows the bundled card before it has anything, and when everything has ended', async () => {
    const [screen, stage] = await play('led-640x320');
    expect(said(stage)).toContain('政务公开屏');
    screen.hold([{ ...WATER, latestAt: T0 + MINUTE }]);
    await reports(screen, 1);
    expect(said(stage)).toContain('停水');
    screen.advanceTo(T0 + MINUTE);
    expect(said(stage)).toContain('安澜县政务服务中心');
    expect(screen.reports.at(-1)).toBeNull();
  });

  test('[SC9] takes a notice off at the very moment it ends, in the middle of its page', async () => {
    const [screen, stage] = await play('led-384x64');
    screen.hold([{ ...WATER, latestAt: T0 + 3500 }, SCHOOL]);
    await reports(screen, 1);
    screen.advanceTo(T0 + 3499);
    expect(said(stage)).toContain('停水');
    screen.advanceTo(T0 + 3500);
    expect(said(stage)).not.toContain('停水');
    expect(screen.reports.at(-1)).toBe('school/1');
  });

  test('[SY7] takes a withdrawn version off as soon as the screen knows', async () => {
    const [screen, stage] = await play('led-384x64');
    screen.hold([WATER]);
    await reports(screen, 1);
    screen.become({ revoked: { [channel]: new Set(['water/1']) } });
    expect(said(stage)).not.toContain('停水');
  });

  test('[SY3] an item whose pages are damaged leaves the rotation and returns when they are whole', async () => {
    const [screen, stage] = await play('led-384x64');
    screen.hold([SCHOOL]);
    await reports(screen, 1);
    screen.damage();
    screen.hold([SCHOOL, WATER]);
    await reports(screen, 2);
    for (let at = T0; at < T0 + 3 * MINUTE; at += 2000) {
      screen.advanceTo(at);
      expect(said(stage)).not.toContain('停水');
    }
    screen.damage();
    await expect
      .poll(() => {
        screen.advanceTo(screen.now() + 2000);
        return said(stage);
      })
      .toContain('停水');
  });

  test('[SC5] says since when it has heard nothing, and when its clock is in doubt', async () => {
    const [screen, stage] = await play('tv-1920x1080');
    screen.hold([WATER]);
    await reports(screen, 1);
    expect(said(stage)).toContain('更新于09:40');
    screen.advanceTo(T0 + 11 * MINUTE);
    expect(said(stage)).toContain('09:40起未更新');
    screen.become({ clock: 'lost' });
    expect(said(stage)).toContain('时钟不准');
    expect(said(stage)).toContain('--:--');
  });

  test('[SC2] reports each item once when it comes on, and not for every page', async () => {
    const [screen] = await play('led-384x64');
    screen.hold([WATER, SCHOOL]);
    await reports(screen, 1);
    for (let at = T0; at < T0 + 40_000; at += 1000) screen.advanceTo(at);
    const changes = screen.reports.filter((report, index) => report !== screen.reports[index - 1]);
    expect(screen.reports).toEqual(changes);
    expect(new Set(screen.reports)).toEqual(new Set(['water/1', 'school/1']));
  });

  test('[AU5] shows the code and the fingerprint of a key that waits for approval', async () => {
    const [screen, stage] = await play('tv-1920x1080');
    screen.hold([WATER]);
    await reports(screen, 1);
    const fingerprint = 'ab12cd34ef56'.padEnd(64, '0');
    screen.become({}, { state: 'waiting', code: '482913', fingerprint, expiresAt: T0 + MINUTE });
    expect(said(stage)).toContain('482913');
    expect(said(stage)).toContain('ab12cd34ef56');
  });

  test('a demonstration hall says so on every board', async () => {
    const [screen, stage] = await play('tv-1920x1080', { ...HALL, demo: true });
    screen.hold([WATER]);
    await reports(screen, 1);
    expect(said(stage)).toContain('演示数据');
  });
});

describe('dots', () => {
  for (const id of ['led-384x64', 'led-640x320'] as const) {
    test(`[SC4] every dot of ${id} is dark or lit in a colour of the board, none between`, async () => {
      const [screen, stage] = await play(id);
      screen.hold([WATER]);
      await reports(screen, 1);
      const colours = coloursOf(stage.element as HTMLCanvasElement);
      const palette =
        id === 'led-384x64'
          ? ['#000000', '#ff2a12']
          : ['#000000', '#ffc43d', '#fff6e0', '#8fd6b4', '#ff5a3c', '#5c4a1a'];
      expect([...colours.keys()].filter((colour) => !palette.includes(colour))).toEqual([]);
      expect(colours.get(id === 'led-384x64' ? '#ff2a12' : '#fff6e0') ?? 0).toBeGreaterThan(500);
    });
  }
});

function coloursOf(canvas: HTMLCanvasElement): Map<string, number> {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
    data: [],
  };
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    const hex = [data[i], data[i + 1], data[i + 2]].map((part) =>
      (part ?? 0).toString(16).padStart(2, '0'),
    );
    const colour = `#${hex.join('')}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}
