import { dayAt, formatDate } from '../../shared/domain/civil.ts';
import { boardProfiles } from '../../shared/domain/profile.ts';
import { present } from '../../shared/kit/assert.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { withKind } from '../../shared/records/registry.ts';
import type { Rendered } from '../../shared/records/render.ts';
import { render } from '../../shared/records/render.ts';
import { digest } from '../trust/digest.ts';
import { tablesAt } from './hall-calendar.ts';
import { initials } from './initials.ts';
import type { Collections, RecordDocument } from './stored.ts';
import { HALL } from './stored.ts';

/**
 * A record as every screen would show it if it were approved at `t`. What a reviewer saw yesterday
 * names another day of publication than the same text today, and so has another seal.
 */
export function renderRecord(
  collections: Pick<Collections, 'halls'>,
  record: string,
  { body, version, publishedOn }: Pick<RecordDocument, 'body' | 'version' | 'publishedOn'>,
  t: number,
): Promise<Result<Rendered, 'too-long-for-board'>> {
  const { zone } = tablesAt(present(collections.halls.get(HALL), 'hall').value.zone, t);
  return withKind(body, (kind, fields) =>
    render(kind, fields, {
      record: id(isRecordId, record),
      version,
      setting: { zone, publishedOn: publishedOn ?? today(collections, t) },
      profiles: Object.values(boardProfiles),
      digest,
      initials,
    }),
  );
}

/** The hall's date at `t`, `YYYY-MM-DD`. */
export function today(collections: Pick<Collections, 'halls'>, t: number): string {
  const { zone } = tablesAt(present(collections.halls.get(HALL), 'hall').value.zone, t);
  return formatDate(dayAt(zone, t));
}
