import { useEffect, useState } from 'preact/hooks';
import { Plus } from 'lucide';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pager } from '../parts/Pager.tsx';
import { may, onlyOwnDepartment } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';
import { RecordRow } from './RecordRow.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';

const FILTERS = ['draft', 'submitted', 'returned', 'published', 'expired', 'withdrawn'] as const;
type Filter = (typeof FILTERS)[number];

/** Every record a person may read: searched, filtered by state, a page at a time. */
export function ContentPage() {
  const [filter, setFilter] = useState<Filter | null>(null);
  const [search, setSearch] = useState('');
  /** Where each page seen so far began; the last one is shown. */
  const [starts, setStarts] = useState<readonly string[]>([]);
  useEffect(() => setStarts([]), [filter, search]);
  const records = useResource('records', inputOf(search, filter, starts.at(-1)), ['records']);
  const w = words.value;
  const wants = search !== '' || filter !== null;
  const clear = () => {
    setFilter(null);
    setSearch('');
  };
  return (
    <section class="page">
      <header class="page-head">
        <h1>{w.content.title}</h1>
        {may('record.create') && <NewRecord />}
      </header>
      <div class="finder">
        <SearchBox label={w.content.search} onSearch={setSearch} value={search} />
        <StateTabs chosen={filter} onChoose={setFilter} />
      </div>
      <Await of={records}>
        {({ records: rows, next, total }) =>
          rows.length === 0 ? (
            <Empty>
              <p>
                {wants
                  ? w.content.noMatch
                  : onlyOwnDepartment('record.read')
                    ? w.content.emptyOwn
                    : w.content.empty}
              </p>
              {wants && <Button onPress={clear}>{w.content.clear}</Button>}
            </Empty>
          ) : (
            <>
              <ol class="rows">
                {rows.map((record) => (
                  <RecordRow key={record.id} record={record} />
                ))}
              </ol>
              <Pager
                total={w.content.total(total)}
                next={next}
                starts={starts}
                onStarts={setStarts}
              />
            </>
          )
        }
      </Await>
    </section>
  );
}

function StateTabs(props: {
  readonly chosen: Filter | null;
  readonly onChoose: (filter: Filter | null) => void;
}) {
  const w = words.value.content;
  return (
    <fieldset class="tabs" aria-label={w.filter}>
      {[null, ...FILTERS].map((each) => (
        <button
          key={each}
          type="button"
          class="tab"
          aria-pressed={props.chosen === each}
          onClick={() => props.onChoose(each)}
        >
          {each === null ? w.all : w.states[each]}
        </button>
      ))}
    </fieldset>
  );
}

function NewRecord() {
  const w = words.value.content;
  return (
    <span class="page-actions">
      <a class="button button-plain" href={addressOf({ page: 'new', kind: 'policy-document' })}>
        <Icon of={Plus} />
        <span>{w.newDocument}</span>
      </a>
      <a class="button button-primary" href={addressOf({ page: 'new', kind: 'notice' })}>
        <Icon of={Plus} />
        <span>{w.newNotice}</span>
      </a>
    </span>
  );
}

function inputOf(
  search: string,
  state: Filter | null,
  after: string | undefined,
): InputOf<'records'> {
  return {
    ...(search === '' ? {} : { search }),
    ...(state === null ? {} : { state }),
    ...(after === undefined ? {} : { after }),
  };
}
