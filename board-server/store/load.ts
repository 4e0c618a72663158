import { accepted } from '../../shared/kit/result.ts';
import type { Result } from '../../shared/kit/result.ts';
import { readDocuments } from './document-files.ts';
import type { FileSystem } from './file-system.ts';
import { readJournal } from './journal.ts';
import type { JournalContent } from './journal.ts';
import type { JournalLine } from './journal-line.ts';
import { openLogFiles } from './log-files.ts';
import type { LogFiles } from './log-files.ts';
import type { Migrations } from './migrations.ts';
import { quarantined } from './quarantine.ts';
import { replay } from './replay.ts';
import type { State } from './state.ts';
import type { Damage } from './store.ts';

/** The parts of a data folder. */
export const DOCUMENTS = 'documents';
export const JOURNAL = 'journal';
export const LOGS = 'logs';

/** What a data folder says, brought up to the last commit. */
export interface Loaded extends State {
  readonly logFiles: LogFiles;
  readonly journal: JournalContent;
  /** Documents whose files must go into quarantine, as paths inside the data folder. */
  readonly damagedDocuments: readonly Damage[];
  /** All damage, that of earlier starts included. */
  readonly damage: readonly Damage[];
}

/** Reads the whole folder and writes nothing. */
export async function load(
  fs: FileSystem,
  root: string,
  migrations: Migrations,
): Promise<Result<Loaded, 'newer'>> {
  const { documents: stored, damage } = await readDocuments(fs, `${root}/${DOCUMENTS}`);
  const lastWritten = stored.reduce((last, { commit }) => Math.max(last, commit), 0);
  const journal = withKnownEnd(await readJournal(fs, `${root}/${JOURNAL}`), lastWritten);
  const logFiles = await openLogFiles(fs, `${root}/${LOGS}`, logBegins(journal.lines));
  const replayed = replay({ stored, lines: journal.lines, logFiles, migrations });
  if (!replayed.ok) return replayed;
  const earlier = await quarantined(fs, root);
  const damagedDocuments = within(DOCUMENTS, damage);
  return accepted({
    ...replayed.value,
    logFiles,
    journal,
    damagedDocuments,
    damage: [
      ...earlier.map((file) => ({ file, reason: 'found damaged at an earlier start' })),
      ...damagedDocuments,
      ...within(JOURNAL, journal.damage),
      ...within(LOGS, logFiles.damage),
    ],
  });
}

function within(folder: string, damage: readonly Damage[]): readonly Damage[] {
  return damage.map(({ file, reason }) => ({ file: `${folder}/${file}`, reason }));
}

/**
 * A document is written after its journal line is durable, and a segment is dropped after a later
 * one exists. So a document that knows of a later commit proves that the journal has lost its end.
 */
function withKnownEnd(journal: JournalContent, lastWritten: number): JournalContent {
  const segment = journal.segments.at(-1);
  if (segment === undefined || lastWritten <= journal.last) {
    return { ...journal, last: Math.max(journal.last, lastWritten) };
  }
  const reason = `commits ${journal.last + 1} to ${lastWritten} are missing`;
  return { ...journal, last: lastWritten, damage: [...journal.damage, { file: segment, reason }] };
}

/** The first `seq` that the journal holds of each log. */
function logBegins(lines: readonly JournalLine[]): ReadonlyMap<string, number> {
  const begins = new Map<string, number>();
  for (const operation of lines.flatMap(({ operations }) => operations)) {
    if (!('append' in operation)) continue;
    const { log, seq } = operation.append;
    if (!begins.has(log)) begins.set(log, seq);
  }
  return begins;
}
