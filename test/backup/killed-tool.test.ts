import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { openHall } from '../../board-server/hall.ts';
import { createLog } from '../../board-server/log.ts';
import { createRandom, below } from '../store/random.ts';
import { configFor, furnishedFolder, hallTool, PASSPHRASE, workFolder } from './kept-hall.ts';

// Each try is a process of its own, and keys are slow to make on purpose.
vi.setConfig({ testTimeout: 300_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COUNTING = fileURLToPath(new URL('counting-disk.ts', import.meta.url));
const { resting } = await furnishedFolder();

interface Ended {
  readonly signal: string | null;
  readonly code: number | null;
  readonly calls: number;
}

/** `npm run hall` as a process, killed instead of its `dieAt`-th change to the disk. */
async function tool(folder: string, args: readonly string[], dieAt = Infinity): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', COUNTING, 'board-server/tool/main.ts', ...args],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: folder,
        HALL_PASSPHRASE: PASSPHRASE,
        ...(dieAt === Infinity ? {} : { DIE_AT: String(dieAt) }),
      },
    },
  );
  let errors = '';
  child.stderr.on('data', (part) => (errors += String(part)));
  child.stdout.resume();
  await once(child, 'close');
  const calls = Number(/^calls (\d+)$/m.exec(errors)?.[1] ?? 0);
  return { signal: child.signalCode, code: child.exitCode, calls };
}

/** Moments spread over all that a run does to the disk, its beginning and its end among them. */
function momentsOf(calls: number, many: number): readonly number[] {
  const random = createRandom(calls);
  const between = Array.from({ length: many }, (_, step) => {
    const width = Math.max(1, Math.floor(calls / many));
    return 1 + step * width + below(random, width);
  });
  const last = Array.from({ length: 7 }, (_, step) => calls - step);
  return [...new Set([1, 2, 3, ...between, ...last])]
    .filter((moment) => moment >= 1 && moment <= calls)
    .sort((a, b) => a - b);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Digest by digest what a hall's folder holds, but for what an opened store makes for itself. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of found.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), (await readFile(path)).toString('base64'));
  }
  return files;
}

test('[BK1] a backup that is killed at any moment leaves no file of that name, or a whole one', async () => {
  const root = await workFolder();
  const hall = join(root, 'hall');
  await cp(resting, hall, { recursive: true });
  const file = join(root, 'hall.backup');
  const { code, calls } = await tool(hall, ['backup', file]);
  expect([code, calls > 5]).toEqual([0, true]);
  const whole = await restored(root, file);
  let [none, some] = [0, 0];
  for (const moment of momentsOf(calls, 10)) {
    await rm(file, { force: true });
    expect((await tool(hall, ['backup', file], moment)).signal).toBe('SIGKILL');
    if (await isThere(file)) {
      some += 1;
      expect(await restored(root, file)).toEqual(whole);
    } else none += 1;
    // What was begun is in nobody's way.
    await rm(file, { force: true });
    const next = await tool(hall, ['backup', file]);
    expect([moment, next.code]).toEqual([moment, 0]);
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
  // Both ends were met: killed before it had its name, and after.
  expect([none > 3, some > 0]).toEqual([true, true]);
});

/** What a backup restores to. */
async function restored(root: string, file: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, 'look');
  expect(await hallTool(folder, ['restore', file])).toMatchObject({ code: 0 });
  const files = new Map(await filesIn(folder));
  await rm(folder, { recursive: true });
  files.delete('restored.json');
  return files;
}

test('[BK3] a restore that is killed at any moment serves nothing, or is whole', async () => {
  const root = await workFolder();
  const file = join(root, 'hall.backup');
  expect(await hallTool(resting, ['backup', file])).toMatchObject({ code: 0 });
  const folder = join(root, 'restored');
  const { code, calls } = await tool(folder, ['restore', file]);
  expect([code, calls > 40]).toEqual([0, true]);
  const whole = await filesIn(folder);
  let [closed, served] = [0, 0];
  for (const moment of momentsOf(calls, 6)) {
    await rm(folder, { recursive: true, force: true });
    expect((await tool(folder, ['restore', file], moment)).signal).toBe('SIGKILL');
    const left = await stateOf(folder);
    if (left === 'whole') {
      served += 1;
      expect(namesOf(await filesIn(folder))).toEqual(namesOf(whole));
      continue;
    }
    closed += 1;
    // Whatever is left, the same command again brings all of it.
    const again = await tool(folder, ['restore', file]);
    expect([moment, again.code]).toEqual([moment, 0]);
    expect(namesOf(await filesIn(folder))).toEqual(namesOf(whole));
  }
  expect([closed > 5, served > 0]).toEqual([true, true]);
});

const namesOf = (files: ReadonlyMap<string, string>): readonly string[] => [...files.keys()].sort();

/** Whether a server may start on it; one that may finds everything, and signs nothing yet. [BK5] */
async function stateOf(folder: string): Promise<'nothing' | 'half' | 'whole'> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0) return 'nothing';
  const copy = `${folder}-started`;
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  const opened = await openHall(configFor(copy), createLog('silent'));
  try {
    if (!opened.ok) {
      expect(opened.refusal).toBe('half-restored');
      return 'half';
    }
    expect(opened.value.store.status().damage).toEqual([]);
    expect(opened.value.services.signer.isHeld).toBe(true);
    await opened.value.close();
    return 'whole';
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
