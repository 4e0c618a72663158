/**
 * Whole seconds a text stays on a board: `max(6, 2 + n / 3)` rounded up, three characters a second
 * with two to find the place. n counts a Han character 1, a letter or digit a half, marks nothing.
 */
export function dwellSeconds(text: string): number {
  let halves = 0;
  for (const character of text) {
    if (WHOLE.test(character)) halves += 2;
    else if (HALF.test(character)) halves += 1;
  }
  return Math.max(SHORTEST_SECONDS, 2 + Math.ceil(halves / 6));
}

const SHORTEST_SECONDS = 6;

/** Scripts read a syllable at a time: Han, and the kana, hangul and Yi syllables beside it. */
const WHOLE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}]/u;
const HALF = /[\p{L}\p{N}]/u;
