import { useTouch } from '../context.ts';
import { rowsPerPage } from '../model/layout.ts';
import { pageOf } from '../model/paging.ts';
import type { Route } from '../model/route.ts';
import { lookOf } from '../parts/looks.ts';
import { Page } from '../parts/Page.tsx';
import { Pager } from '../parts/Pager.tsx';
import { Tile } from '../parts/Tile.tsx';

/** 看政府公开: the kinds of records there are. */
export function Open() {
  const { visit, catalogue, words } = useTouch();
  return (
    <Page kind="tiles" title={words.value.home.open}>
      <div class="tiles">
        {catalogue.value.kinds.map(({ kind, count }) => (
          <Tile
            key={kind}
            look={lookOf(kind)}
            label={words.value.kind(kind)}
            hint={words.value.count(count)}
            onPress={() => visit.go({ page: 'list', of: { by: 'kind', kind }, number: 0 })}
          />
        ))}
      </div>
    </Page>
  );
}

/** 按类别看: the categories within one kind, the fullest first. */
export function Categories({ route }: { readonly route: Extract<Route, { page: 'categories' }> }) {
  const { visit, catalogue, words, layout } = useTouch();
  const { kind } = route;
  const categories = catalogue.value.kinds.find((entry) => entry.kind === kind)?.categories ?? [];
  const size = rowsPerPage(
    layout.value,
    visit.type.value,
    visit.low.value,
    TILE_MM[visit.type.value],
  );
  const { entries, number, count } = pageOf(categories, size, route.number);
  return (
    <Page kind="tiles" title={words.value.kind(kind)}>
      <div class="tiles tiles-slim">
        {entries.map(({ category, count: records }) => (
          <Tile
            key={category}
            look={lookOf(kind)}
            label={category}
            labelLang="zh-CN"
            hint={words.value.count(records)}
            onPress={() =>
              visit.go({ page: 'list', of: { by: 'category', kind, category }, number: 0 })
            }
          />
        ))}
      </div>
      <Pager number={number} count={count} onTurn={(to) => visit.turn({ ...route, number: to })} />
    </Page>
  );
}

export const TILE_MM = { standard: 46, large: 54, largest: 64 };
