import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import type { Config } from '../../board-server/config.ts';
import { readConfig } from '../../board-server/config.ts';
import { furnish } from '../../board-server/first-start.ts';
import type { Hall } from '../../board-server/hall.ts';
import { openHall } from '../../board-server/hall.ts';
import { createLog } from '../../board-server/log.ts';
import type { Handlers, RequestContext } from '../../board-server/routes/handlers.ts';
import { requireOf } from '../../board-server/routes/mount.ts';
import type { Sentence, ToolContext } from '../../board-server/tool/command.ts';
import { COMMANDS } from '../../board-server/tool/commands.ts';
import { assert, present } from '../../shared/kit/assert.ts';

/** Real data folders on a real disk, and the tool that keeps them. */

export const PASSPHRASE = '安澜大厅 backup 2026';

/** A folder of its own, removed after the test; below dist, because folders in memory are refused. */
export async function workFolder(): Promise<string> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  await mkdir(join(root, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(root, 'dist', 'keep-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function configFor(folder: string): Config {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }, ['--empty']);
  assert(config.ok, 'settings of a test');
  return config.value;
}

/**
 * A demonstration hall at rest, and a copy of its folder from while it ran, as a power cut would
 * have left it. Both are removed after all tests of the file.
 */
export async function furnishedFolder(): Promise<{ resting: string; running: string }> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = await mkdtemp(join(root, 'dist', 'keep-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const resting = join(folder, 'resting');
  const running = join(folder, 'running');
  const read = readConfig({ DATA_DIR: resting, LOG_LEVEL: 'silent' }, []);
  assert(read.ok, 'settings of a test');
  const log = createLog('silent');
  const opened = await openHall(read.value, log);
  assert(opened.ok, 'a data folder on a disk');
  const furnished = await furnish(opened.value, read.value, log);
  assert(furnished.ok, 'a furnished hall');
  await cp(resting, running, { recursive: true, verbatimSymlinks: true });
  await opened.value.close();
  return { resting, running };
}

/** Opens the hall in a folder as a start does, furnishing an empty one; closed after the test. */
export async function openKeptHall(folder: string): Promise<Hall> {
  const config = configFor(folder);
  const log = createLog('silent');
  const opened = await openHall(config, log);
  if (!opened.ok) throw new Error(`not opened: ${opened.refusal} ${opened.detail ?? ''}`);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= opened.value.close());
  onTestFinished(close);
  const furnished = await furnish(opened.value, config, log);
  if (!furnished.ok) throw new Error(`not furnished: ${furnished.refusal}`);
  return { ...opened.value, close };
}

export interface ToolRun {
  readonly code: number;
  /** All that was told, Chinese and English. */
  readonly said: string;
}

/** Runs a command of the tool over a data folder. */
export async function hallTool(
  folder: string,
  [name, ...args]: readonly string[],
  { passphrase = PASSPHRASE, answers = [] }: { passphrase?: string; answers?: string[] } = {},
): Promise<ToolRun> {
  const command = present(
    COMMANDS.find((each) => each.name === name),
    `command ${name ?? ''}`,
  );
  const said: string[] = [];
  const say = (sentence: Sentence): void => void said.push(...sentence);
  const context: ToolContext = {
    config: configFor(folder),
    passphrase,
    say,
    fail(sentence) {
      say(sentence);
      return 1;
    },
    ask: async () => answers.shift(),
    askSecret: async () => answers.shift(),
  };
  const code = await command.run(args, context);
  return { code, said: said.join('\n') };
}

/** The hall's manager, asking now. */
export function asManager(): RequestContext {
  const by = { id: 'manager', name: '陈立', post: '大厅主任' };
  const actor = {
    person: by.id,
    department: '政务服务中心',
    roles: ['manager', 'administrator'],
    personRef: by,
  } as const;
  return {
    actor,
    sessionId: undefined,
    address: '192.0.2.1',
    now: () => Date.now(),
    requestId: 'test',
    require: requireOf(actor),
  };
}

/** Changes the hall's desk, which every release says: one publication. */
export async function renameDesk({ services }: Hall, desk: string): Promise<void> {
  const { handlers }: { readonly handlers: Pick<Handlers, 'hall' | 'editHall'> } = services;
  const kept = await handlers.hall(asManager(), {});
  if (!kept.ok) throw new Error(kept.refusal);
  const { card, revision } = kept.value;
  const edited = await handlers.editHall(asManager(), { card: { ...card, desk }, revision });
  if (!edited.ok && edited.refusal !== 'not-out') throw new Error(edited.refusal);
}
