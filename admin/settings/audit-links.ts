import { isRecordId } from '../../shared/kit/ids.ts';
import type { Place } from '../shell/place.ts';
import type { AuditEntry } from './audit-words.ts';

/** Where what an entry is about can be looked at; undefined where there is nothing to open. */
export function placeOfSubject({ subject, detail, name }: AuditEntry): Place | undefined {
  const [kind, id = ''] = subject.split(':');
  if (name === '') return undefined; // Nothing is known of it any more.
  const record = kind === 'slot' ? detail : id; // A slot's entry says which record it shows.
  if (kind === 'record' || kind === 'slot')
    return isRecordId(record) ? { page: 'record', id: record, editing: false } : undefined;
  if (kind === 'screen') return { page: 'screens' };
  return kind === 'person' ? { page: 'settings', tab: 'people' } : undefined;
}
