import { reportSaid } from '../services/kept-reports.ts';
import { isSigned } from '../services/reports.ts';
import type { Collections } from '../services/stored.ts';
import { documentPath } from '../store/document-file.ts';
import type { Finding } from './finding.ts';

/**
 * [TK3] The newest report of each screen against the key that is approved for it now. One of
 * another key says nothing about the screen any more; one of an earlier version was kept unsigned.
 */
export async function verifyReports({
  screens,
  reportShards,
}: Pick<Collections, 'screens' | 'reportShards'>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { id, value } of reportShards.list()) {
    const file = `store/documents/${documentPath({ collection: 'report-shards', id })}`;
    for (const [screen, kept] of Object.entries(value.reports)) {
      const key = screens.get(screen)?.value.key;
      if (!key || key.fingerprint !== kept.fingerprint || 'report' in kept) continue;
      const isItsOwn = (await isSigned(key, kept)) && reportSaid(kept.payload)?.screen === screen;
      if (!isItsOwn) findings.push({ kind: 'report', file, detail: screen });
    }
  }
  return findings;
}
