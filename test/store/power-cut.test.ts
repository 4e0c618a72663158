import { expect, test } from 'vitest';
import { checkPowerCuts } from './crash-check.ts';
import { recordRun } from './crash-run.ts';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { Node } from './memory-disk.ts';
import { powerCuts } from './power-cut.ts';
import { createRandom } from './random.ts';
import { createRecorder } from './recorded-disk.ts';
import type { Omission } from './recorded-disk.ts';
import { textIn } from './store-words.ts';

// The bench `crash` does the same at length, and records it on the real disk.

const ROOT = '/root';
const LONG = { timeout: 60_000 };

test('[ST1] [ST2] no power cut loses an acknowledged commit or tears anything', LONG, async () => {
  const run = { disk: emptyRoot(), root: ROOT, seed: 28, processes: 5, steps: 3 };
  const recording = await recordRun(run);
  const tally = await checkPowerCuts(recording, { ...run, samples: 2, secondCutEvery: 100 });
  expect(tally).toMatchObject({ lost: 0, torn: 0, examples: [] });
  expect(tally.disks).toBeGreaterThan(1000);
});

test('[ST1] the same power cuts find out when any kind of sync is left out', LONG, async () => {
  for (const omission of OMISSIONS) {
    const run = { disk: emptyRoot(), root: ROOT, seed: 28, processes: 4, steps: 3, omission };
    const recording = await recordRun(run);
    const check = { ...run, samples: 0, secondCutEvery: Infinity, stopAtBad: 1 };
    const { lost, torn } = await checkPowerCuts(recording, check);
    expect([omission, lost + torn]).toEqual([omission, 1]);
  }
});

const OMISSIONS: readonly Omission[] = [
  'every sync',
  'folder syncs',
  'file syncs',
  'syncs of old files',
];

function emptyRoot(): FileSystem {
  return createMemoryDisk(new Map([[ROOT, 'folder']]));
}

/** What `/root/f` may hold when the power is cut after the work. */
async function cutsAfter(work: (disk: FileSystem) => Promise<void>): Promise<Set<string>> {
  const nodes = new Map<string, Node>([['/root', 'folder']]);
  const recorder = createRecorder<string>(createMemoryDisk(nodes), nodes);
  await work(recorder.process().disk);
  recorder.note('done');
  const cuts = [...powerCuts(recorder.recording, '', { random: createRandom(1), samples: 50 })];
  const contents = cuts
    .filter(({ note }) => note === 'done')
    .map((cut) => textIn(cut, '/root/f') ?? 'no name');
  return new Set(contents);
}

async function write(
  disk: FileSystem,
  name: string,
  text: string,
  isSynced: boolean,
): Promise<void> {
  const file = await disk.open(`/root/${name}`, 'new');
  await file.write(Buffer.from(text));
  if (isSynced) await file.sync();
  await file.close();
}

test('a file that is not synced may be lost, whole or torn, with its name or without', async () => {
  const contents = await cutsAfter((disk) => write(disk, 'f', 'abcd', false));
  expect([...contents].sort()).toEqual(['', '\0\0\0\0', 'a', 'ab', 'abc', 'abcd', 'no name']);
});

test('a synced file keeps its bytes, and its name only once the folder is synced', async () => {
  expect(await cutsAfter((disk) => write(disk, 'f', 'abcd', true))).toEqual(
    new Set(['no name', 'abcd']),
  );
  const named = cutsAfter(async (disk) => {
    await write(disk, 'f', 'abcd', true);
    await disk.syncFolder('/root');
  });
  expect(await named).toEqual(new Set(['abcd']));
});

test('a folder that is synced keeps the name, and not the bytes', async () => {
  const contents = await cutsAfter(async (disk) => {
    await write(disk, 'f', 'abcd', false);
    await disk.syncFolder('/root');
  });
  expect([...contents].sort()).toEqual(['', '\0\0\0\0', 'a', 'ab', 'abc', 'abcd']);
});

test('a rename shows the old file or the new, never neither', async () => {
  const contents = await cutsAfter(async (disk) => {
    await write(disk, 'f', 'old', true);
    await disk.syncFolder('/root');
    await write(disk, 'f.tmp', 'new', true);
    await disk.rename('/root/f.tmp', '/root/f');
  });
  expect(contents).toEqual(new Set(['old', 'new']));
});
