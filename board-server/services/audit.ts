import * as z from 'zod/mini';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { AuditAction, AuditSubject } from '../../shared/protocol/audit.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import { personRef } from '../../shared/protocol/records.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Handlers } from '../routes/handlers.ts';
import type { LogEntry, Store } from '../store/store.ts';
import type { AuditIndex, Wanted } from './audit-index.ts';

/** Who did what to which thing; `seq`, time and the hash chain are the store's. */
export interface AuditEvent {
  readonly by: PersonRef;
  /** What happened, such as `record.approve`: put into words where it is read. */
  readonly action: AuditAction;
  /** What it happened to, such as `record:2024-water`. */
  readonly subject: AuditSubject | `${AuditSubject}:${string}`;
  readonly detail?: string;
}

/** The log's name in the store. */
export const AUDIT = 'audit';
const PAGE_ENTRIES = 100;

/** What the server did of itself, or for someone whom it does not know. */
export const SYSTEM: PersonRef = { id: 'system', name: '系统', post: '' };

/**
 * [ST2] The audit entry of a change, for the `appends` of the same commit. Long text is cut to what
 * the audit view carries.
 */
export function audited({ by, action, subject, detail = '' }: AuditEvent) {
  return {
    log: AUDIT,
    value: { by: { ...by }, action, subject: cut(subject, 120), detail: cut(detail, 400) },
  };
}

/** Where the chain stands, for leases: screens witness it. */
export function auditHead(store: Store): string {
  return store.head(AUDIT).hash;
}

/** `nameOf` says what an entry's subject is called now: an id tells a reader nothing. */
export function createAuditHandlers(
  store: Store,
  index: AuditIndex,
  nameOf: SubjectNames,
): Pick<Handlers, 'audit'> {
  return {
    async audit(_context, { before = Infinity, ...wanted }) {
      const page = await (Object.keys(wanted).length === 0
        ? newest(store, before)
        : found(store, index, wanted, before));
      return accepted({
        ...page,
        entries: page.entries.map((entry) => ({ ...entry, name: nameOf(entry) })),
      });
    },
  };
}

export type AuditEntry = Omit<OutputOf<'audit'>['entries'][number], 'name'>;
export type SubjectNames = (entry: Pick<AuditEntry, 'subject' | 'detail'>) => string;

const event = z.object({
  by: personRef,
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
});

interface PageOfAudit {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
  readonly total: number;
}

/** One page of entries older than `before`, whatever they say. A page may be short after damage. */
async function newest(store: Store, before: number): Promise<PageOfAudit> {
  const total = store.head(AUDIT).seq;
  const until = Math.min(before, total + 1);
  const from = Math.max(1, until - PAGE_ENTRIES);
  const read = until > 1 ? await store.read(AUDIT, { from, limit: PAGE_ENTRIES }) : [];
  const entries = read.filter(({ seq }) => seq < until).map(viewOf);
  return { entries: entries.reverse(), next: from > 1 ? from : null, total };
}

async function found(
  store: Store,
  index: AuditIndex,
  wanted: Wanted,
  before: number,
): Promise<PageOfAudit> {
  const { seqs, total } = await index.find(wanted, { before, limit: PAGE_ENTRIES + 1 });
  const page = seqs.slice(0, PAGE_ENTRIES);
  const entries: AuditEntry[] = [];
  for (const { from, limit } of runsOf(page)) {
    const read = await store.read(AUDIT, { from, limit });
    entries.push(...read.filter(({ seq }) => page.includes(seq)).map(viewOf));
  }
  entries.sort((a, b) => b.seq - a.seq);
  return { entries, next: seqs.length > page.length ? (page.at(-1) ?? null) : null, total };
}

/** Entries that lie close together are read together. `seqs` fall. */
function runsOf(seqs: readonly number[]): { from: number; limit: number }[] {
  const runs: { from: number; limit: number }[] = [];
  for (const seq of seqs) {
    const run = runs.at(-1);
    if (run !== undefined && run.from - seq <= CLOSE) {
      run.limit += run.from - seq;
      run.from = seq;
    } else runs.push({ from: seq, limit: 1 });
  }
  return runs;
}

/** Opening a file again costs about as much as reading this many entries of it. */
const CLOSE = 50;

function viewOf({ seq, at, hash, value }: LogEntry): AuditEntry {
  return { ...event.parse(value), seq, at, hash: id(isSha256, hash) };
}

function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
