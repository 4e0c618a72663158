import type { OutputOf } from '../../shared/protocol/routes.ts';
import { shortFingerprint } from '../screens/fingerprint.ts';
import type { Words } from '../words/zh.ts';

export type AuditEntry = OutputOf<'audit'>['entries'][number];

/** One entry of the log as people read it: ids and codes become names, or go. */
export function readEntry(entry: AuditEntry, w: Words) {
  return {
    by: entry.by.id === 'system' ? w.audit.system : entry.by.name,
    action: actionOf(entry.action, w),
    subject: subjectOf(entry, w),
    detail: detailOf(entry, w),
  };
}

function actionOf(action: string, { audit }: Words): string {
  return lookUp(audit.actions, action) ?? audit.otherAction;
}

function subjectOf({ subject, name }: AuditEntry, { audit }: Words): string {
  const [kind = '', which = ''] = subject.split(':');
  if (kind === 'account' && which === 'unknown') return audit.unknownAccount;
  const word = lookUp(audit.subjects, kind) ?? audit.otherSubject;
  return name === '' ? word : audit.named(word, name);
}

function detailOf({ action, detail, name }: AuditEntry, w: Words): string {
  const { audit } = w;
  const [first = '', ...rest] = detail.split(' ');
  switch (action) {
    case 'record.approve':
      return join(audit.version(first), fingerprintOf(rest[0], w));
    case 'record.withdraw':
    case 'record.withdraw-reason':
      return join(audit.version(first), rest.join(' '));
    case 'record.damage':
      return audit.version(detail);
    case 'screen.export':
      return audit.published(detail);
    case 'channel.publish':
      return join(audit.published(first), reasonOf(rest[0] ?? '', w));
    case 'person.create':
      return join(first.replace(/:$/, ''), rest.map((role) => roleOf(role, w)).join(w.list));
    case 'person.edit':
      return join(
        first
          .split(',')
          .map((role) => roleOf(role, w))
          .join(w.list),
        rest.join(' '),
      );
    case 'password.reset':
      return detail === 'unlocked' ? audit.unlocked : '';
    case 'account.lock':
    case 'session.begin':
    case 'session.refuse':
      return detail === '' ? '' : audit.from(detail);
    case 'screen.pair':
    case 'screen.refuse':
    case 'screen.revoke':
      return fingerprintOf(detail, w);
    case 'epoch.raise':
      return ''; // A number that means something to programs alone.
    case 'slot.put':
    case 'slot.remove':
    case 'slot.interrupt':
      return ''; // The record's id: its title is the subject's name.
    default:
      return detail === name ? '' : detail;
  }
}

function reasonOf(reason: string, { audit }: Words): string {
  return lookUp(audit.reasons, reason) ?? lookUp(audit.actions, reason) ?? '';
}

function roleOf(role: string, { settings }: Words): string {
  return lookUp(settings.roleNames, role) ?? role;
}

function fingerprintOf(hex: string | undefined, { audit }: Words): string {
  return hex === undefined || hex === '' ? '' : audit.fingerprint(shortFingerprint(hex));
}

const join = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' · ');

/** A word of a closed list, for a name that came from outside it. */
function lookUp(words: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
