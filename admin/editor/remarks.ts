import type { Finding } from '../../shared/records/kind.ts';

/**
 * Findings by field. Notes are always shown; what is missing is shown once the person has saved or
 * tried to submit: nobody is scolded for a form they have just opened.
 */
export function remarksFor(findings: readonly Finding[], strict: boolean): (field: string) => readonly Finding[] {
  return (field) =>
    findings.filter((finding) => finding.field === field && (strict || finding.level === 'note'));
}

/** Whether any finding to be shown is at one of these fields. */
export function anyAt(findings: readonly Finding[], strict: boolean, fields: readonly string[]): boolean {
  return findings.some(
    ({ field, level }) => fields.includes(field) && (strict || level === 'note') && level === 'block',
  );
}
