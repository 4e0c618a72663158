import { describe, expect, onTestFinished, test } from 'vitest';
import { programOf } from '../../board-server/services/screen-program.ts';
import { shellText } from '../../shared/protocol/shell.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { ReportingScreen } from './reporting-screen.ts';
import { reportingScreen } from './reporting-screen.ts';
import { as, HOUR, MORNING, openServiceHall, valueOf } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const OLD = 'aaaaaaaaaaaa';
const NEW = 'bbbbbbbbbbbb';
const MINUTE = 60_000;

/** The one screen as the console lists it, and in which groups screens are counted. */
async function listed(hall: ServiceHall) {
  const answer = valueOf(await hall.handlers.screens(as(hall, 'manager'), {}));
  expect(routes.screens.output.parse(answer)).toEqual(answer);
  const { current, behind, trouble } = answer.counts;
  return { program: answer.screens[0]?.program, counts: { current, behind, trouble } };
}

/** A hall whose server was started anew with the newer build, while a screen runs the older one. */
async function upgraded(): Promise<{ hall: ServiceHall; screen: ReportingScreen }> {
  const before = await openServiceHall(onTestFinished, { newestBuild: OLD });
  const screen = await reportingScreen(before);
  screen.runs(OLD);
  screen.connect(before);
  await screen.painted(before);
  expect((await listed(before)).program).toBe('newest');
  const hall = await before.restart({ newestBuild: NEW });
  onTestFinished(() => hall.publishing.close());
  screen.connect(hall);
  await screen.painted(hall);
  return { hall, screen };
}

describe('[SH10] a screen with an older program', () => {
  const well = { current: 1, behind: 0, trouble: 0 };

  test('is well for an hour, then is named, and is well again with the newest', async () => {
    const { hall, screen } = await upgraded();
    expect(await listed(hall)).toEqual({ program: 'coming', counts: well });
    await hall.pass(HOUR - 1);
    expect(await listed(hall)).toEqual({ program: 'coming', counts: well });
    await hall.pass(1);
    expect(await listed(hall)).toEqual({
      program: 'older',
      counts: { current: 0, behind: 1, trouble: 0 },
    });
    const today = valueOf(await hall.handlers.today(as(hall, 'manager'), {}));
    expect(today.screensBehind).toBe(1);
    screen.runs(NEW);
    await screen.painted(hall);
    expect(await listed(hall)).toEqual({ program: 'newest', counts: well });
  });

  test('has its hour from when it was switched on, not from when the server was', async () => {
    const { hall, screen } = await upgraded();
    await hall.pass(30 * MINUTE);
    screen.disconnect(hall);
    await hall.pass(9 * HOUR);
    expect((await listed(hall)).program).toBe('unknown');
    screen.connect(hall);
    await hall.pass(59 * MINUTE);
    expect((await listed(hall)).program).toBe('coming');
    await hall.pass(MINUTE);
    expect((await listed(hall)).program).toBe('older');
  });

  test('that rolled the newest back is named at once, as trouble', async () => {
    const { hall, screen } = await upgraded();
    screen.runs(shellText({ build: OLD, rolledBackFrom: { build: NEW, why: 'threw' } }));
    await screen.painted(hall);
    expect(await listed(hall)).toEqual({
      program: 'rolledBack',
      counts: { current: 0, behind: 0, trouble: 1 },
    });
  });

  test('that rolled back another build than the newest is only older', () => {
    const said = shellText({ build: OLD, rolledBackFrom: { build: 'cccccccccccc', why: 'threw' } });
    const news = { said, connectedSince: MORNING, newest: { build: NEW, since: MORNING } };
    expect(programOf(news, MORNING)).toEqual({ program: 'coming', until: MORNING + HOUR });
    expect(programOf(news, MORNING + HOUR)).toEqual({ program: 'older', until: Infinity });
  });

  test('nothing is said of a build that nobody can compare', () => {
    const news = { said: OLD, connectedSince: MORNING, newest: { build: NEW, since: MORNING } };
    const later = MORNING + 9 * HOUR;
    expect(programOf(news, later).program).toBe('older');
    for (const missing of ['said', 'connectedSince', 'newest'] as const)
      expect(programOf({ ...news, [missing]: undefined }, later).program).toBe('unknown');
    expect(programOf({ ...news, said: 'dev' }, later).program).toBe('unknown');
  });
});
