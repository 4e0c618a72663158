import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import type { Change } from '../../board-server/store/store.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';

/** Every round measures each kind in turn, so that what slows one slows the other. */
const ROUNDS = 9;
const COMMITS = 150;
const DOCUMENT_BYTES = 5000;

/** Git ignores it, and unlike the system's temporary folder it is never kept in memory. */
const SCRATCH = fileURLToPath(new URL('../../dist/bench', import.meta.url));

export async function bench(report: Report): Promise<void> {
  await mkdir(SCRATCH, { recursive: true });
  const folder = await mkdtemp(`${SCRATCH}/store-`);
  try {
    if (await nodeFileSystem.isVolatile(folder)) throw new Error(`${folder} is no disk to measure`);
    const small = await filledStore(`${folder}/small`, 1 << 20);
    const large = await filledStore(`${folder}/large`, 50 << 20);
    const raw = openSync(`${folder}/raw`, 'a');
    await measure(report, { raw, small: small.store, large: large.store });
    report({ metric: 'opening 50 MB', value: round(large.openingMs), unit: 'ms' });
    closeSync(raw);
    await small.store.close();
    await large.store.close();
    await measureRefusal(report);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(
  report: Report,
  { raw, small, large }: { raw: number; small: JournalStore; large: JournalStore },
): Promise<void> {
  const rounds: { raw: number; small: number; large: number }[] = [];
  for (let each = -1; each < ROUNDS; each += 1) {
    const before = small.status().journalBytes;
    const ofSmall = await commitTimes(small);
    const line = Buffer.alloc(Math.ceil((small.status().journalBytes - before) / COMMITS), 'x');
    const ofRaw = appendTimes(raw, line);
    const ofLarge = await commitTimes(large);
    // The first round warms up.
    if (each >= 0)
      rounds.push({ raw: median(ofRaw), small: median(ofSmall), large: median(ofLarge) });
  }
  const toRaw = median(rounds.map((times) => times.small / times.raw));
  const toSmall = median(rounds.map((times) => times.large / times.small));
  report({
    metric: 'raw append and fdatasync',
    value: round(median(rounds.map((times) => times.raw))),
    unit: 'ms',
  });
  report({
    metric: 'acknowledged commit',
    value: round(median(rounds.map((times) => times.small))),
    unit: 'ms',
  });
  report({
    metric: 'commit to raw append',
    value: round(toRaw),
    unit: 'x',
    goal: '<= 3',
    ok: toRaw <= 3,
  });
  report({
    metric: '50 MB to 1 MB',
    value: round(toSmall),
    unit: 'x',
    goal: '<= 1.3',
    ok: toSmall <= 1.3,
  });
  const together = await commitsPerSecond(small);
  report({ metric: '64 commits at a time', value: Math.round(together), unit: '/s' });
}

/** A notice put with its audit entry, one after another: milliseconds of each. */
async function commitTimes(store: JournalStore): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < COMMITS; number += 1) {
    const started = performance.now();
    const result = await store.commit(notice(number));
    times.push(performance.now() - started);
    if (!result.ok) throw new Error(`refused: ${result.refusal}`);
  }
  return times;
}

/** The least that is durable: as many bytes at the end of a file, and its fdatasync, without waiting in any queue. */
function appendTimes(file: number, line: Buffer): number[] {
  return Array.from({ length: COMMITS }, () => {
    const started = performance.now();
    writeSync(file, line);
    fdatasyncSync(file);
    return performance.now() - started;
  });
}

async function commitsPerSecond(store: JournalStore): Promise<number> {
  const started = performance.now();
  const writers = Array.from({ length: 64 }, () => commitTimes(store));
  await Promise.all(writers);
  return (64 * COMMITS * 1000) / (performance.now() - started);
}

function notice(number: number): Change {
  return {
    puts: [{ collection: 'records', id: `record-${number % 200}`, value: documentOf(number) }],
    appends: [{ log: 'audit', value: { by: 'editor-1', did: 'record.save', record: number } }],
  };
}

function documentOf(number: number): { title: string; body: string } {
  const sentence = `关于县城北大街停水的第${number}号公告，`;
  return {
    title: sentence,
    body: sentence.repeat(Math.floor(DOCUMENT_BYTES / Buffer.byteLength(sentence))),
  };
}

async function filledStore(
  folder: string,
  bytes: number,
): Promise<{ store: JournalStore; openingMs: number }> {
  const filling = await openStore(folder);
  const count = Math.ceil(bytes / DOCUMENT_BYTES);
  for (let start = 0; start < count; start += 200) {
    const puts = Array.from({ length: Math.min(200, count - start) }, (_, index) => ({
      collection: 'records',
      id: `record-${start + index}`,
      value: documentOf(start + index),
    }));
    await filling.commit({ puts });
  }
  await filling.close();
  const started = performance.now();
  const store = await openStore(folder);
  return { store, openingMs: performance.now() - started };
}

async function openStore(folder: string): Promise<JournalStore> {
  const options = { fileSystem: nodeFileSystem, processes: await nodeProcesses(), clock: Date.now };
  const opened = await openJournalStore({ folder, ...options });
  if (!opened.ok) throw new Error(`the store did not open: ${opened.refusal}`);
  return opened.value;
}

/** A folder of the kernel's own memory file system, where there is one. */
async function measureRefusal(report: Report): Promise<void> {
  const memory = '/dev/shm';
  if (!(await nodeFileSystem.isVolatile(memory))) {
    process.stdout.write('SKIPPED: no tmpfs at /dev/shm to be refused\n');
    return;
  }
  const folder = await mkdtemp(`${memory}/openhall-bench-`);
  const options = { fileSystem: nodeFileSystem, processes: await nodeProcesses(), clock: Date.now };
  const opened = await openJournalStore({ folder, ...options });
  await rm(folder, { recursive: true });
  const isRefused = !opened.ok && opened.refusal === 'volatile';
  report({
    metric: 'refuses tmpfs',
    value: isRefused ? 1 : 0,
    unit: 'yes',
    goal: '1',
    ok: isRefused,
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
