import { useEffect, useState } from 'preact/hooks';
import { Plus, Search } from 'lucide';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { may, onlyOwnDepartment } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';
import { RecordRow } from './RecordRow.tsx';

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
  return (
    <section class="page">
      <header class="page-head">
        <h1>{w.content.title}</h1>
        {may('record.create') && <NewRecord />}
      </header>
      <div class="finder">
        <SearchBox onSearch={setSearch} value={search} />
        <div class="tabs" role="group" aria-label={w.content.filter}>
          {[null, ...FILTERS].map((each) => (
            <button
              key={each}
              type="button"
              class="tab"
              aria-pressed={filter === each}
              onClick={() => setFilter(each)}
            >
              {each === null ? w.content.all : w.content.states[each]}
            </button>
          ))}
        </div>
      </div>
      <Await of={records}>
        {({ records: rows, next, total }) =>
          rows.length === 0 ? (
            <Empty>
              <p>{wants ? w.content.noMatch : onlyOwnDepartment('record.read') ? w.content.emptyOwn : w.content.empty}</p>
              {wants && (
                <Button
                  onPress={() => {
                    setFilter(null);
                    setSearch('');
                  }}
                >
                  {w.content.clear}
                </Button>
              )}
            </Empty>
          ) : (
            <>
              <ol class="rows">
                {rows.map((record) => (
                  <RecordRow key={record.id} record={record} />
                ))}
              </ol>
              <footer class="pager">
                <span>{w.content.total(total)}</span>
                <span class="pager-steps">
                  <Button disabled={starts.length === 0} onPress={() => setStarts(starts.slice(0, -1))}>
                    {w.common.previous}
                  </Button>
                  <Button disabled={next === null} onPress={() => next !== null && setStarts([...starts, next])}>
                    {w.common.next}
                  </Button>
                </span>
              </footer>
            </>
          )
        }
      </Await>
    </section>
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

function SearchBox({ value, onSearch }: { readonly value: string; readonly onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const w = words.value.content;
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <Icon of={Search} />
      <input
        class="input"
        type="search"
        aria-label={w.search}
        placeholder={w.search}
        maxLength={100}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === '') onSearch('');
        }}
      />
      <Button submit>{w.searchButton}</Button>
    </form>
  );
}

function inputOf(search: string, state: Filter | null, after: string | undefined): InputOf<'records'> {
  return {
    ...(search === '' ? {} : { search }),
    ...(state === null ? {} : { state }),
    ...(after === undefined ? {} : { after }),
  };
}
