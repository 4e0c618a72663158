import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { checkPowerCuts } from '../store/crash-check.ts';
import type { Tally } from '../store/crash-check.ts';
import { recordRun } from '../store/crash-run.ts';
import { killRounds } from '../store/kill-rounds.ts';
import type { KillTally } from '../store/kill-rounds.ts';
import { createMemoryDisk } from '../store/memory-disk.ts';
import type { Omission } from '../store/recorded-disk.ts';
import type { Report } from './report.ts';

/** Recorded runs of the store and the objects, each of four processes, most of them killed. */
const RUNS = 5;
const KILLS = 1000;
/** Folders with writers at the same time. */
const LANES = 2;

/** Git ignores it, and unlike the system's temporary folder it is never kept in memory. */
const SCRATCH = fileURLToPath(new URL('../../dist/bench', import.meta.url));

export async function bench(report: Report): Promise<void> {
  await mkdir(SCRATCH, { recursive: true });
  const folder = await mkdtemp(`${SCRATCH}/crash-`);
  try {
    await measurePowerCuts(report, folder);
    await measureOmissions(report);
    await measureKills(report, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a run does on the real disk is recorded, and every disk a power cut may leave is opened. */
async function measurePowerCuts(report: Report, folder: string): Promise<void> {
  const tallies: Tally[] = [];
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const root = `${folder}/run-${seed}`;
    await mkdir(root);
    const run = { disk: nodeFileSystem, root, seed, processes: 4, steps: 5 };
    const recording = await recordRun(run);
    tallies.push(await checkPowerCuts(recording, { ...run, samples: 4, secondCutEvery: 150 }));
  }
  const sum = (of: 'disks' | 'lost' | 'torn'): number =>
    tallies.reduce((total, tally) => total + tally[of], 0);
  report({ metric: 'power cuts: disks opened', value: sum('disks'), unit: 'disks' });
  reportNone(report, 'power cuts: acknowledged lost', sum('lost'), 'disks');
  reportNone(report, 'power cuts: torn', sum('torn'), 'disks');
  explain(tallies.flatMap(({ examples }) => examples));
}

/** The same must find out when syncs are left out; otherwise it proves nothing. */
async function measureOmissions(report: Report): Promise<void> {
  const reportSome = (metric: string, value: number): void =>
    report({ metric, value, unit: 'disks', goal: '> 0', ok: value > 0 });
  reportSome('lost_without_fsync', (await found('every sync')).lost);
  reportSome('lost without folder syncs', (await found('folder syncs')).lost);
  reportSome('lost without file syncs', (await found('file syncs')).lost);
  const opening = await found('syncs of old files');
  reportSome('bad without syncs at opening', opening.lost + opening.torn);
}

/** Few disks, one after another until enough of them were bad. */
async function found(omission: Omission): Promise<Tally> {
  const root = '/root';
  const disk = createMemoryDisk(new Map([[root, 'folder']]));
  const run = { disk, root, seed: 28, processes: 4, steps: 3, omission };
  const check = { ...run, samples: 2, secondCutEvery: Infinity, stopAtBad: 50 };
  return checkPowerCuts(await recordRun(run), check);
}

async function measureKills(report: Report, folder: string): Promise<void> {
  const tallies = await Promise.all(
    Array.from({ length: LANES }, async (_, lane): Promise<KillTally> => {
      const own = `${folder}/lane-${lane}`;
      await mkdir(own);
      return killRounds({ folder: own, rounds: KILLS / LANES, seed: lane + 1 });
    }),
  );
  const sum = (of: 'kills' | 'acknowledged' | 'lost' | 'torn'): number =>
    tallies.reduce((total, tally) => total + tally[of], 0);
  report({ metric: 'kill -9: kills', value: sum('kills'), unit: 'kills' });
  report({ metric: 'kill -9: commits acknowledged', value: sum('acknowledged'), unit: 'commits' });
  reportNone(report, 'kill -9: acknowledged lost', sum('lost'), 'rounds');
  reportNone(report, 'kill -9: torn', sum('torn'), 'rounds');
  explain(tallies.flatMap(({ examples }) => examples));
}

function reportNone(report: Report, metric: string, value: number, unit: string): void {
  report({ metric, value, unit, goal: '0', ok: value === 0 });
}

function explain(examples: readonly string[]): void {
  for (const example of examples) process.stdout.write(`# ${example}\n`);
}
