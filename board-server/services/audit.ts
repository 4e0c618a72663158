import * as z from 'zod/mini';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { AuditAction, AuditSubject } from '../../shared/protocol/audit.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import { personRef } from '../../shared/protocol/records.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Handlers } from '../routes/handlers.ts';
import type { LogEntry, Store } from '../store/store.ts';

/** Who did what to which thing; `seq`, time and the hash chain are the store's. */
export interface AuditEvent {
  readonly by: PersonRef;
  /** What happened, such as `record.approve`: put into words where it is read. */
  readonly action: AuditAction;
  /** What it happened to, such as `record:2024-water`. */
  readonly subject: AuditSubject | `${AuditSubject}:${string}`;
  readonly detail?: string;
}

const LOG = 'audit';
const PAGE_ENTRIES = 100;
const READ_ENTRIES = 500;

/** What the server did of itself, or for someone whom it does not know. */
export const SYSTEM: PersonRef = { id: 'system', name: '系统', post: '' };

/**
 * [ST2] The audit entry of a change, for the `appends` of the same commit. Long text is cut to what
 * the audit view carries.
 */
export function audited({ by, action, subject, detail = '' }: AuditEvent) {
  return {
    log: LOG,
    value: { by: { ...by }, action, subject: cut(subject, 120), detail: cut(detail, 400) },
  };
}

/** Where the chain stands, for leases: screens witness it. */
export function auditHead(store: Store): string {
  return store.head(LOG).hash;
}

/** `nameOf` says what an entry's subject is called now: an id tells a reader nothing. */
export function createAuditHandlers(store: Store, nameOf: SubjectNames): Pick<Handlers, 'audit'> {
  return {
    async audit(_context, { before, subject }) {
      const entries = await readNewestFirst(store, before, subject);
      return accepted({ entries: entries.map((entry) => ({ ...entry, name: nameOf(entry) })) });
    },
  };
}

export type AuditEntry = Omit<OutputOf<'audit'>['entries'][number], 'name'>;
export type SubjectNames = (entry: AuditEntry) => string;

const event = z.object({
  by: personRef,
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
});

/** One page of entries older than `before`, walking back until it is full or the log begins. */
async function readNewestFirst(
  store: Store,
  before = Infinity,
  subject: string | undefined,
): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  let until = Math.min(Math.ceil(before), store.head(LOG).seq + 1);
  while (until > 1 && found.length < PAGE_ENTRIES) {
    const from = Math.max(1, until - READ_ENTRIES);
    const entries = await store.read(LOG, { from, limit: until - from });
    const wanted = entries
      .filter(({ seq }) => seq < until)
      .map(viewOf)
      .filter((entry) => subject === undefined || entry.subject === subject);
    found.push(...wanted.reverse());
    until = from;
  }
  return found.slice(0, PAGE_ENTRIES);
}

function viewOf({ seq, at, hash, value }: LogEntry): AuditEntry {
  return { ...event.parse(value), seq, at, hash: id(isSha256, hash) };
}

function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
