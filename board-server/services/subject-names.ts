import type { Store } from '../store/store.ts';
import type { SubjectNames } from './audit.ts';
import type { People } from './people.ts';
import { openCollections } from './stored.ts';

/** What the subject of an audit entry is called now; empty for what is gone or needs no name. */
export function createSubjectNames(store: Store, people: Pick<People, 'find'>): SubjectNames {
  const { records, slots, screens } = openCollections(store);
  const titleOf = (record: string): string => records.get(record)?.value.body.fields.title ?? '';
  return ({ subject, detail }) => {
    const [kind, id = ''] = subject.split(':');
    if (kind === 'record') return titleOf(id);
    // A slot is called what it shows; when it is gone, its entry still says which record that was.
    if (kind === 'slot') return titleOf(slots.get(id)?.value.record ?? detail);
    if (kind === 'screen') return screens.get(id)?.value.name ?? '';
    return kind === 'person' ? (people.find(id)?.name ?? '') : '';
  };
}
