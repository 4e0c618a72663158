import { X } from 'lucide';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { Moment } from '../time/moment.ts';
import { NO_MOMENT } from '../time/moment.ts';
import { words } from '../words/words.ts';
import type { AuditSearch } from './audit-search.ts';
import { NO_SEARCH } from './audit-search.ts';
import type { AuditEntry } from './audit-words.ts';
import { readEntry } from './audit-words.ts';

/** What narrows the list now; each condition goes at a touch. `first` tells what one thing is called. */
export function AuditConditions(props: {
  readonly search: AuditSearch;
  readonly first: AuditEntry | undefined;
  readonly onChange: (search: AuditSearch) => void;
}) {
  const { search, first, onChange } = props;
  const w = words.value.audit.find;
  const conditions = conditionsOf(search, first);
  if (conditions.length === 0) return null;
  return (
    <ul class="conditions">
      {conditions.map(({ said, without }) => (
        <li key={said}>
          <button
            type="button"
            class="condition"
            aria-label={w.without(said)}
            onClick={() => onChange({ ...search, ...without })}
          >
            <span>{said}</span>
            <Icon of={X} />
          </button>
        </li>
      ))}
      <li>
        <Button look="quiet" onPress={() => onChange(NO_SEARCH)}>
          {w.clear}
        </Button>
      </li>
    </ul>
  );
}

interface Condition {
  readonly said: string;
  readonly without: Partial<AuditSearch>;
}

function conditionsOf(search: AuditSearch, first: AuditEntry | undefined): Condition[] {
  const w = words.value.audit.find;
  const named = (['person', 'record', 'screen'] as const).flatMap((field) => {
    const value = search[field].trim();
    return value === '' ? [] : [{ said: w.is(w[field], value), without: { [field]: '' } }];
  });
  const timed = (['from', 'until'] as const).flatMap((field) => {
    const value = saidOf(search[field]);
    return value === '' ? [] : [{ said: w.is(w[field], value), without: { [field]: NO_MOMENT } }];
  });
  const about =
    search.about === null ? [] : [{ said: thingOf(search, first), without: { about: null } }];
  return [...about, ...named, ...timed];
}

/** The thing whose history this is, in the words of its own entries. */
function thingOf({ about }: AuditSearch, first: AuditEntry | undefined): string {
  if (first?.subject === about && first !== undefined) return readEntry(first, words.value).subject;
  return words.value.audit.find.onlyThis;
}

const saidOf = ({ date, time }: Moment): string => `${date} ${time}`.trim();
