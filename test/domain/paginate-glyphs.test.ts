import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readDotFont } from '../../kiosk/fonts/dot-font.ts';
import { commonCharacters } from '../../kiosk/fonts/build/character-sets.ts';
import { buildDotFonts } from '../../kiosk/fonts/build/dot-fonts.ts';
import { writeDotFont } from '../../kiosk/fonts/build/write-dot-font.ts';
import { bitmapMetrics } from '../../shared/domain/advance.ts';
import { bitmapAdvance, isInvisible } from '../../shared/domain/cells.ts';

const woff = readFileSync(
  createRequire(import.meta.url).resolve(
    '@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
  ),
);
const build = () => buildDotFonts(woff, (packed) => inflateSync(packed));
const files = build();
const common = readDotFont([files.common.buffer]);
const whole = readDotFont([files.common.buffer, files.rest.buffer]);

/** Every code point of a font file. */
function codePointsOf(file: Uint8Array<ArrayBuffer>): number[] {
  const view = new DataView(file.buffer);
  return Array.from(
    { length: view.getUint32(4, true) },
    (_, index) => view.getUint32(8 + 4 * index, true) & 0x1fffff,
  );
}

const pictureOf = (character: string) => {
  const glyph = common.glyph(character.codePointAt(0) ?? 0);
  return glyph?.rows.map((row) =>
    row.toString(2).padStart(glyph.width, '0').replaceAll('0', '.').replaceAll('1', '#'),
  );
};

test('[GL2] the cell of every glyph is the one that line breaking counts on', () => {
  const all = [...codePointsOf(files.common), ...codePointsOf(files.rest)];
  expect(all.length).toBeGreaterThan(60_000);
  const wrong = all.filter((codePoint) => {
    if (isInvisible(codePoint)) return false;
    return whole.glyph(codePoint)?.width !== (bitmapAdvance(codePoint) * 16) / 1000;
  });
  expect(wrong).toEqual([]);
});

test('[GL2] a mark that may be squeezed has no ink in the half it gives up', () => {
  const marks = [...commonCharacters()].map((codePoint) => String.fromCodePoint(codePoint));
  const squeezable = marks.filter((mark) => bitmapMetrics.blankHalf(mark) !== undefined);
  expect(squeezable.length).toBe(22);
  for (const mark of squeezable) {
    const half = bitmapMetrics.blankHalf(mark) === 'before' ? [0, 8] : [8, 16];
    expect([mark, pictureOf(mark)?.some((row) => row.slice(...half).includes('#'))]).toEqual([
      mark,
      false,
    ]);
  }
});

test('[GL3] the file of every board has GB 2312 whole, and stays under 600 kB', () => {
  const lacking = [...commonCharacters()].filter(
    (codePoint) =>
      /\p{Script=Han}/u.test(String.fromCodePoint(codePoint)) &&
      common.glyph(codePoint) === undefined,
  );
  expect(lacking).toEqual([]);
  const han = codePointsOf(files.common).filter(
    (codePoint) => codePoint >= 0x4e00 && codePoint <= 0x9fff,
  );
  expect(han.length).toBe(6763);
  expect(files.common.byteLength).toBeLessThan(600_000);
});

test('[GL3] a rare character of a name is in the other file', () => {
  for (const character of '堃喆赟玥翀㛃𠮷'.slice(0, 6)) {
    const codePoint = character.codePointAt(0) ?? 0;
    expect([character, common.glyph(codePoint) === undefined]).toEqual([character, true]);
    expect(whole.glyph(codePoint)?.width).toBe(16);
  }
});

test('[GL3] the same font makes the same bytes', () => {
  const again = build();
  expect(Buffer.compare(again.common, files.common)).toBe(0);
  expect(Buffer.compare(again.rest, files.rest)).toBe(0);
});

test('[GL3] what is not a font of dots, or not all of one, is refused', () => {
  expect(() => readDotFont([files.common.buffer.slice(0, -1)])).toThrow('cut off');
  expect(() => readDotFont([files.common.buffer.slice(0, 999)])).toThrow('not a font of dots');
  expect(() => readDotFont([new ArrayBuffer(0)])).toThrow('not a font of dots');
  expect(() => readDotFont([new ArrayBuffer(64)])).toThrow('not a font of dots');
  const font = readDotFont([
    writeDotFont(new Map([[0x4e00, { width: 16, rows: Array<number>(16).fill(1) }]])).buffer,
  ]);
  expect(font.glyph(0x4e00)?.rows).toEqual(Array<number>(16).fill(1));
  expect(font.glyph(0x4e01)).toBeUndefined();
});

test('[GL3] glyphs are the dots of Unifont, and Chinese marks fill a square', () => {
  expect(pictureOf('—')?.[8]).toBe('################');
  expect(pictureOf('A')?.slice(4, 14)).toEqual([
    '...##...',
    '..#..#..',
    '..#..#..',
    '.#....#.',
    '.#....#.',
    '.######.',
    '.#....#.',
    '.#....#.',
    '.#....#.',
    '.#....#.',
  ]);
});
