/**
 * A font of dots: Unifont's bitmaps themselves, not its outlines. A board draws these dots one by
 * one, so no rasteriser, device scale or GPU can leave one half lit, and a glyph costs 16 or 32 bytes.
 *
 * The file, little-endian: `OHD1`, the number of glyphs (u32), their code points in ascending order
 * (u32 each, bit 31 set for a glyph 16 dots wide), then 16 rows of each: one byte a row for 8 dots,
 * two (left byte first) for 16; the leftmost dot is the highest bit.
 */
export interface DotFont {
  glyph(codePoint: number): DotGlyph | undefined;
}

export interface DotGlyph {
  readonly width: 8 | 16;
  /** 16 rows from the top; bit `width - 1` is the leftmost dot. */
  readonly rows: readonly number[];
}

/** Reads the parts of a font; a character is taken from the first that has it. Throws on another file. */
export function readDotFont(parts: readonly ArrayBuffer[]): DotFont {
  const readers = parts.map(readPart);
  return {
    glyph: (codePoint) => {
      for (const reader of readers) {
        const glyph = reader(codePoint);
        if (glyph !== undefined) return glyph;
      }
      return undefined;
    },
  };
}

/** The parts of the file's layout that its writer shares. */
export const dotFontLayout = {
  magic: 0x4f484431, // 'OHD1'
  headerBytes: 8,
  wide: 0x80000000,
} as const;

function readPart(file: ArrayBuffer): (codePoint: number) => DotGlyph | undefined {
  const { magic, headerBytes, wide } = dotFontLayout;
  const view = new DataView(file);
  const isFont = file.byteLength >= headerBytes && view.getUint32(0) === magic;
  const count = isFont ? view.getUint32(4, true) : Infinity;
  if (headerBytes + 4 * count > file.byteLength) throw new Error('this is not a font of dots');
  const places = new Map<number, { at: number; width: 8 | 16 }>();
  let at = headerBytes + 4 * count;
  for (let index = 0; index < count; index += 1) {
    const entry = view.getUint32(headerBytes + 4 * index, true);
    const width = entry >= wide ? 16 : 8;
    places.set(entry % wide, { at, width });
    at += width * 2;
  }
  if (at !== file.byteLength) throw new Error('the font of dots is cut off');
  return (codePoint) => {
    const place = places.get(codePoint);
    if (place === undefined) return undefined;
    const { width } = place;
    const rows = Array.from({ length: 16 }, (_, row) =>
      width === 16 ? view.getUint16(place.at + 2 * row) : view.getUint8(place.at + row),
    );
    return { width, rows };
  };
}
