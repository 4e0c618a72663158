import { accepted, refused } from '../../shared/kit/result.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { StoredDocument } from './document-file.ts';
import type { JournalLine, JournalOperation } from './journal-line.ts';
import type { LogFiles } from './log-files.ts';
import { inTodaysShape } from './migrations.ts';
import type { Migrations } from './migrations.ts';
import { keyOf } from './names.ts';
import { applyOperation, createState } from './state.ts';
import type { State } from './state.ts';

/** The state after the files and then the journal. `newer`: a later program wrote a value in it. */
export function replay(from: {
  readonly stored: readonly StoredDocument[];
  readonly lines: readonly JournalLine[];
  readonly logFiles: Pick<LogFiles, 'head'>;
  readonly migrations: Migrations;
}): Result<State, 'newer'> {
  const state = createState();
  for (const { commit, ...put } of from.stored) {
    const today = inTodaysShape(from.migrations, put);
    if (today === undefined) return newer(put);
    applyOperation(state, { put: today }, commit);
    if (today === put) state.unwritten.documents.delete(keyOf(put));
  }
  const isInFile = inFiles(from);
  for (const { number, operations } of from.lines) {
    for (const operation of operations.filter((each) => !isInFile(each, number))) {
      if ('put' in operation) {
        const today = inTodaysShape(from.migrations, operation.put);
        if (today === undefined) return newer(operation.put);
        applyOperation(state, { put: today }, number);
      } else applyOperation(state, operation, number);
    }
  }
  return accepted(state);
}

/** A file that holds a later commit has already seen every earlier operation on its document. */
function inFiles({
  stored,
  logFiles,
}: {
  readonly stored: readonly StoredDocument[];
  readonly logFiles: Pick<LogFiles, 'head'>;
}): (operation: JournalOperation, number: number) => boolean {
  const commits = new Map(stored.map((document) => [keyOf(document), document.commit]));
  return (operation, number) => {
    if ('append' in operation)
      return operation.append.seq <= logFiles.head(operation.append.log).seq;
    const key = 'put' in operation ? operation.put : operation.remove;
    return number <= (commits.get(keyOf(key)) ?? 0);
  };
}

function newer(put: { collection: string; id: string; v: number }): Result<never, 'newer'> {
  return refused('newer', `${put.collection}/${put.id} has shape ${put.v}`);
}
