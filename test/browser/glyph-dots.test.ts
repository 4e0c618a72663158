import unifont from '@fontsource/unifontex/files/unifontex-latin-400-normal.woff2?url';
import { beforeAll, expect, test } from 'vitest';
import { loadDotFont, type LoadedDotFont } from '../../kiosk/fonts/load-dot-font.ts';
import { drawBitmapText } from '../../kiosk/stage/bitmap-text.ts';

const RED = '#ff2000';
const LIT = 0xff2000;
const DARK = 0x000000;

/** 500 Han spread over GB 2312, ASCII and the marks of a notice. */
function sample(): string {
  const decoder = new TextDecoder('gb2312');
  const han = Array.from({ length: 510 }, (_, index) => {
    const place = (index * 13) % 6700;
    return decoder.decode(Uint8Array.of(0xb0 + Math.floor(place / 94), 0xa1 + (place % 94)));
  })
    .filter((character) => /\p{Script=Han}/u.test(character))
    .join('');
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)).join(
    '',
  );
  return `${han}${ascii}，。、；：！？（）《》【】〔〕“”‘’——……·℃№％①②→■`;
}

let font: LoadedDotFont;
beforeAll(async () => {
  font = await loadDotFont();
});

function darkCanvas(width: number, height: number): CanvasRenderingContext2D {
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext(
    '2d',
    {
      willReadFrequently: true,
    },
  );
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  return context;
}

/** Every pixel as 0xRRGGBB. */
function pixelsOf(context: CanvasRenderingContext2D): number[] {
  const { canvas } = context;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    pixels.push(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
  }
  return pixels;
}

const rowsOf = (text: string, length: number) =>
  [...text].reduce<string[]>((rows, character, index) => {
    if (index % length === 0) rows.push('');
    rows[rows.length - 1] += character;
    return rows;
  }, []);

for (const size of [16, 32]) {
  test(`[SC4] [GL1] at ${size} dots every dot is dark or lit, never between`, () => {
    const rows = rowsOf(sample(), 40);
    const context = darkCanvas(40 * size, rows.length * size);
    const missing = rows.flatMap((text, row) =>
      drawBitmapText(context, { text, x: 0, y: row * size, size }, RED, font),
    );
    expect([...sample()].length).toBeGreaterThan(620);
    expect(missing).toEqual([]);
    const pixels = pixelsOf(context);
    const lit = pixels.filter((pixel) => pixel === LIT).length;
    expect(pixels.filter((pixel) => pixel !== LIT && pixel !== DARK)).toEqual([]);
    const scale = size / 16;
    const dots = [...sample()].flatMap(
      (character) => font.glyph(character.codePointAt(0) ?? 0)?.rows ?? [],
    );
    const bits = dots.reduce((sum, row) => sum + row.toString(2).replaceAll('0', '').length, 0);
    expect(lit).toBe(bits * scale * scale);
    expect(lit).toBeGreaterThan(20_000 * scale * scale);
  });
}

test('[GL3] the dots are those that Chromium draws from the font itself', async () => {
  const face = await new FontFace('Unifont', `url(${unifont})`).load();
  document.fonts.add(face);
  const differing = [...sample()].filter((character) => {
    const ours = darkCanvas(16, 16);
    const theirs = darkCanvas(16, 16);
    drawBitmapText(ours, { text: character, x: 0, y: 0, size: 16 }, RED, font);
    theirs.font = '16px Unifont';
    theirs.fillStyle = RED;
    theirs.fillText(character, 0, 14);
    return pixelsOf(ours).join() !== pixelsOf(theirs).join();
  });
  document.fonts.delete(face);
  // Unifont has these 8 dots wide: on a board they fill a square.
  expect([...new Set(differing)].join('')).toBe('“”‘’—…·℃№→■');
});

test('[GL1] a squeezed mark leaves its neighbours whole', () => {
  const context = darkCanvas(96, 32);
  drawBitmapText(context, { text: '水，', x: 0, y: 0, size: 32 }, RED, font);
  drawBitmapText(context, { text: '请', x: 48, y: 0, size: 32 }, RED, font);
  const alone = darkCanvas(96, 32);
  drawBitmapText(alone, { text: '请', x: 48, y: 0, size: 32 }, RED, font);
  const [drawn, expected] = [context, alone].map((all) => all.getImageData(48, 0, 48, 32).data);
  expect(drawn).toEqual(expected);
});

test('[GL1] a line between dots is a broken assumption', () => {
  const context = darkCanvas(64, 32);
  for (const line of [
    { text: '水', x: 0.5, y: 0, size: 16 },
    { text: '水', x: 0, y: 0, size: 24 },
  ]) {
    expect(() => drawBitmapText(context, line, RED, font)).toThrow('between dots');
  }
});

test('[GL4] what the font lacks is set as 〓 and named', async () => {
  const context = darkCanvas(64, 16);
  const missing = drawBitmapText(
    context,
    { text: '水\u{10ffff}', x: 0, y: 0, size: 16 },
    RED,
    font,
  );
  expect(missing).toEqual(['\u{10ffff}']);
  const expected = darkCanvas(64, 16);
  drawBitmapText(expected, { text: '水〓', x: 0, y: 0, size: 16 }, RED, font);
  expect(pixelsOf(context)).toEqual(pixelsOf(expected));
});

test('[GL4] a rare character comes with the second file when a text needs it', async () => {
  expect(font.glyph('堃'.codePointAt(0) ?? 0)).toBeUndefined();
  await font.cover('张三');
  expect(font.glyph('堃'.codePointAt(0) ?? 0)).toBeUndefined();
  await font.cover('王堃');
  expect(font.glyph('堃'.codePointAt(0) ?? 0)?.width).toBe(16);
});
