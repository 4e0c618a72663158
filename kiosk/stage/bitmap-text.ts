import { isInvisible } from '../../shared/domain/cells.ts';
import type { PageLine } from '../../shared/domain/pages.ts';
import type { DotFont, DotGlyph } from '../fonts/dot-font.ts';

/**
 * [GL1] Draws a line dot by dot: every dot is background or `colour`, none between. The glyphs are
 * bitmaps, not browser text, because browser text is exact only by luck: Chromium draws Unifont
 * without a grey dot at 16 and 32 px, and turns three dots in four grey at a device scale of 1.25.
 * The canvas has one pixel a dot; CSS may enlarge it with `image-rendering: pixelated`.
 *
 * `x`, `y` and `size` are whole dots, `size` a multiple of 16. Returns the characters that the font
 * does not have, drawn as 〓, for the report.
 */
export function drawBitmapText(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  line: Pick<PageLine, 'text' | 'x' | 'y' | 'size'>,
  colour: string,
  font: DotFont,
): readonly string[] {
  const scale = line.size / 16;
  if (![line.x, line.y, scale].every(Number.isInteger)) {
    throw new Error(`a line stands between dots: ${line.x}, ${line.y}, size ${line.size}`);
  }
  const missing: string[] = [];
  context.save();
  context.resetTransform();
  context.globalAlpha = 1;
  context.fillStyle = colour;
  let pen = line.x;
  let base = { x: pen, width: 0 };
  for (const character of line.text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const glyph = font.glyph(codePoint);
    if (isInvisible(codePoint)) {
      // A mark over the character before it, in the middle of that one's cell.
      if (glyph !== undefined) {
        fillDots(
          context,
          glyph,
          base.x + Math.max(0, base.width - glyph.width) * scale * 0.5,
          line.y,
          scale,
        );
      }
      continue;
    }
    if (glyph === undefined) missing.push(character);
    const drawn = glyph ?? font.glyph(MISSING_SORT);
    const width = drawn?.width ?? 16;
    if (drawn !== undefined) fillDots(context, drawn, pen, line.y, scale);
    base = { x: pen, width };
    pen += width * scale;
  }
  context.restore();
  return missing;
}

/** 〓, what a Chinese printer sets for a sort that the case lacks. */
const MISSING_SORT = 0x3013;

function fillDots(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { width, rows }: DotGlyph,
  x: number,
  y: number,
  scale: number,
): void {
  for (const [row, bits] of rows.entries()) {
    let column = 0;
    while (column < width) {
      const from = column;
      while (column < width && (bits >> (width - 1 - column)) & 1) column += 1;
      if (column > from) {
        context.fillRect(x + from * scale, y + row * scale, (column - from) * scale, scale);
      }
      column += 1;
    }
  }
}
