import { useTouch } from '../context.ts';
import { WAYS } from '../parts/looks.ts';
import { Page } from '../parts/Page.tsx';
import { RecordRow } from '../parts/RecordRow.tsx';
import { Tile } from '../parts/Tile.tsx';
import { OfficeLine } from '../parts/OfficeLine.tsx';

/** Seven choices at most: the ways that lead somewhere, and what is newest. */
const LATEST = 3;
/** In the lower half of the glass large type leaves room for fewer. */
const LATEST_LOW = { standard: 3, large: 2, largest: 1 };

export function Home() {
  const { visit, glass, catalogue, words, layout } = useTouch();
  const { home } = words.value;
  const { kinds, hasIssuers, hasLetters } = catalogue.value;
  const items = glass.items.value;
  const isLow =
    visit.low.value && layout.value.reachMm !== undefined && layout.value.form !== 'wide';
  const latest = items.slice(0, isLow ? LATEST_LOW[visit.type.value] : LATEST);
  if (items.length === 0) return <EmptyHome />;
  return (
    <Page kind="home" title={home.title} aside={<OfficeLine />}>
      <div class="tiles">
        {kinds.length > 0 && (
          <Tile
            look={WAYS.open}
            label={home.open}
            hint={home.openHint}
            onPress={() => visit.go({ page: 'open' })}
          />
        )}
        {hasIssuers && (
          <Tile
            look={WAYS.issuers}
            label={home.issuers}
            hint={home.issuersHint}
            onPress={() => visit.go({ page: 'issuers', letter: undefined, number: 0 })}
          />
        )}
        <Tile
          look={WAYS.search}
          label={home.search}
          hint={home.searchHint}
          onPress={() => visit.go({ page: 'search' })}
        />
        {hasLetters && (
          <Tile
            look={WAYS.letters}
            label={home.letters}
            hint={home.lettersHint}
            onPress={() => visit.go({ page: 'letters' })}
          />
        )}
      </div>
      <section class="latest" aria-labelledby="latest">
        <h2 id="latest">{home.latest}</h2>
        <ul class="rows">
          {latest.map((shown) => (
            <RecordRow key={shown.item.record} shown={shown} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

function EmptyHome() {
  const { words } = useTouch();
  return (
    <Page kind="empty" title={words.value.records.empty} aside={<OfficeLine />}>
      <p class="lead">{words.value.desk.none}</p>
    </Page>
  );
}
