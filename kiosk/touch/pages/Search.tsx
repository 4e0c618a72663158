import { useEffect, useState } from 'preact/hooks';
import { useTouch } from '../context.ts';
import type { Shown } from '../model/visible-items.ts';
import { hitsPerPage } from '../model/layout.ts';
import { WAYS } from '../parts/looks.ts';
import { Keyboard } from '../parts/Keyboard.tsx';
import { Page } from '../parts/Page.tsx';
import { Pager } from '../parts/Pager.tsx';
import { RecordRow } from '../parts/RecordRow.tsx';
import { Tile } from '../parts/Tile.tsx';
import { press } from '../search/keys.ts';
import { locate, locateInitials } from '../search/locate.ts';
import type { Found, Hit } from '../search/messages.ts';

/** 搜一搜: every key narrows what is found; nothing has to be sent off. [SC8] */
export function SearchPage() {
  const { visit, search, words, layout } = useTouch();
  const own = words.value.search;
  const query = visit.query.value;
  const isPhone =
    layout.value.form === 'narrow' &&
    !layout.value.isGlass &&
    matchMedia('(pointer: coarse)').matches;
  useEffect(() => search.restart(), [search]);
  return (
    <Page kind="search" title={own.title}>
      <div class="search">
        <div class="search-found">
          <input
            class="search-input"
            type="text"
            aria-label={own.input}
            placeholder={own.placeholder}
            value={query}
            onInput={({ currentTarget }) => {
              visit.query.value = currentTarget.value;
            }}
            // The glass has a keyboard of its own; a phone brings one that writes Chinese.
            inputMode={isPhone ? 'search' : 'none'}
            autocomplete="off"
            spellcheck={false}
            maxLength={40}
          />
          <Results query={query.trim()} />
        </div>
        {!isPhone && (
          <Keyboard
            onKey={(key) => {
              // The newest, not the one drawn: keys may come faster than pictures.
              visit.query.value = press(visit.query.peek(), key);
            }}
          />
        )}
      </div>
    </Page>
  );
}

/** Six candidates a page; fewer where the lower half of the glass must hold the keyboard too. */
function Results({ query }: { readonly query: string }) {
  const { visit, glass, search, words, layout } = useTouch();
  const own = words.value.search;
  const [page, setPage] = useState({ query, number: 0 });
  const [found, setFound] = useState<Found>();
  const number = page.query === query ? page.number : 0;
  const size = hitsPerPage(layout.value, visit.type.value, visit.low.value);
  const items = glass.items.value;
  const state = search.state.value;
  const revision = search.revision.value;
  useEffect(() => {
    if (query === '' || state !== 'ready') return setFound(undefined);
    void search.find(query, number * size, size).then((answer) => {
      if (answer !== undefined) setFound(answer);
    });
  }, [search, query, number, size, state, revision]);

  if (state === 'failed') return <OtherWays text={own.failed} />;
  if (query === '') return <p class="search-hint">{own.hint}</p>;
  if (found === undefined)
    return <p class="search-hint">{state === 'preparing' ? own.preparing : ''}</p>;
  if (found.total === 0) return <OtherWays text={own.none(found.query)} next={own.noneNext} />;
  return (
    <>
      <output class="search-count">{own.found(found.total)}</output>
      <ul class="rows rows-slim">
        {found.hits.map((hit) => (
          <HitRow key={hit.key} hit={hit} query={found.query} items={items} />
        ))}
      </ul>
      <Pager
        number={number}
        count={Math.ceil(found.total / size)}
        onTurn={(to) => setPage({ query, number: to })}
      />
    </>
  );
}

interface HitRowProps {
  readonly hit: Hit;
  readonly query: string;
  readonly items: readonly Shown[];
}

function HitRow({ hit, query, items }: HitRowProps) {
  const shown = items.find(({ item }) => item.record === hit.key);
  if (shown === undefined) return null;
  const { title } = shown.item.listing;
  const range = locate(title, query) ?? locateInitials(title, shown.entry?.initials ?? '', query);
  return (
    <RecordRow
      shown={shown}
      range={range}
      excerpt={range === undefined ? hit.excerpt : undefined}
    />
  );
}

function OtherWays({ text, next }: { readonly text: string; readonly next?: string }) {
  const { visit, catalogue, words } = useTouch();
  const { home } = words.value;
  return (
    <div class="search-none">
      <output>{text}</output>
      {next !== undefined && <p class="soft">{next}</p>}
      <div class="tiles tiles-slim">
        {catalogue.value.kinds.length > 0 && (
          <Tile look={WAYS.open} label={home.open} onPress={() => visit.go({ page: 'open' })} />
        )}
        {catalogue.value.hasIssuers && (
          <Tile
            look={WAYS.issuers}
            label={home.issuers}
            onPress={() => visit.go({ page: 'issuers', letter: undefined, number: 0 })}
          />
        )}
      </div>
    </div>
  );
}
