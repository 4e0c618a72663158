import { hash } from 'node:crypto';
import { canonicalJson } from '../../shared/kit/json.ts';
import type { LogEntry, LogHead } from './store.ts';

/** The head of an empty log. */
export const EMPTY_LOG: LogHead = { seq: 0, hash: '0'.repeat(64) };

export type ChainCheck =
  | { readonly ok: true; readonly head: LogHead }
  /** `gap`: an entry is missing before `seq`. `altered`: `seq` does not match its own hash. `forked`: it does not follow the entry before. */
  | { readonly ok: false; readonly refusal: 'gap' | 'altered' | 'forked'; readonly seq: number };

/**
 * Whether entries follow one another unaltered. `after` is the head they must continue;
 * without it the first entry is believed about what came before.
 */
export function verifyChain(entries: readonly LogEntry[], after?: LogHead): ChainCheck {
  let head = after;
  for (const entry of entries) {
    const { seq } = entry;
    if (head !== undefined && seq !== head.seq + 1) return { ok: false, refusal: 'gap', seq };
    if (!isUnaltered(entry)) return { ok: false, refusal: 'altered', seq };
    if (head !== undefined && entry.prev !== head.hash)
      return { ok: false, refusal: 'forked', seq };
    head = { seq, hash: entry.hash };
  }
  return { ok: true, head: head ?? EMPTY_LOG };
}

export function chainEntry(
  head: LogHead,
  { log, at, value }: Pick<LogEntry, 'log' | 'at' | 'value'>,
): LogEntry {
  const open = { log, seq: head.seq + 1, at, value, prev: head.hash };
  return Object.freeze({ ...open, hash: hashOf(open) });
}

export function isUnaltered(entry: LogEntry): boolean {
  return entry.hash === hashOf(entry);
}

function hashOf({ log, seq, at, value, prev }: Omit<LogEntry, 'hash'>): string {
  return hash('sha256', canonicalJson({ log, seq, at, value, prev }));
}
