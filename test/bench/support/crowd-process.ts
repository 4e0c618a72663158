// A process of light screens, started by crowd.ts.
import { waitBeforeTry } from '../../../shared/sync/reconnecting.ts';
import type { CrowdNews, CrowdOrder } from './crowd-messages.ts';
import type { LightScreen } from './light-screen.ts';
import { openLightScreen, signingKeyOf } from './light-screen.ts';
import type { KeyedScreen } from './many-screens.ts';
import { fetchState } from './light-state.ts';

process.once('disconnect', () => process.exit(0));
process.on('message', gather);

const BEFORE_GATHERED_MS = 1000;

function gather({ port, screens, reports, following }: CrowdOrder): void {
  const size = screens.length;
  /** Which screens said that they show a version. */
  const told = new Map<number, Set<string>>();
  /** Those that are back but for their report. */
  const telling = new Set<string>();
  const back = { screens: 0, attempts: 0, lostAt: -Infinity };
  let taken = 0;

  function enter(each: KeyedScreen, tries: number): void {
    let sinceTaken = tries;
    const screen: LightScreen = openLightScreen(
      port,
      { screen: each.screen, key: signingKeyOf(each) },
      {
        following,
        reported(version) {
          if (telling.delete(each.screen)) isBack();
          const tellers = told.get(version) ?? new Set();
          told.set(version, tellers);
          if (tellers.size < size && tellers.add(each.screen).size === size)
            say({ kind: 'reported', version });
        },
        taken() {
          sinceTaken = 0;
          if (taken === size) return void level(each, screen, 0);
          taken += 1;
          if (taken === size) say({ kind: 'gathered' });
        },
        closed() {
          if (taken < size) {
            setTimeout(() => enter(each, 0), Math.random() * BEFORE_GATHERED_MS);
            return;
          }
          if (back.lostAt === -Infinity) back.lostAt = performance.now();
          back.attempts += 1;
          const tried = sinceTaken;
          setTimeout(() => enter(each, tried + 1), waitBeforeTry(tried, Math.random));
        },
      },
    );
  }

  /** Asks for the state, as a screen does that was away, until it is told. */
  async function level(each: KeyedScreen, screen: LightScreen, tries: number): Promise<void> {
    const moved = await fetchState(port, each.screen);
    if (moved === undefined) {
      setTimeout(() => void level(each, screen, tries + 1), waitBeforeTry(tries, Math.random));
      return;
    }
    if (!reports || screen.isKnown(moved.version)) return isBack();
    telling.add(each.screen);
    await screen.report(moved);
  }

  function isBack(): void {
    back.screens += 1;
    if (back.screens < size) return;
    const { attempts, lostAt } = back;
    say({ kind: 'converged', attempts, lastMs: performance.now() - lostAt });
    Object.assign(back, { screens: 0, attempts: 0, lostAt: -Infinity });
  }

  screens.forEach((each) => enter(each, 0));
}

const say = (news: CrowdNews): void => void process.send?.(news);
