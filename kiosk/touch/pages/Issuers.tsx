import { CaseUpper } from 'lucide';
import { useTouch } from '../context.ts';
import { rowsPerPage } from '../model/layout.ts';
import { pageOf } from '../model/paging.ts';
import type { Route } from '../model/route.ts';
import { Icon } from '../parts/Icon.tsx';
import { WAYS } from '../parts/looks.ts';
import { Page } from '../parts/Page.tsx';
import { Pager } from '../parts/Pager.tsx';
import { Press } from '../parts/Press.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TILE_MM } from './Open.tsx';

/** 找哪个部门: the units that have made something public, by pinyin. */
export function Issuers({ route }: { readonly route: Extract<Route, { page: 'issuers' }> }) {
  const { visit, catalogue, words, layout } = useTouch();
  const { letter } = route;
  const all = catalogue.value.issuers;
  const issuers = letter === undefined ? all : all.filter((issuer) => issuer.letter === letter);
  const size = rowsPerPage(
    layout.value,
    visit.type.value,
    visit.low.value,
    TILE_MM[visit.type.value],
  );
  const { entries, number, count } = pageOf(issuers, size, route.number);
  const { issuers: own, count: records } = words.value;
  return (
    <Page kind="tiles" title={letter === undefined ? own.title : own.of(letter)}>
      <div class="tiles tiles-slim">
        {entries.map(({ name, count: published }) => (
          <Tile
            key={name}
            look={WAYS.issuers}
            label={name}
            labelLang="zh-CN"
            hint={records(published)}
            onPress={() =>
              visit.go({ page: 'list', of: { by: 'issuer', issuer: name }, number: 0 })
            }
          />
        ))}
      </div>
      <div class="page-foot">
        {letter === undefined && count > 1 && all.some((issuer) => issuer.letter !== undefined) && (
          <Press class="button" onPress={() => visit.go({ page: 'letters' })}>
            <Icon of={CaseUpper} />
            {own.byLetter}
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

/** 按拼音字母: only the letters with which some unit's name begins. */
export function Letters() {
  const { visit, catalogue, words } = useTouch();
  const letters = new Set(catalogue.value.issuers.flatMap(({ letter }) => letter ?? []));
  return (
    <Page kind="letters" title={words.value.issuers.letters}>
      <div class="letters">
        {[...letters].sort().map((letter) => (
          <Press
            key={letter}
            class="letter hue-plum"
            onPress={() => visit.go({ page: 'issuers', letter, number: 0 })}
          >
            {letter}
          </Press>
        ))}
      </div>
    </Page>
  );
}
