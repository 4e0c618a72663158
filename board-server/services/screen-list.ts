import type { ScreenId } from '../../shared/kit/ids.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { lowest } from '../../shared/kit/lowest.ts';
import type { InputOf, ScreenCounts } from '../../shared/protocol/routes.ts';
import { foldForSearch } from '../../shared/records/search.ts';
import { initials } from './initials.ts';
import type { IndexView, Standing } from './screen-index.ts';
import { count, noScreens } from './screen-index.ts';
import type { Collections, ScreenDocument } from './stored.ts';

/** Two screenfuls, so that a page stands a tenth of a second after it was asked for. */
const PAGE_SCREENS = 30;

export interface ScreenPage {
  readonly ids: readonly ScreenId[];
  /** The id after which the next page begins; null on the last. */
  readonly next: ScreenId | null;
  readonly counts: ScreenCounts;
}

/**
 * One page of screens by id, which no news reorders: whoever turns pages while screens come and go
 * meets each once. Without a search, only what is on the page is looked at.
 */
export function pageOfScreens(
  screens: Collections['screens'],
  index: IndexView,
  { search, group, kind, after }: InputOf<'screens'>,
): ScreenPage {
  const words = foldForSearch((search ?? '').trim());
  const isSought = (screen: string): boolean => {
    const value = screens.get(screen)?.value;
    return (
      value !== undefined &&
      (kind === undefined || value.device.kind === kind) &&
      (words === '' || namesOf(screen, value).includes(words))
    );
  };
  const all = words === '' && kind === undefined;
  const found = all ? index.ids : index.ids.filter(isSought);
  const ids: ScreenId[] = [];
  for (
    let at =
      after === undefined ? 0 : lowest(found.length, (index) => (found[index] ?? '') > after);
    at < found.length;
    at += 1
  ) {
    const screen = found[at];
    const standing = screen === undefined ? undefined : index.standing(screen);
    if (screen === undefined || standing === undefined || !isIn(group, standing)) continue;
    // One more than a page tells that there is another.
    if (ids.push(id(isScreenId, screen)) > PAGE_SCREENS) break;
  }
  const page = ids.slice(0, PAGE_SCREENS);
  return {
    ids: page,
    next: ids.length > page.length ? (page.at(-1) ?? null) : null,
    counts: all ? index.counts : countsOf(found, index),
  };
}

function isIn(group: InputOf<'screens'>['group'], standing: Standing): boolean {
  if (group === undefined) return true;
  return group === 'attention' ? standing.group !== 'current' : standing.group === group;
}

function countsOf(found: readonly string[], index: IndexView): ScreenCounts {
  const counts = noScreens();
  for (const screen of found) {
    const standing = index.standing(screen);
    if (standing !== undefined) count(counts, standing, 1);
  }
  return counts;
}

const names = new WeakMap<ScreenDocument, string>();

/** What a list is searched by: name, id, and the name’s pinyin initials; folded once. */
function namesOf(screen: string, value: ScreenDocument): string {
  const known = names.get(value);
  if (known !== undefined) return known;
  const folded = foldForSearch(`${value.name}\n${screen}\n${initials(value.name)}`);
  names.set(value, folded);
  return folded;
}
