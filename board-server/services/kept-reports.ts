import { sha256Of } from '../trust/digest.ts';
import type { Store } from '../store/store.ts';
import { utf8 } from '../../shared/kit/bytes.ts';
import type { Alarm } from './alarm.ts';
import type { Collections, ReportDocument } from './stored.ts';

/**
 * [FL4] The newest report of each screen, in memory first and in the store within ten seconds. Many
 * screens share a document, so that five thousand reports of one publish are a dozen writes, made
 * one after the other; a report of the last seconds that a crash loses is made again by its screen.
 */
export interface KeptReports {
  get(screen: string): ReportDocument | undefined;
  /** `lasting` goes to the store; anything else only with the next that does. */
  set(screen: string, document: ReportDocument, lasting: boolean): void;
  /** Writes what is not written yet: whoever carried a receipt here may throw it away after this. */
  flush(): Promise<void>;
}

export interface KeptReportDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'reports' | 'reportShards'>;
  readonly alarm: Alarm;
  readonly clock: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

const KEEP_WITHIN_MS = 10_000;

export function createKeptReports(deps: KeptReportDeps): KeptReports {
  const { store, alarm, clock, log } = deps;
  const { reports: single, reportShards: shards } = deps.collections;
  const newest = new Map<string, ReportDocument>();
  /** Screens of each shard. */
  const screensOf = new Map<string, Set<string>>();
  const unkept = new Set<string>();
  let cancel: (() => void) | undefined;

  const learn = (shard: string, screen: string, report: ReportDocument): void => {
    newest.set(screen, report);
    screensOf.set(shard, (screensOf.get(shard) ?? new Set<string>()).add(screen));
  };
  // Earlier versions kept a document for each screen.
  for (const { id: screen, value } of single.list()) learn(shardOf(screen), screen, value);
  for (const { id: shard, value } of shards.list())
    for (const [screen, report] of Object.entries(value.reports)) learn(shard, screen, report);

  async function keepAll(): Promise<void> {
    cancel = undefined;
    for (const shard of unkept) {
      unkept.delete(shard);
      const screens = [...(screensOf.get(shard) ?? [])];
      const reports = Object.fromEntries(
        screens.flatMap((screen) => {
          const report = newest.get(screen);
          return report === undefined ? [] : [[screen, report]];
        }),
      );
      const kept = await store.commit({
        puts: [shards.put(shard, { v: 1, reports })],
        removes: screens.flatMap((screen) =>
          single.get(screen) === undefined ? [] : [single.key(screen)],
        ),
      });
      // A full disk must not refuse reports, and each screen makes another within minutes.
      if (!kept.ok) log(`reports were not kept: ${kept.refusal}`);
    }
  }

  return {
    get: (screen) => newest.get(screen),
    set(screen, document, lasting) {
      if (!lasting && newest.has(screen)) return void newest.set(screen, document);
      const shard = shardOf(screen);
      learn(shard, screen, document);
      if (!lasting) return;
      unkept.add(shard);
      cancel ??= alarm.at(clock() + KEEP_WITHIN_MS, () => void keepAll());
    },
    async flush() {
      cancel?.();
      await keepAll();
    },
  };
}

/** Five thousand screens make 16 documents of some 200 KB. */
const SHARDS = 16;

/** Spread evenly, and the same for ever: a screen's shard is part of the stored form. */
function shardOf(screen: string): string {
  const number = Number.parseInt(sha256Of(utf8(screen)).slice(0, 4), 16) % SHARDS;
  return `shard-${String(number).padStart(2, '0')}`;
}
