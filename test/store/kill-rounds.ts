import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { verifyChain } from '../../board-server/store/chain.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import type { JournalStore } from '../../board-server/store/journaled.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import type { LogHead } from '../../board-server/store/store.ts';
import { EMPTY_MODEL, modelAfter, modelOf, textOf } from './model.ts';
import type { Model } from './model.ts';
import { AUDIT, COLLECTIONS, numberedChange } from './numbered-changes.ts';
import { below, createRandom } from './random.ts';
import type { Random } from './random.ts';

export interface KillTally {
  /** Processes killed with SIGKILL. */
  readonly kills: number;
  readonly acknowledged: number;
  /** Rounds after which an acknowledged change was missing. */
  readonly lost: number;
  /** Rounds after which the store held what no sequence of changes makes, or did not open. */
  readonly torn: number;
  readonly examples: readonly string[];
}

/**
 * Starts a writer on the folder again and again and kills it: half of them at a call to the disk,
 * half at a moment of this process's choosing. Every other time the next writer finds what was left,
 * and in between this process looks at all of it.
 */
export async function killRounds(options: {
  readonly folder: string;
  readonly rounds: number;
  readonly seed: number;
}): Promise<KillTally> {
  const random = createRandom(options.seed);
  const examples: string[] = [];
  let [lost, torn, acknowledged] = [0, 0, 0];
  let known: Known = { model: EMPTY_MODEL, head: { seq: 0, hash: '' } };
  for (let round = 0; round < options.rounds; round += 1) {
    const said = await killOne(options.folder, random);
    const before = acknowledged;
    acknowledged = Math.max(acknowledged, said.acknowledged);
    if (said.fault !== undefined) {
      torn += 1;
      examples.push(said.fault);
    } else if (said.opened !== undefined && said.opened < before) {
      lost += 1;
      examples.push(`a writer found ${said.opened} of ${before} acknowledged`);
    }
    if (round % 2 === 0 && round < options.rounds - 1) continue;
    const found = await look(options.folder, known);
    if ('fault' in found) {
      torn += 1;
      examples.push(found.fault);
    } else {
      if (found.head.seq < acknowledged) lost += 1;
      known = found;
    }
  }
  return { kills: options.rounds, acknowledged, lost, torn, examples: examples.slice(0, 5) };
}

/** What the last look found whole. */
interface Known {
  readonly model: Model;
  readonly head: LogHead;
}

const WRITER = fileURLToPath(new URL('killed-writer.ts', import.meta.url));

interface Said {
  readonly opened: number | undefined;
  readonly acknowledged: number;
  readonly fault: string | undefined;
}

async function killOne(folder: string, random: Random): Promise<Said> {
  const bySelf = random() < 0.5;
  const calls = bySelf ? 1 + below(random, 220) : Infinity;
  const linesToHear = bySelf ? Infinity : below(random, 40);
  const child = spawn(process.execPath, [WRITER, folder, String(calls)], {
    env: { ...process.env, NODE_COMPILE_CACHE: `${folder}/compiled` },
  });
  let [text, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    if (text.split('\n').length > linesToHear) child.kill('SIGKILL');
  });
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    errors += more;
  });
  if (linesToHear === 0) child.kill('SIGKILL');
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  const numbers = (word: string): number[] =>
    [...text.matchAll(new RegExp(`^${word} (\\d+)\n`, 'gm'))].map(([, number]) => Number(number));
  return {
    opened: numbers('opened').at(0),
    acknowledged: Math.max(0, ...numbers('opened'), ...numbers('acknowledged')),
    fault: signal === 'SIGKILL' ? undefined : `the writer ended by itself: ${errors}`,
  };
}

const noTime = (): number => 0;

async function look(folder: string, known: Known): Promise<Known | { readonly fault: string }> {
  const objects = await openObjectStore({
    folder: `${folder}/objects`,
    fileSystem: nodeFileSystem,
    clock: noTime,
  });
  const opened = await openJournalStore({
    folder: `${folder}/store`,
    fileSystem: nodeFileSystem,
    processes: await nodeProcesses(),
    clock: noTime,
    allowVolatile: true,
  });
  if (!opened.ok) return { fault: `the store did not open: ${opened.refusal}` };
  const store = opened.value;
  try {
    const { state, damage } = store.status();
    if (state !== 'ok' || damage.length > 0)
      return { fault: `${state}, ${JSON.stringify(damage)}` };
    const head = store.get('heads', 'hall')?.value as { object: string } | undefined;
    if (head !== undefined && (await objects.read(head.object)) === undefined) {
      return { fault: 'the head names a missing object' };
    }
    return await compare(store, known);
  } finally {
    await store.close();
  }
}

async function compare(
  store: JournalStore,
  known: Known,
): Promise<Known | { readonly fault: string }> {
  const entries = await store.read(AUDIT, { from: known.head.seq + 1 });
  const chain = verifyChain(entries, known.head.seq === 0 ? undefined : known.head);
  if (!chain.ok) return { fault: `the log is ${chain.refusal} at ${chain.seq}` };
  let { model } = known;
  for (const { seq, value } of entries) {
    if (seq !== value) return { fault: `entry ${seq} is of change ${JSON.stringify(value)}` };
    model = withoutLogs(modelAfter(model, numberedChange(seq)) ?? model);
  }
  const found = await modelOf(store, { collections: COLLECTIONS, logs: [] });
  if (textOf(found) !== textOf(model))
    return { fault: `not the state after ${store.head(AUDIT).seq}` };
  return { model, head: store.head(AUDIT) };
}

/** The log is compared entry by entry instead. */
function withoutLogs({ documents }: Model): Model {
  return { documents, logs: new Map() };
}
