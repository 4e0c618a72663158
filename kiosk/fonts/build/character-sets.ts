/**
 * Characters of the file that every LED board loads: GB 2312 whole (6,763 Han), ASCII, Latin with
 * the letters of pinyin, and the signs a notice may use. What is rarer waits in the other file.
 */
export function commonCharacters(): ReadonlySet<number> {
  const common = new Set<number>();
  for (const [first, last] of RANGES) {
    for (let codePoint = first; codePoint <= last; codePoint += 1) common.add(codePoint);
  }
  const decoder = new TextDecoder('gb2312');
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const [character, ...more] = decoder.decode(Uint8Array.of(row, cell));
      if (character !== undefined && more.length === 0) common.add(character.codePointAt(0) ?? 0);
    }
  }
  return common;
}

const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f], // Latin
  [0x2010, 0x205e], // dashes, quotation marks
  [0x20a0, 0x20bf], // currencies
  [0x2100, 0x2193], // ℃ № ½ Ⅳ ←↑→↓
  [0x2460, 0x25ff], // ① box drawing ■ ○
  [0x3000, 0x303f], // 、。〔〕
  [0xff01, 0xffe5], // full-width forms
];
