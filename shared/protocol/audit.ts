import * as z from 'zod/mini';
import { count, envelope, instant, sha256, text } from './scalars.ts';

/** Everything that the audit log can say was done. Only ever added to: logs are kept for years. */
export const AUDIT_ACTIONS = [
  'account.lock',
  'audit.export',
  'channel.publish',
  'clock.confirm',
  'epoch.raise',
  'hall.close-early',
  'hall.create',
  'hall.duty',
  'hall.edit',
  'hall.reopen',
  'password.change',
  'password.reset',
  'person.close',
  'person.create',
  'person.edit',
  'person.reopen',
  'record.approve',
  'record.create',
  'record.damage',
  'record.edit',
  'record.merge',
  'record.return',
  'record.submit',
  'record.withdraw',
  'record.withdraw-reason',
  'screen.export',
  'screen.pair',
  'screen.put',
  'screen.receipt',
  'screen.refuse',
  'screen.revoke',
  'session.begin',
  'session.end',
  'session.refuse',
  'slot.interrupt',
  'slot.put',
  'slot.remove',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What an entry can be about: the part of its subject before the colon. */
export const AUDIT_SUBJECTS = [
  'account',
  'channel',
  'hall',
  'person',
  'record',
  'screen',
  'server',
  'slot',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

/** Why something was published, besides the actions above. */
export const PUBLISH_REASONS = ['start', 'time'] as const;

/** An instant or none on either side: `[from, until)`. */
const period = z.strictObject({ from: z.nullable(instant), until: z.nullable(instant) });

/**
 * What an export says of itself. Signed by the lease role, whose leases carry the same chain's head,
 * under a type of its own.
 */
export const auditStatement = z.strictObject({
  v: z.literal(1),
  hall: text(40),
  signedAt: instant,
  /** SHA-256 over the canonical JSON of the header's `roles`. */
  roles: sha256,
  /** What was asked for; the entries are all from the first to the last that fell into it. */
  period,
  /** Number of the first entry, and the hash it follows. */
  first: z.strictObject({ seq: count, prev: sha256 }),
  /** Number and hash of the last entry; one before `first` when the period is empty. */
  last: z.strictObject({ seq: count, hash: sha256 }),
  /** Where the whole log stood at that moment. */
  head: z.strictObject({ seq: count, hash: sha256 }),
});
export type AuditStatement = z.infer<typeof auditStatement>;

/** The first line of an export: all that is needed to check the others, but for the root's fingerprint. */
export const auditHeader = z.strictObject({
  format: z.literal('openhall-audit'),
  v: z.literal(1),
  statement: envelope,
  /** Every roles statement, oldest first. */
  roles: z.array(envelope).check(z.maxLength(1000)),
});

/** Every other line of an export: an entry as the store keeps it. */
export const auditEntry = z.strictObject({
  log: z.literal('audit'),
  seq: count,
  at: z.number(),
  value: z.unknown(),
  prev: sha256,
  hash: sha256,
});
