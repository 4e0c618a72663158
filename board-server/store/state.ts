import type { DocumentWrite } from './document-files.ts';
import { createDocuments } from './documents.ts';
import type { Documents } from './documents.ts';
import { frozen } from './frozen.ts';
import type { JournalOperation } from './journal-line.ts';
import { keyOf } from './names.ts';
import type { LogEntry } from './store.ts';

/** All that is committed, as far as it is held in memory. */
export interface State {
  readonly documents: Documents;
  readonly unwritten: Unwritten;
}

/** What the journal knows and the files do not. */
export interface Unwritten {
  /** By key. */
  readonly documents: Map<string, DocumentWrite>;
  /** By log. */
  readonly entries: Map<string, LogEntry[]>;
}

export function createState(): State {
  return {
    documents: createDocuments(),
    unwritten: { documents: new Map(), entries: new Map() },
  };
}

/** Applies one operation of the journal line `commit`, in today's shape. Its values become frozen. */
export function applyOperation(
  { documents, unwritten }: State,
  operation: JournalOperation,
  commit: number,
): void {
  if ('put' in operation) {
    const { collection, id, version, value } = operation.put;
    documents.set(Object.freeze({ collection, id, version, value: frozen(value) }));
    unwritten.documents.set(keyOf(operation.put), { put: { ...operation.put, commit } });
  } else if ('remove' in operation) {
    documents.delete(operation.remove);
    unwritten.documents.set(keyOf(operation.remove), operation);
  } else {
    const { append: entry } = operation;
    const entries = unwritten.entries.get(entry.log) ?? [];
    unwritten.entries.set(entry.log, entries);
    frozen(entry.value);
    entries.push(Object.freeze(entry));
  }
}
