import { dotFontLayout, type DotGlyph } from '../dot-font.ts';

/** A font file of these glyphs, by code point; `dot-font.ts` gives its layout. */
export function writeDotFont(glyphs: ReadonlyMap<number, DotGlyph>): Uint8Array<ArrayBuffer> {
  const sorted = [...glyphs].toSorted(([a], [b]) => a - b);
  const dots = sorted.reduce((bytes, [, { width }]) => bytes + width * 2, 0);
  const { magic, headerBytes, wide } = dotFontLayout;
  const file = new Uint8Array(headerBytes + 4 * sorted.length + dots);
  const view = new DataView(file.buffer);
  view.setUint32(0, magic);
  view.setUint32(4, sorted.length, true);
  let at = headerBytes + 4 * sorted.length;
  for (const [index, [codePoint, { width, rows }]] of sorted.entries()) {
    const isWide = width === 16;
    view.setUint32(headerBytes + 4 * index, (codePoint | (isWide ? wide : 0)) >>> 0, true);
    for (const row of rows) {
      if (isWide) view.setUint16(at, row);
      else view.setUint8(at, row);
      at += isWide ? 2 : 1;
    }
  }
  return file;
}
