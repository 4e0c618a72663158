import { foldForSearch } from '../../../shared/records/search.ts';

/** What search knows of one record. */
export interface Searched {
  readonly key: string;
  /** Only for the order of results; the text contains it. */
  readonly title: string;
  /** Everything looked through; a line feed parts what does not belong together. */
  readonly text: string;
  /** One letter for each character of the title and the issuers, a line each. */
  readonly initials: string;
}

/** All records in one string, so that one scan of it finds what a scan of each would. [SC8] */
export interface SearchIndex {
  readonly documents: readonly Searched[];
  readonly titles: readonly string[];
  readonly texts: Joined;
  readonly initials: Joined;
}

interface Joined {
  readonly whole: string;
  /** Where each document begins; one more for the end. */
  readonly starts: Uint32Array;
}

/** A document with its comparing forms, which cost the most and are made once. */
export interface Folded {
  readonly document: Searched;
  readonly title: string;
  readonly text: string;
  readonly initials: string;
}

export function foldDocument(document: Searched): Folded {
  return {
    document,
    title: foldForSearch(document.title),
    text: foldForSearch(document.text),
    initials: foldForSearch(document.initials),
  };
}

/** @param folded best first: among equals results keep this order */
export function buildIndex(folded: readonly Folded[]): SearchIndex {
  return {
    documents: folded.map(({ document }) => document),
    titles: folded.map(({ title }) => title),
    texts: join(folded.map(({ text }) => text)),
    initials: join(folded.map(({ initials }) => initials)),
  };
}

const MATCHES = 1;
const MATCHES_NAME = 2;

/**
 * [SC8] Every document whose text contains the query, or whose names' pinyin initials do, and no
 * other; those found by name first. Gives positions in `documents`. An empty query finds nothing.
 */
export function search(index: SearchIndex, query: string): Uint32Array<ArrayBuffer> {
  const wanted = foldForSearch(query);
  const found = new Uint8Array(index.documents.length);
  if (wanted === '' || wanted.includes('\n')) return new Uint32Array(0);
  const inText = mark(index.texts, wanted, found, MATCHES);
  const byInitials = mark(index.initials, wanted, found, MATCHES_NAME);
  if (inText + byInitials === 0) return new Uint32Array(0);
  return ranked(index, wanted, found);
}

/** How many documents it marked. */
function mark({ whole, starts }: Joined, wanted: string, found: Uint8Array, as: number): number {
  let count = 0;
  let document = 0;
  for (
    let at = whole.indexOf(wanted);
    at !== -1;
    at = whole.indexOf(wanted, starts[document + 1])
  ) {
    document = documentAt(starts, document, at);
    found[document] = as;
    count += 1;
  }
  return count;
}

/** The document that `at` lies in, not before `from`: usually it is near. */
function documentAt(starts: Uint32Array, from: number, at: number): number {
  let step = 1;
  let low = from;
  while (low + step < starts.length - 1 && (starts[low + step] ?? 0) <= at) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, starts.length - 1);
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

function ranked(
  { titles }: SearchIndex,
  wanted: string,
  found: Uint8Array,
): Uint32Array<ArrayBuffer> {
  const [byName, byText]: [number[], number[]] = [[], []];
  for (let document = 0; document < found.length; document++) {
    const how = found[document];
    if (how === 0) continue;
    const named = how === MATCHES_NAME || titles[document]?.includes(wanted) === true;
    (named ? byName : byText).push(document);
  }
  const positions = new Uint32Array(byName.length + byText.length);
  positions.set(byName);
  positions.set(byText, byName.length);
  return positions;
}

function join(texts: readonly string[]): Joined {
  const starts = new Uint32Array(texts.length + 1);
  for (const [index, text] of texts.entries())
    starts[index + 1] = (starts[index] ?? 0) + text.length + 1;
  return { whole: texts.join('\n'), starts };
}
