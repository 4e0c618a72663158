import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64, fromUtf8 } from '../../../shared/kit/bytes.ts';
import { parseJson } from '../../../shared/kit/json.ts';
import type { Item } from '../../../shared/domain/release.ts';
import { item as itemSchema, pages as pagesSchema } from '../../../shared/protocol/objects.ts';

/** What the boards of a hall may show, read from its objects: the text of each page of each item. */
export interface ReleasedPages {
  /** Whether what a board says begins with a page that was released, or with the card. */
  isTrue(said: string, card: string): boolean;
  /** The same for pages of items that end by `limit`. */
  endsBy(said: string, limit: number): boolean;
}

export function readReleasedPages(data: string): ReleasedPages {
  const folder = join(data, 'objects');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => [file.name, readFileSync(join(file.parentPath, file.name), 'utf8')] as const);
  const texts = new Map<string, readonly string[]>();
  const items: Item[] = [];
  for (const [name, text] of files) {
    const value = parseJson(text);
    const parsed = pagesSchema.safeParse(value).data;
    if (parsed !== undefined)
      texts.set(
        name,
        parsed.pages.map(({ lines }) => lines.map((line) => line.text).join(' ')),
      );
    items.push(...itemsIn(value));
  }
  const saidBy = (some: readonly Item[]): ReadonlySet<string> =>
    new Set(
      some
        .flatMap(({ boards }) => Object.values(boards))
        .flatMap(({ pages }) => texts.get(pages.digest) ?? []),
    );
  return {
    isTrue: (said, card) => said.startsWith(card) || begins(said, saidBy(items)),
    endsBy: (said, limit) => {
      const ending = items.filter(({ latestAt }) => latestAt !== null && latestAt <= limit);
      return begins(said, saidBy(ending));
    },
  };
}

const begins = (said: string, some: ReadonlySet<string>): boolean =>
  [...some].some((page) => said.startsWith(page));

/** Signed items stand as texts of envelopes inside other objects. */
function itemsIn(value: unknown): readonly Item[] {
  if (typeof value === 'string') return value.startsWith('{') ? itemsIn(parseJson(value)) : [];
  if (typeof value !== 'object' || value === null) return [];
  if ('payload' in value && typeof value.payload === 'string') {
    const bytes = fromBase64(value.payload);
    const text = bytes === undefined ? undefined : fromUtf8(bytes);
    const item = itemSchema.safeParse(parseJson(text ?? '')).data;
    return item === undefined ? [] : [item];
  }
  return Object.values(value).flatMap(itemsIn);
}
