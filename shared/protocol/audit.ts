/** Everything that the audit log can say was done. Only ever added to: logs are kept for years. */
export const AUDIT_ACTIONS = [
  'account.lock',
  'channel.publish',
  'clock.confirm',
  'hall.close-early',
  'hall.create',
  'hall.duty',
  'hall.edit',
  'hall.reopen',
  'password.change',
  'password.reset',
  'person.create',
  'record.approve',
  'record.create',
  'record.damage',
  'record.edit',
  'record.merge',
  'record.return',
  'record.submit',
  'record.withdraw',
  'record.withdraw-reason',
  'screen.pair',
  'screen.put',
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
