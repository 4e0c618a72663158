import { createServer } from 'vite';
import { dotFont } from '../../kiosk/fonts/build/dot-font-plugin.ts';
import { present } from '../../shared/kit/assert.ts';
import { id, isRecordId, isSlotId } from '../../shared/kit/ids.ts';
import type { Report } from './report.ts';
import { openBrowser } from './support/browser.ts';
import type { Desk } from './support/changing.ts';
import { openDesk } from './support/changing.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { within } from './support/moments.ts';
import { startBoardServer } from './support/processes.ts';
import type { TamperFigures } from './tamper-page/measure.ts';

const RECORDS = 60;
const DAMAGES = 10_000;
const A_ROUND = 32;
const SEED = 20_261_126;
/** As many without any verification, where the same look must find something. */
const CONTROL_ROUNDS = 20;
/** A page lives for so many rounds at once, so that a hang is noticed. */
const AT_ONCE = 20;

// What a touch screen and a board keep in Chromium's IndexedDB and local storage is damaged behind
// their backs, while they are off or running and without a line. Every piece of content that their
// real pages draw is held against what accepted versions have; then the server, which has a newer
// version by now, is there again, and what they keep must be as on screens that were never damaged.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  const server = await startBoardServer(hall.folder);
  const vite = await serveFor(server.url);
  const browser = await openBrowser(UNPACED);
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    page.on('pageerror', (error) => process.stdout.write(`# ${error.stack ?? error.message}\n`));
    const address = `${present(vite.resolvedUrls?.local[0], 'address')}test/bench/tamper-page/`;
    await page.goto(`${address}index.html?root=${hall.rootFingerprint}`);
    await page.waitForFunction(() => 'tamper' in window, undefined, { timeout: 60_000 });
    const desk = await openDesk(server.url);
    const withdrawn = await beginWith(desk);
    const learn = (level: 'before' | 'now' | 'after', newest: string): Promise<number> => {
      const marks = { withdrawn: withdrawn.title, newest };
      const learnt = page.evaluate((given) => window.tamper.learn(...given), [
        level,
        marks,
      ] as const);
      return within(120, `both screens level: ${level}`, learnt);
    };
    await learn('before', await change(desk, [40], 0));
    await withdrawn.withdraw();
    await learn('now', await change(desk, CHANGED, 1000));
    const pieces = await learn('after', await change(desk, [...CHANGED.slice(2), 30, 31], 2000));
    report({ metric: 'pieces of content that a version has', value: pieces, unit: 'pieces' });
    const rounds = async (trust: 'verifies' | 'believes', count: number) => {
      const all: TamperFigures[] = [];
      for (let from = 0; from < count; from += AT_ONCE) {
        const until = Math.min(count, from + AT_ONCE);
        const order = { seed: SEED, from, until, damages: A_ROUND, trust };
        all.push(await page.evaluate((given) => window.tamper.damage(given), order));
      }
      return all;
    };
    tell(report, await rounds('verifies', DAMAGES / A_ROUND));
    tellControl(report, await rounds('believes', CONTROL_ROUNDS));
  } finally {
    await browser.close();
    await vite.close();
    await server.close();
    await hall.remove();
  }
}

/** Frames come as fast as they are drawn: nothing here is about how long they last. */
const UNPACED = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** The page's modules beside the hall's server, under one origin. */
async function serveFor(target: string) {
  const vite = await createServer({
    configFile: false,
    root: new URL('../..', import.meta.url).pathname,
    cacheDir: 'dist/bench/tamper-vite',
    logLevel: 'error',
    appType: 'mpa',
    plugins: [dotFont()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // Found late, a module would load the page anew in the middle.
    optimizeDeps: { include: ['@preact/signals', 'lucide', 'preact', 'preact/hooks', 'zod/mini'] },
    server: {
      host: '127.0.0.1',
      port: 24_332,
      hmr: false,
      watch: null,
      proxy: { '/api': target, '/objects': target, '/releases': target },
    },
  });
  await vite.listen();
  return vite;
}

const recordNumbered = (number: number) =>
  id(isRecordId, `bulk-${String(number).padStart(6, '0')}`);

/** Records that change from version to version; some are on boards too. */
const CHANGED = [0, 1, 2, 3, 4, 5, 6, 7];
const ON_BOARDS = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15];
const WITHDRAWN = 20;
const BOTH = ['touch', 'board'] as const;

/** Puts some records on boards, and one of them on every screen that is then taken off. */
async function beginWith(desk: Desk) {
  const { manager } = desk;
  for (const number of [...ON_BOARDS, WITHDRAWN]) {
    const record = recordNumbered(number);
    await (await desk.prepare(record, number, { carriers: [...BOTH] })).approve();
    const slot = { class: 'default' as const, window: { kind: 'always' as const }, order: number };
    await manager.call('putSlot', { id: id(isSlotId, `slot-${number}`), record, ...slot });
  }
  const record = recordNumbered(WITHDRAWN);
  const { body } = await manager.call('record', { id: record });
  return {
    title: body.fields.title,
    withdraw: () => manager.call('withdrawRecord', { id: record }),
  };
}

/** Gives the records another text each; gives the last one's new version, as reports name it. */
async function change(desk: Desk, numbers: readonly number[], from: number): Promise<string> {
  let newest = '';
  for (const number of numbers) {
    const isOnBoards = ON_BOARDS.includes(number);
    const carriers = isOnBoards ? { carriers: [...BOTH] } : {};
    const prepared = await desk.prepare(recordNumbered(number), from + number, carriers);
    await prepared.approve();
    newest = prepared.showing;
  }
  return newest;
}

function tell(report: Report, all: readonly TamperFigures[]): void {
  const none = (metric: string, value: number, unit: string): void =>
    report({ metric, value, unit, goal: '0', ok: value === 0 });
  const kinds = sumByName(all.map(({ damages }) => damages));
  const damages = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  report({ metric: 'damages', value: damages, unit: 'damages' });
  const crc = [...kinds].filter(([kind]) => kind.endsWith('of the same CRC'));
  const edits = crc.reduce((sum, [, count]) => sum + count, 0);
  report({ metric: 'of them edits that keep length and CRC-32', value: edits, unit: 'damages' });
  for (const [shown, value] of sumByName(all.map((each) => each.shown)))
    report({ metric: `on the glass after them, without a line: ${shown}`, value, unit: 'screens' });
  const sum = (of: 'drawn' | 'wrong' | 'withdrawn' | 'unhealed'): number =>
    all.reduce((total, each) => total + each[of], 0);
  report({ metric: 'pieces of content drawn', value: sum('drawn'), unit: 'pieces' });
  none('wrong ones', sum('wrong'), 'pieces');
  none('of what had been withdrawn', sum('withdrawn'), 'pieces');
  none('not healed once online', sum('unhealed'), 'values');
  explain(all);
}

function tellControl(report: Report, all: readonly TamperFigures[]): void {
  const wrong = all.reduce((total, each) => total + each.wrong, 0);
  const metric = `wrong ones of ${CONTROL_ROUNDS * A_ROUND} damages, nothing verified`;
  report({ metric, value: wrong, unit: 'pieces', goal: '> 0', ok: wrong > 0 });
}

function sumByName(all: readonly Record<string, number>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of all.flatMap(Object.entries<number>))
    sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}

const EXAMPLES = 20;

function explain(all: readonly TamperFigures[]): void {
  for (const example of all.flatMap(({ examples }) => examples).slice(0, EXAMPLES))
    process.stdout.write(`# ${example.replaceAll('\n', ' ')}\n`);
}
