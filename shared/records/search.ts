/**
 * [SC8] The form in which text and query are compared: each code point by itself in NFKC and lower
 * case. Because nothing depends on neighbours, the fold of a substring is a substring of the fold:
 * `foldForSearch(text).includes(foldForSearch(query))` finds every substring, whatever its case or
 * width, and nothing else. Spaces count; a line feed parts fields, and no query contains one.
 */
export function foldForSearch(text: string): string {
  return text.replace(UNSETTLED, (char) => char.normalize('NFKC').toLowerCase());
}

/** All but the common Han, which are their own fold: most of every text here. */
const UNSETTLED = /[^\u4e00-\u9fff\n]/gu;

/** Most characters of one record that search looks through, folded. */
export const SEARCH_TEXT_MAX = 200_000;

/**
 * Port: pinyin initials of a text, lower-case, exactly one character for each code point; what has
 * no pinyin stays as it is, line feeds included.
 */
export type Initials = (text: string) => string;
