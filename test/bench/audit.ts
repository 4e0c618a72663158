import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createAuditIndex } from '../../board-server/services/audit-index.ts';
import type { AuditEvent } from '../../board-server/services/audit.ts';
import { AUDIT, audited, createAuditHandlers } from '../../board-server/services/audit.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { as } from '../server/service-hall.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';

const ENTRIES = 100_000;
const ROUNDS = 9;
/** Git ignores it, and unlike the system's temporary folder it is never kept in memory. */
const SCRATCH = fileURLToPath(new URL('../../dist/bench', import.meta.url));
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** Time between commits, each of as many entries. */
const COMMIT_MINUTES = 500;

/** The log of a busy hall after years: opening it, searching it, paging through what was found. */
export async function bench(report: Report): Promise<void> {
  await mkdir(SCRATCH, { recursive: true });
  const folder = await mkdtemp(`${SCRATCH}/audit-`);
  try {
    const store = await filledStore(folder);
    await measure(store, report);
    await store.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(store: JournalStore, report: Report): Promise<void> {
  const index = createAuditIndex({ store, log: AUDIT }, nameOf);
  const { audit } = createAuditHandlers(store, index, ({ subject }) => nameOf(subject));
  const manager = as({ clock: { now: START, monotonic: 0 } }, 'manager');
  const timeOf = async (input: InputOf<'audit'>): Promise<number> => {
    const since = performance.now();
    const reply = await audit(manager, input);
    if (!reply.ok || reply.value.entries.length === 0) throw new Error('nothing was found');
    return performance.now() - since;
  };
  const times = async (input: InputOf<'audit'>) => {
    const all: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) all.push(await timeOf(input));
    return Math.round(median(all) * 10) / 10;
  };
  const of = `of ${ENTRIES / 1000},000`;
  report({ metric: `newest page ${of}`, value: await times({}), unit: 'ms' });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const first = await timeOf({ person: '人 7' });
  delay.disable();
  report({ metric: `first search ${of}: one pass`, value: Math.round(first), unit: 'ms' });
  const stall = Math.round(delay.max / 1e6);
  report({
    metric: 'longest stall of the server meanwhile',
    value: stall,
    unit: 'ms',
    goal: '<= 200',
    ok: stall <= 200,
  });
  const searches: readonly (readonly [string, InputOf<'audit'>])[] = [
    ['by person, spread over the whole log', { person: '人 7' }],
    ['by record, all its entries far apart', { record: 'record:r-77' }],
    ['by period', { from: START + 40_000 * MINUTE, until: START + 60_000 * MINUTE }],
    ['the last page of a search', { person: '人 7', before: 20_000 }],
  ];
  for (const [metric, input] of searches) {
    const value = await times(input);
    report({ metric, value, unit: 'ms', goal: '<= 300', ok: value <= 300 });
  }
}

async function filledStore(folder: string): Promise<JournalStore> {
  let now = START;
  const opened = await openJournalStore({
    folder,
    fileSystem: nodeFileSystem,
    processes: await nodeProcesses(),
    clock: () => (now += COMMIT_MINUTES * MINUTE),
  });
  if (!opened.ok) throw new Error(`the store did not open: ${opened.refusal}`);
  for (let i = 0; i < ENTRIES; i += COMMIT_MINUTES) {
    const appends = Array.from({ length: COMMIT_MINUTES }, (_, each) => audited(eventOf(i + each)));
    await opened.value.commit({ appends });
  }
  await opened.value.checkpoint();
  return opened.value;
}

function eventOf(i: number): AuditEvent {
  return {
    by: { id: `p-${i % 20}`, name: `人 ${i % 20}`, post: '科员' },
    action: 'record.edit',
    subject: `record:r-${i % 1000}`,
    detail: '北大街停水公告，今晚22时至明早6时，请提前储水',
  };
}

const nameOf = (subject: string): string => `内容 ${subject}`;
