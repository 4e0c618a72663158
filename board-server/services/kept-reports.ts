import { isUtf8 } from 'node:buffer';
import { utf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { report as reportSchema } from '../../shared/protocol/report.ts';
import type { CommitResult, Store } from '../store/store.ts';
import { sha256Of } from '../trust/digest.ts';
import type { Alarm } from './alarm.ts';
import type { Collections, StoredReport } from './stored.ts';

/**
 * [FL4] The newest report of each screen, in memory first and in the store within ten seconds. Many
 * screens share a document, so that five thousand reports of one publish are a dozen writes, made
 * one after the other; a report of the last seconds that a crash loses is made again by its screen.
 */
export interface KeptReports {
  get(screen: string): HeardReport | undefined;
  /** `lasting` goes to the store; anything else only with the next that does, or at the end. */
  set(screen: string, report: HeardReport, lasting: boolean): void;
  /** Writes what is not written yet, and tells what refused it, if something did. */
  flush(): Promise<NotKept | undefined>;
  /** Takes back what was set last, as though only `before` had been heard. */
  takeBack(screen: string, report: StoredReport, before: HeardReport | undefined): void;
}

export type NotKept = Extract<CommitResult, { readonly ok: false }>;

/** A report as it is kept, and what it says, which is read once. */
export interface HeardReport {
  readonly stored: StoredReport;
  readonly said: Report;
}

/** [TK3] A report that can be looked at afterwards: what was signed, and the signature, base64. */
export type SignedReport = Extract<StoredReport, { readonly payload: string }>;

export interface KeptReportDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'reports' | 'reportShards'>;
  readonly alarm: Alarm;
  readonly log: (message: string, error?: unknown) => void;
}

const KEEP_WITHIN_MS = 10_000;

/** Screens that share a document, and what of it the store has not: nothing, what lasts, or the rest. */
interface Shard {
  readonly id: string;
  readonly newest: Map<string, HeardReport>;
  state: 'kept' | 'unkept' | 'newer';
}

export function createKeptReports(deps: KeptReportDeps): KeptReports {
  const { store, alarm, log } = deps;
  const { reports: single, reportShards: documents } = deps.collections;
  const shards = readShards(deps.collections);
  let cancel: (() => void) | undefined;

  const keepSoon = (): void => {
    cancel ??= alarm.after(KEEP_WITHIN_MS, () => void keep(['unkept']));
  };

  async function keep(states: readonly Shard['state'][]): Promise<NotKept | undefined> {
    cancel?.();
    cancel = undefined;
    for (const shard of shards.all()) {
      const { state } = shard;
      if (!states.includes(state)) continue;
      shard.state = 'kept';
      const kept = await store.commit({
        puts: [documents.put(shard.id, { v: 2, reports: storedIn(shard) })],
        removes: [...shard.newest.keys()].flatMap((screen) =>
          single.get(screen) === undefined ? [] : [single.key(screen)],
        ),
      });
      if (kept.ok) continue;
      // A full disk must not refuse reports of screens: they stand in memory, and wait for room.
      log(`reports were not kept: ${kept.refusal}`);
      shard.state = shard.state === 'kept' ? state : 'unkept';
      keepSoon();
      return kept;
    }
    return undefined;
  }

  return {
    get: (screen) => shards.known(screen)?.newest.get(screen),
    set(screen, report, lasting) {
      const shard = shards.of(screen);
      shard.newest.set(screen, report);
      if (!lasting && shard.state === 'kept') shard.state = 'newer';
      if (!lasting) return;
      shard.state = 'unkept';
      keepSoon();
    },
    flush: () => keep(['unkept', 'newer']),
    takeBack(screen, report, before) {
      const { newest } = shards.of(screen);
      if (newest.get(screen)?.stored !== report) return;
      if (before === undefined) newest.delete(screen);
      else newest.set(screen, before);
    },
  };
}

interface Shards {
  all(): Iterable<Shard>;
  of(screen: string): Shard;
  /** Undefined for a screen that has not said anything. */
  known(screen: string): Shard | undefined;
}

/** What the store has, in shards. */
function readShards({ reports: single, reportShards }: KeptReportDeps['collections']): Shards {
  const shards = new Map<string, Shard>();
  /** A screen's shard is found by hashing its id, once. */
  const shardOf = new Map<string, Shard>();
  const assign = (screen: string): Shard => {
    const id = shardIdOf(screen);
    const shard: Shard = shards.get(id) ?? { id, newest: new Map(), state: 'kept' };
    shards.set(id, shard);
    shardOf.set(screen, shard);
    return shard;
  };
  const of = (screen: string): Shard => shardOf.get(screen) ?? assign(screen);
  const learn = (screen: string, stored: StoredReport): void => {
    const heard = heardFrom(stored);
    // What is no report was none when it was kept: that is damage.
    if (heard !== undefined) of(screen).newest.set(screen, heard);
  };
  // Earlier versions kept a document for each screen.
  for (const { id: screen, value } of single.list()) {
    const { v: _shape, ...report } = value;
    learn(screen, report);
  }
  for (const { value } of reportShards.list())
    for (const [screen, stored] of Object.entries(value.reports)) learn(screen, stored);
  return { all: () => shards.values(), of, known: (screen) => shardOf.get(screen) };
}

const storedIn = ({ newest }: Shard): Readonly<Record<string, StoredReport>> =>
  Object.fromEntries([...newest].map(([screen, { stored }]) => [screen, stored]));

/** What was stored, read; undefined when it says no report. */
export function heardFrom(stored: StoredReport): HeardReport | undefined {
  const said = 'report' in stored ? stored.report : reportSaid(stored.payload);
  return said && { stored, said };
}

/** The report that signed bytes say; undefined when they say none. `payload` is base64. */
export function reportSaid(payload: string): Report | undefined {
  const bytes = Buffer.from(payload, 'base64');
  return isUtf8(bytes) ? reportSchema.safeParse(parseJson(bytes.toString())).data : undefined;
}

/** Five thousand screens make 16 documents of some 200 KB. */
const SHARDS = 16;

/** Spread evenly, and the same for ever: a screen's shard is part of the stored form. */
function shardIdOf(screen: string): string {
  const number = Number.parseInt(sha256Of(utf8(screen)).slice(0, 4), 16) % SHARDS;
  return `shard-${String(number).padStart(2, '0')}`;
}
