import { bitmapAdvance, isInvisible } from '../../../shared/domain/cells.ts';
import type { DotGlyph } from '../dot-font.ts';
import { readBitmapOutlines, type OutlineGlyph } from './bitmap-outlines.ts';
import { commonCharacters } from './character-sets.ts';
import { chineseMarks } from './chinese-marks.ts';
import { readWoff } from './woff.ts';
import { writeDotFont } from './write-dot-font.ts';

/** The two font files of the LED boards, from UnifontEX as WOFF 1.0. The same bytes every time. */
export function buildDotFonts(
  woff: Uint8Array,
  inflate: (packed: Uint8Array) => Uint8Array,
): { common: Uint8Array<ArrayBuffer>; rest: Uint8Array<ArrayBuffer> } {
  const wanted = commonCharacters();
  const common = new Map<number, DotGlyph>();
  const rest = new Map<number, DotGlyph>();
  for (const outline of readBitmapOutlines(readWoff(woff, inflate))) {
    const glyph = fitCell(outline);
    if (glyph === undefined) continue;
    const file = wanted.has(outline.codePoint) ? common : rest;
    file.set(outline.codePoint, chineseMarks.get(outline.codePoint) ?? glyph);
  }
  return { common: writeDotFont(common), rest: writeDotFont(rest) };
}

/** [GL2] The cell that line breaking counts on, whatever the font's own; nothing for controls. */
function fitCell({ codePoint, width, rows }: OutlineGlyph): DotGlyph | undefined {
  if (isInvisible(codePoint)) {
    return /\p{M}/u.test(String.fromCodePoint(codePoint)) && rows.some((row) => row !== 0)
      ? { width, rows }
      : undefined;
  }
  const cell = bitmapAdvance(codePoint) === 500 ? 8 : 16;
  if (cell === width) return { width, rows };
  if (cell === 16) return { width: cell, rows: rows.map((row) => row << 4) };
  throw new Error(`U+${codePoint.toString(16)} is ${width} dots wide and has a cell of ${cell}`);
}
