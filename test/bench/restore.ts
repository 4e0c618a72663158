import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { assert, present } from '../../shared/kit/assert.ts';
import type { Report } from './report.ts';
import { digestsBelow } from './support/folder-digests.ts';
import { createGetter } from './support/getter.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { startBoardServer } from './support/processes.ts';
import type { ToolRun } from './support/tool-process.ts';
import { runTool } from './support/tool-process.ts';

const RECORDS = 10_000;
const OBJECT_BYTES = 1_000_000_000;
const MEDIUM_BYTES = 1 << 20;
const GOAL_SECONDS = 60;

// From a backup file to a hall that serves: restore, raise-epoch and the start of the server, each a
// process of its own as a technician runs them, over 10,000 records and 1 GB of objects.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  try {
    await addMedia(hall.folder);
    const before = await digestsBelow(hall.folder);
    const file = join(hall.folder, '..', 'bench.backup');
    const made = await runTool(hall.folder, ['backup', file, '--overwrite']);
    reportRun(report, 'backup', made);
    const restored = `${hall.folder}-restored`;
    try {
      await measureRestore(report, { file, restored, before });
    } finally {
      await nodeFileSystem.remove(file);
      await rm(restored, { recursive: true, force: true });
    }
  } finally {
    await hall.remove();
  }
}

async function measureRestore(
  report: Report,
  {
    file,
    restored,
    before,
  }: { file: string; restored: string; before: ReadonlyMap<string, string> },
): Promise<void> {
  const back = await runTool(restored, ['restore', file]);
  reportRun(report, 'restore', back);
  const after = await digestsBelow(restored);
  const differing = [...before].filter(([path, digest]) => after.get(path) !== digest).length;
  const raised = await runTool(restored, ['raise-epoch']);
  reportRun(report, 'raise-epoch', raised);
  const since = performance.now();
  const server = await startBoardServer(restored);
  const get = createGetter(server.url);
  const ready = present(await get('/readyz'), 'an answer');
  const starting = (performance.now() - since) / 1000;
  await server.close();
  report({ metric: 'start to serving', value: starting, unit: 's' });
  const total = back.seconds + raised.seconds + starting;
  report({
    metric: 'restore to serving',
    value: total,
    unit: 's',
    goal: `<= ${GOAL_SECONDS}`,
    ok: total <= GOAL_SECONDS && ready.status === 200,
  });
  const missing = after.size < before.size;
  report({
    metric: `files that differ, of ${before.size}`,
    value: differing,
    unit: '',
    goal: '0',
    ok: differing === 0 && !missing,
  });
}

function reportRun(report: Report, name: string, { code, seconds, mostBytes }: ToolRun): void {
  assert(code === 0, `${name} that succeeds`);
  report({ metric: name, value: seconds, unit: 's' });
  report({ metric: `${name}, most memory`, value: Math.round(mostBytes / 1e6), unit: 'MB' });
}

/** Media of a megabyte each beside the records' own objects. */
async function addMedia(folder: string): Promise<void> {
  const objects = await openObjectStore({
    folder: join(folder, 'objects'),
    fileSystem: nodeFileSystem,
    clock: () => Date.now(),
  });
  for (let bytes = 0; bytes < OBJECT_BYTES; bytes += BATCH * MEDIUM_BYTES) {
    const batch = Array.from({ length: BATCH }, () => ({ bytes: randomBytes(MEDIUM_BYTES) }));
    assert((await objects.put(batch)).ok, 'room for a gigabyte');
  }
}

const BATCH = 32;
