import type { Json } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';

/**
 * The store: documents people edit, logs that only grow, and one way to change them.
 * Reads of documents are synchronous and see only what is durable. Values are frozen.
 */
export interface Store {
  get(collection: string, id: string): Document | undefined;
  /** Names of the collections that hold documents. */
  collections(): readonly string[];
  /** In the order of ids by code unit. */
  list(collection: string, page?: Page): readonly Document[];
  /** Where the log stands; `seq` is 0 while it is empty. */
  head(log: string): LogHead;
  /** Entries by `seq`. A missing `seq` is an entry lost to damage: see `verifyChain`. */
  read(log: string, range?: LogRange): Promise<readonly LogEntry[]>;
  /** Calls the listener after each durable commit, in order. Returns how to stop. */
  watch(listener: (committed: Committed) => void): () => void;
  /**
   * All of the change or none of it, durable when the promise resolves.
   * Rejects only for a change no caller may make: a malformed name, a key named twice.
   */
  commit(change: Change): Promise<CommitResult>;
  status(): StoreStatus;
  close(): Promise<void>;
}

export interface Key {
  readonly collection: string;
  readonly id: string;
}

export interface Document extends Key {
  /** Grows by one with each put; starts again at 1 after a remove. */
  readonly version: number;
  readonly value: Json;
}

export interface LogHead {
  readonly seq: number;
  /** SHA-256 (hex) of the last entry; 64 zeros while the log is empty. */
  readonly hash: string;
}

export interface LogEntry {
  readonly log: string;
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** When the entry was made, in epoch milliseconds. */
  readonly at: number;
  readonly value: Json;
  /** Hash of the entry before. */
  readonly prev: string;
  /** SHA-256 (hex) over the canonical JSON of the other five members. */
  readonly hash: string;
}

export interface Page {
  /** Only ids greater than this one. */
  readonly after?: string;
  readonly limit?: number;
}

export interface LogRange {
  /** First `seq` wanted; 1 when absent. */
  readonly from?: number;
  readonly limit?: number;
}

export interface Change {
  readonly puts?: readonly (Key & { readonly value: Json })[];
  /** Removing what is not there changes nothing. */
  readonly removes?: readonly Key[];
  readonly appends?: readonly { readonly log: string; readonly value: Json }[];
  /** Every one must hold before anything is done; version 0 means that it must not exist. */
  readonly ifVersions?: readonly (Key & { readonly version: number })[];
}

export interface Committed {
  readonly documents: readonly Document[];
  readonly removed: readonly Key[];
  readonly entries: readonly LogEntry[];
}

/**
 * - `conflict`: a version in `ifVersions` did not hold; nothing was done.
 * - `full`: no space left; nothing was done, and the same change may be tried again.
 * - `read-only`: the disk failed and the store acknowledges nothing until it is opened again.
 *   A change that was being written at that very moment may or may not be found then.
 */
export type CommitResult =
  | Extract<Result<Committed, never>, { ok: true }>
  | (Key & { readonly ok: false; readonly refusal: 'conflict'; readonly actual: number })
  | { readonly ok: false; readonly refusal: 'full' | 'read-only' };

export type StoreStatus = StoreHealth & {
  readonly documents: number;
  /** Bytes of journal a start would replay; 0 for a store without one. */
  readonly journalBytes: number;
  /** What was found damaged, at this start or an earlier one, and is kept in quarantine. */
  readonly damage: readonly Damage[];
};

export type StoreHealth =
  | { readonly state: 'ok' }
  | { readonly state: 'full' | 'read-only'; readonly reason: string };

export interface Damage {
  /** Path inside the data folder. */
  readonly file: string;
  readonly reason: string;
}
