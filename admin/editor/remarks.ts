import type { Finding } from '../../shared/records/kind.ts';

/**
 * How much is said at the fields: nobody is scolded for a form they have just opened. Notes come
 * with the first save, what is missing once the person tries to submit.
 */
export type Strictness = 'nothing' | 'notes' | 'all';

export function remarksFor(
  findings: readonly Finding[],
  strictness: Strictness,
): (field: string) => readonly Finding[] {
  return (field) =>
    findings.filter((finding) => finding.field === field && isSaid(finding, strictness));
}

/** Whether something at one of these fields stands in the way, and is said. */
export function isBlocked(
  findings: readonly Finding[],
  strictness: Strictness,
  fields: readonly string[],
): boolean {
  return findings.some(
    (finding) =>
      fields.includes(finding.field) && finding.level === 'block' && isSaid(finding, strictness),
  );
}

function isSaid({ level }: Finding, strictness: Strictness): boolean {
  switch (strictness) {
    case 'nothing':
      return false;
    case 'notes':
      return level === 'note';
    case 'all':
      return true;
  }
}
