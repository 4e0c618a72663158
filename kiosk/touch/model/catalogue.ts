import { unreachable } from '../../../shared/kit/assert.ts';
import type { Selection } from './route.ts';
import type { Shown } from './visible-items.ts';

/** What there is to choose from; a way with nothing behind it is not in it. */
export interface Catalogue {
  /** Kinds of record, by how they are named to people. */
  readonly kinds: readonly Kind[];
  /** Issuing units by pinyin letter, then name; put in order when they are asked for. */
  readonly issuers: readonly Issuer[];
  readonly hasIssuers: boolean;
  readonly hasLetters: boolean;
}

export interface Kind {
  readonly kind: string;
  readonly count: number;
  readonly categories: readonly { readonly category: string; readonly count: number }[];
}

export interface Issuer {
  readonly name: string;
  /** `A`–`Z`, or undefined when its pinyin is not known. */
  readonly letter: string | undefined;
  readonly count: number;
}

/** Standing matters before passing ones; kinds of later versions of this program follow. */
const ORDER = ['policy-document', 'notice'];

export function catalogueOf(items: readonly Shown[]): Catalogue {
  const kinds = new Map<string, Map<string, number>>();
  const issuers = new Map<string, { letter: string | undefined; count: number }>();
  for (const shown of items) {
    const { kind, listing } = shown.item;
    const categories = kinds.get(kind) ?? new Map<string, number>();
    kinds.set(kind, categories.set(listing.category, (categories.get(listing.category) ?? 0) + 1));
    for (const name of new Set(listing.issuers)) {
      const issuer = issuers.get(name) ?? { letter: undefined, count: 0 };
      issuers.set(name, {
        letter: issuer.letter ?? letterOf(shown, name),
        count: issuer.count + 1,
      });
    }
  }
  let inOrder: readonly Issuer[] | undefined;
  return {
    kinds: kindsOf(kinds),
    hasIssuers: issuers.size > 0,
    hasLetters: [...issuers.values()].some(({ letter }) => letter !== undefined),
    get issuers() {
      return (inOrder ??= issuersOf(issuers));
    },
  };
}

const rank = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

function kindsOf(kinds: ReadonlyMap<string, ReadonlyMap<string, number>>): readonly Kind[] {
  return [...kinds]
    .map(([kind, categories]) => ({
      kind,
      count: sum(categories.values()),
      categories: [...categories]
        .map(([category, count]) => ({ category, count }))
        .sort((a, b) => b.count - a.count),
    }))
    .sort((a, b) => rank(a.kind) - rank(b.kind));
}

const LAST = '~';

function issuersOf(
  issuers: ReadonlyMap<string, { readonly letter: string | undefined; readonly count: number }>,
): readonly Issuer[] {
  const collator = new Intl.Collator('zh-CN');
  return [...issuers]
    .map(([name, { letter, count }]) => ({ name, letter, count }))
    .sort((a, b) => {
      const [left, right] = [a.letter ?? LAST, b.letter ?? LAST];
      return left < right ? -1 : left > right ? 1 : collator.compare(a.name, b.name);
    });
}

/** Initials come a line for the title, then one for each issuer. */
function letterOf({ item, entry }: Shown, issuer: string): string | undefined {
  const lines = entry?.initials.split('\n') ?? [];
  const index = item.listing.issuers.indexOf(issuer);
  if (lines.length !== item.listing.issuers.length + 1) return undefined;
  const letter = lines[index + 1]?.charAt(0).toUpperCase() ?? '';
  return /^[A-Z]$/.test(letter) ? letter : undefined;
}

export function select(items: readonly Shown[], of: Selection): readonly Shown[] {
  return items.filter(({ item }) => {
    switch (of.by) {
      case 'kind':
        return item.kind === of.kind;
      case 'category':
        return item.kind === of.kind && item.listing.category === of.category;
      case 'issuer':
        return item.listing.issuers.includes(of.issuer);
      default:
        return unreachable(of);
    }
  });
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
