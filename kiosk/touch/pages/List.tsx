import { Inbox, ListFilter } from 'lucide';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { TouchWords } from '../../words/touch-zh.ts';
import { useTouch } from '../context.ts';
import { select } from '../model/catalogue.ts';
import { rowsPerPage } from '../model/layout.ts';
import { pageOf } from '../model/paging.ts';
import type { Route, Selection } from '../model/route.ts';
import { Icon } from '../parts/Icon.tsx';
import { Page } from '../parts/Page.tsx';
import { Pager } from '../parts/Pager.tsx';
import { Press } from '../parts/Press.tsx';
import { RecordRow } from '../parts/RecordRow.tsx';

/** Records of one kind, category or issuer, newest first, in pages. */
export function List({ route }: { readonly route: Extract<Route, { page: 'list' }> }) {
  const { visit, glass, catalogue, words, layout } = useTouch();
  const { of } = route;
  const records = select(glass.items.value, of);
  const type = visit.type.value;
  const size = rowsPerPage(layout.value, type, visit.low.value, ROW_MM[type]);
  const { entries, number, count } = pageOf(records, size, route.number);
  const kind = of.by === 'kind' ? of.kind : undefined;
  const categories = catalogue.value.kinds.find((entry) => entry.kind === kind)?.categories ?? [];
  return (
    <Page
      kind="list"
      title={titleOf(of, words.value)}
      {...(of.by === 'kind' ? {} : { titleLang: 'zh-CN' as const })}
      aside={<p class="office">{words.value.count(records.length)}</p>}
    >
      {records.length === 0 && <Empty />}
      <ul class="rows">
        {entries.map((shown) => (
          <RecordRow key={shown.item.record} shown={shown} />
        ))}
      </ul>
      <div class="page-foot">
        {kind !== undefined && categories.length > 1 && (
          <Press class="button" onPress={() => visit.go({ page: 'categories', kind, number: 0 })}>
            <Icon of={ListFilter} />
            {words.value.records.byCategory}
          </Press>
        )}
        <Pager
          number={number}
          count={count}
          onTurn={(to) => visit.turn({ ...route, number: to })}
        />
      </div>
    </Page>
  );
}

const ROW_MM = { standard: 62, large: 86, largest: 112 };

function titleOf(of: Selection, words: TouchWords): string {
  switch (of.by) {
    case 'kind':
      return words.kind(of.kind);
    case 'category':
      return of.category;
    case 'issuer':
      return of.issuer;
    default:
      return unreachable(of);
  }
}

function Empty() {
  const { records } = useTouch().words.value;
  return (
    <div class="empty">
      <Icon of={Inbox} />
      <p>{records.empty}</p>
      <p class="soft">{records.emptyNext}</p>
    </div>
  );
}
