import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { furnishedFolder, hallTool, PASSPHRASE, workFolder } from './kept-hall.ts';

// Keys are slow to make on purpose.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COUNTING = fileURLToPath(new URL('counting-disk.ts', import.meta.url));
const { resting } = await furnishedFolder();

/** An act and the paths it was about. */
type Step = readonly [act: string, ...paths: string[]];

/** What `npm run hall` did to the disk, in order. */
async function stepsOf(root: string, folder: string, args: readonly string[]): Promise<Step[]> {
  const trace = join(root, 'trace');
  const child = spawn(
    process.execPath,
    ['--import', COUNTING, 'board-server/tool/main.ts', ...args],
    {
      cwd: ROOT,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: folder,
        HALL_PASSPHRASE: PASSPHRASE,
        TRACE: trace,
      },
    },
  );
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  const lines = (await readFile(trace, 'utf8')).trim().split('\n');
  return lines.map((line): Step => {
    const [act, ...paths] = JSON.parse(line) as unknown[];
    return [String(act), ...paths.filter((path) => typeof path === 'string')];
  });
}

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

/** Beside the mark, in its folder; without the folder itself nothing was restored at all. */
const isPlaced = (path: string, mark: string): boolean =>
  path.startsWith(`${dirname(mark)}/`) && !isIn(path, mark);

/**
 * What a power cut could take away at the moment at which something else rests on it: bytes of a
 * file that gets its name, names in a folder that gets its place, places when the mark of an
 * unfinished restore goes.
 */
function endangered(steps: readonly Step[], mark: string): readonly string[] {
  const bytes = new Set<string>();
  const names = new Set<string>();
  const found: string[] = [];
  const forget = (folder: string): void => {
    for (const set of [bytes, names])
      for (const path of set) if (isIn(path, folder)) set.delete(path);
  };
  for (const [act, path = '', to = ''] of steps) {
    if (act === 'made' || act === 'mkdir') names.add(path);
    else if (act === 'write') bytes.add(path);
    else if (act === 'sync all') for (const set of [bytes, names]) set.clear();
    else if (act === 'sync') {
      bytes.delete(path);
      for (const name of names) if (dirname(name) === path) names.delete(name);
    } else if (act === 'link' || act === 'rename') {
      found.push(
        ...[...bytes].filter((each) => isIn(each, path)).map((each) => `bytes of ${each}`),
      );
      found.push(
        ...[...names].filter((each) => each.startsWith(`${path}/`)).map((each) => `name ${each}`),
      );
      names.delete(path);
      names.add(to);
    } else {
      if (path === mark) found.push(...[...names].filter((each) => isPlaced(each, mark)));
      forget(path);
    }
  }
  return found;
}

test('[BK1] a power cut finds a backup of that name whole or not at all', async () => {
  const root = await workFolder();
  const hall = join(root, 'hall');
  await cp(resting, hall, { recursive: true });
  const file = join(root, 'hall.backup');
  const steps = await stepsOf(root, hall, ['backup', file]);
  const named = steps.findIndex(
    ([act, , to]) => (act === 'link' || act === 'rename') && to === file,
  );
  expect(named).toBeGreaterThan(3);
  expect(endangered(steps, '')).toEqual([]);
  // Its name is durable before it is said to be there.
  expect(steps.slice(named).some(([act, path]) => act === 'sync' && path === root)).toBe(true);
  // The same without the sync of its bytes is found out.
  const careless = steps.filter(([act, path]) => act !== 'sync' || path !== `${file}.tmp`);
  expect(endangered(careless, '')).toEqual([`bytes of ${file}.tmp`]);
});

test('[BK3] a power cut finds a restore whole, or with the mark by which no server starts', async () => {
  const root = await workFolder();
  const file = join(root, 'hall.backup');
  expect(await hallTool(resting, ['backup', file])).toMatchObject({ code: 0 });
  const folder = join(root, 'restored');
  const steps = await stepsOf(root, folder, ['restore', file]);
  const mark = join(folder, 'restoring');
  const at = (act: string, path: string) => steps.findIndex(([a, p]) => a === act && p === path);
  // The mark is durable before anything is written beside it, and goes last.
  const marked = at('mkdir', mark);
  const synced = steps.findIndex(
    ([act, path], step) => step > marked && act === 'sync' && path === folder,
  );
  const written = steps.findIndex(([act], step) => step > marked && act === 'write');
  expect([marked >= 0, marked < synced, synced < written]).toEqual([true, true, true]);
  const moves = steps.filter(([act, path]) => act === 'rename' && path?.startsWith(`${mark}/`));
  expect(moves.length).toBeGreaterThan(2);
  expect(endangered(steps, mark)).toEqual([]);
  // Careless in either way, it is found out.
  const unsynced = steps.filter(([act]) => act !== 'sync all' && act !== 'sync');
  expect(endangered(unsynced, mark).length).toBeGreaterThan(10);
  const placed = steps.findLastIndex(([act, path]) => act === 'sync' && path === folder);
  expect(placed).toBeGreaterThan(synced);
  const unplaced = steps.filter(
    ([act, path], step) => step < synced + 1 || act !== 'sync' || path !== folder,
  );
  expect(endangered(unplaced, mark)).toContain(`${folder}/store`);
  expect(steps.at(-1)).toEqual(['sync', root]);
});
