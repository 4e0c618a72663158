/**
 * [GL2] The cell of a character on a dot board, in thousandths of its size: a half for alphabets, a
 * whole one for what is written beside Han. The dot font is built from this rule.
 */
export function bitmapAdvance(codePoint: number): 0 | 500 | 1000 {
  if (isInvisible(codePoint)) return 0;
  return narrow.some(([first, last]) => codePoint >= first && codePoint <= last) ? 500 : 1000;
}

/** Controls, format characters and marks drawn over the character before them. */
export function isInvisible(codePoint: number): boolean {
  if (codePoint >= 0x20 && codePoint < 0x7f) return false;
  return INVISIBLE.test(String.fromCodePoint(codePoint));
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{M}\p{Zl}\p{Zp}]/u;

/** `· — ‘ ’ “ ”` and `…` stay out: Chinese sets them in a whole square. */
const narrow: readonly (readonly [number, number])[] = [
  [0x20, 0xb6], // Latin
  [0xb8, 0x482],
  [0x48a, 0x529], // Latin, Greek, Cyrillic
  [0x1e00, 0x2013], // more Latin and Greek; spaces and dashes
  [0x2015, 0x2017],
  [0x201a, 0x201b],
  [0x201e, 0x2025],
  [0x2027, 0x2056],
  [0x2058, 0x20b8], // superscripts, currencies
  [0x20ba, 0x20cf],
  [0x2500, 0x259f], // box drawing, which must join
  [0xff61, 0xffdc], // half-width forms
  [0xffe8, 0xffee],
];
