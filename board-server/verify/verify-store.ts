import { EMPTY_LOG, verifyChain } from '../store/chain.ts';
import type { FileSystem } from '../store/file-system.ts';
import { load } from '../store/load.ts';
import { decodeEntries } from '../store/log-lines.ts';
import type { Migrations } from '../store/migrations.ts';
import type { State } from '../store/state.ts';
import type { LogEntry } from '../store/store.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { Finding, FindingKind } from './finding.ts';
import { heldFiles } from './held-files.ts';

/** What a store says, as far as it can be read, and what cannot. */
export interface VerifiedStore {
  readonly documents: State['documents'];
  /** Every entry of every log that can still be read. */
  readonly entries: readonly LogEntry[];
  readonly findings: readonly Finding[];
}

const STORE = 'store';

/** [DG3] Every document, journal line and log entry of a snapshot; paths are inside the store. */
export async function verifyStore(
  files: ReadonlyMap<string, Buffer<ArrayBuffer>>,
  migrations: Migrations,
): Promise<Result<VerifiedStore, 'newer'>> {
  const inStore = new Map([...files].map(([path, bytes]) => [`${STORE}/${path}`, bytes]));
  const disk: FileSystem = heldFiles(inStore);
  const loaded = await load(disk, STORE, migrations);
  if (!loaded.ok) return loaded;
  const { documents, unwritten, damage, logFiles } = loaded.value;
  const findings = damage.map(({ file, reason }) => ({
    kind: kindOf(file),
    file: `${STORE}/${file}`,
    detail: reason,
  }));
  const entries: LogEntry[] = [];
  for (const log of new Set([...(await disk.list(`${STORE}/logs`)), ...unwritten.entries.keys()])) {
    const { seq } = logFiles.head(log);
    const recent = (unwritten.entries.get(log) ?? []).filter((entry) => entry.seq > seq);
    const read = readLog(files, log, recent);
    entries.push(...read.entries);
    findings.push(
      ...read.findings.filter(({ file }) => !findings.some((one) => one.file === file)),
    );
  }
  return accepted({ documents, entries, findings });
}

function kindOf(file: string): FindingKind {
  if (file.startsWith('journal/')) return 'journal';
  return file.startsWith('logs/') ? 'log' : 'document';
}

/** All files of one log, then what only the journal holds of it: one unbroken chain from the first entry on. */
function readLog(
  files: ReadonlyMap<string, Buffer<ArrayBuffer>>,
  log: string,
  recent: readonly LogEntry[],
) {
  const paths = [...files.keys()].filter((path) => path.startsWith(`logs/${log}/`)).sort();
  const findings: Finding[] = [];
  const places: { readonly path: string; readonly entry: LogEntry }[] = [];
  for (const path of paths) {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    const { entries, unbrokenBytes } = decodeEntries(bytes, log);
    places.push(...entries.map((entry) => ({ path, entry })));
    // The end of the last file may be a line that is being written: the journal has it too.
    const mayGrow = path === paths.at(-1) && recent.length > 0;
    if (unbrokenBytes < bytes.length && !mayGrow)
      findings.push({ kind: 'log', file: `${STORE}/${path}`, detail: `byte ${unbrokenBytes}` });
  }
  const known = places.at(-1)?.entry.seq ?? 0;
  const newer = recent.filter(({ seq }) => seq > known);
  const entries = [...places.map(({ entry }) => entry), ...newer];
  const chain = verifyChain(entries, EMPTY_LOG);
  if (!chain.ok) {
    const at = places.find(({ entry }) => entry.seq === chain.seq)?.path ?? `logs/${log}`;
    findings.push({
      kind: 'log',
      file: `${STORE}/${at}`,
      detail: `entry ${chain.seq}: ${chain.refusal}`,
    });
  }
  return { entries, findings };
}
