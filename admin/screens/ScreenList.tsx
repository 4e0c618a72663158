import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { InputOf, OutputOf, ScreenGroup, ScreenView } from '../../shared/protocol/routes.ts';
import { Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Pager } from '../parts/Pager.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { words } from '../words/words.ts';
import { GroupTabs } from './GroupTabs.tsx';
import { ScreenCard } from './ScreenCard.tsx';
import { ScreenRow } from './ScreenRow.tsx';
import type { ScreenEntry } from './screen-entry.ts';

/** Which screens are looked at. */
export interface Sought {
  readonly search: string;
  readonly group: ScreenGroup | null;
  /** Where each page seen so far began; the last one is shown. */
  readonly starts: readonly string[];
}

export const EVERY_SCREEN: Sought = { search: '', group: null, starts: [] };

/** So many pictures can be taken in at a glance; beyond that people search and filter. */
const CARDS_MAX = 30;

interface ListProps {
  readonly page: OutputOf<'screens'>;
  readonly sought: Sought;
  readonly onSeek: (sought: Sought) => void;
  readonly onChanged: () => void;
  readonly onEdit: (screen: ScreenView) => void;
}

/** Cards for a hall of few screens, and for more a list with search, groups and pages. */
export function ScreenList(props: ListProps) {
  const { page, sought } = props;
  const isWhole = sought.search === '' && sought.group === null;
  if (!isWhole || page.counts.all >= CARDS_MAX) return <LongList {...props} />;
  return (
    <ul class="screens">
      {page.screens.map((screen) => (
        <ScreenCard key={screen.id} {...entryOf(screen, props)} />
      ))}
    </ul>
  );
}

function LongList(props: ListProps) {
  const { page, sought, onSeek } = props;
  const { group, search } = sought;
  const w = words.value.screens;
  return (
    <>
      <div class="finder">
        <SearchBox
          label={w.search}
          value={search}
          onSearch={(text) => onSeek({ search: text, group, starts: [] })}
        />
        <GroupTabs
          chosen={group}
          counts={page.counts}
          onChoose={(chosen) => onSeek({ search, group: chosen, starts: [] })}
        />
      </div>
      {page.screens.length > 0 && <Rows {...props} />}
      {page.screens.length === 0 && (
        <Empty>
          <p>{w.noMatch}</p>
          <Button onPress={() => onSeek(EVERY_SCREEN)}>{w.clear}</Button>
        </Empty>
      )}
    </>
  );
}

function Rows(props: ListProps) {
  const { page, sought, onSeek } = props;
  return (
    <>
      <ul class="rows">
        {page.screens.map((screen) => (
          <ScreenRow key={screen.id} {...entryOf(screen, props)} />
        ))}
      </ul>
      <Pager
        total={words.value.screens.total(page.counts[sought.group ?? 'all'])}
        next={page.next}
        starts={sought.starts}
        onStarts={(starts) => onSeek({ ...sought, starts })}
      />
    </>
  );
}

function entryOf(screen: ScreenView, { page, onChanged, onEdit }: ListProps): ScreenEntry {
  return { screen, root: page.rootFingerprint, onChanged, onEdit: () => onEdit(screen) };
}

export function inputOf({ search, group, starts }: Sought): InputOf<'screens'> {
  const after = starts.at(-1);
  return {
    ...(search === '' ? {} : { search }),
    ...(group === null ? {} : { group }),
    ...(after === undefined ? {} : { after: id(isScreenId, after) }),
  };
}
