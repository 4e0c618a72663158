import { present } from '../../../shared/kit/assert.ts';

/** One glyph as dots: 16 rows from the top, bit `width - 1` of a row is its leftmost dot. */
export interface OutlineGlyph {
  readonly codePoint: number;
  /** Dots across the drawn cell: 8 or 16. */
  readonly width: 8 | 16;
  readonly rows: readonly number[];
}

/**
 * Every glyph of a TrueType font whose outlines are bitmaps of 16 rows, as in Unifont.
 * The tables are OpenType's `cmap` (format 12), `head`, `hhea`, `hmtx`, `loca` and `glyf`.
 * Throws when an outline does not lie on the grid of dots: then sampling would lose something.
 */
export function* readBitmapOutlines(
  tables: ReadonlyMap<string, DataView>,
): Generator<OutlineGlyph> {
  const font = openFont(tables);
  for (const { codePoint, glyph } of characterMap(font.cmap)) {
    if (isPrivateUse(codePoint)) continue;
    const dots = rasterise(font.edges(glyph), font.unitsPerDot, font.ascent);
    const width = font.advance(glyph) > 8 || dots.right > 8 ? 16 : 8;
    const rows = dots.rows.map((row) => row >> (16 - width));
    yield { codePoint, width, rows };
  }
}

interface Font {
  readonly cmap: DataView;
  readonly unitsPerDot: number;
  /** Dots above the baseline. */
  readonly ascent: number;
  advance(glyph: number): number;
  edges(glyph: number): readonly Edge[];
}

/** An upright side of an outline, in font units; `down` counts winding. */
interface Edge {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly winding: 1 | -1;
}

function openFont(tables: ReadonlyMap<string, DataView>): Font {
  const table = (tag: string) => present(tables.get(tag), `table ${tag}`);
  const [head, hhea, hmtx, loca, glyf] = ['head', 'hhea', 'hmtx', 'loca', 'glyf'].map(table);
  const unitsPerDot = present(head, 'head').getUint16(18) / 16;
  const lastMetric = present(hhea, 'hhea').getUint16(34) - 1;
  const metrics = present(hmtx, 'hmtx');
  const offsets = present(loca, 'loca');
  const outlines = present(glyf, 'glyf');
  return {
    cmap: table('cmap'),
    unitsPerDot,
    ascent: present(hhea, 'hhea').getInt16(4) / unitsPerDot,
    advance: (glyph) => metrics.getUint16(4 * Math.min(glyph, lastMetric)) / unitsPerDot,
    edges: (glyph) => {
      const from = offsets.getUint32(4 * glyph);
      return from === offsets.getUint32(4 * glyph + 4) ? [] : outlineEdges(outlines, from);
    },
  };
}

function* characterMap(cmap: DataView): Generator<{ codePoint: number; glyph: number }> {
  for (let index = 0; index < cmap.getUint16(2); index += 1) {
    const at = cmap.getUint32(8 + 8 * index);
    if (cmap.getUint16(at) !== 12) continue;
    for (let group = 0; group < cmap.getUint32(at + 12); group += 1) {
      const entry = at + 16 + 12 * group;
      const first = cmap.getUint32(entry);
      const glyph = cmap.getUint32(entry + 8);
      for (let step = 0; first + step <= cmap.getUint32(entry + 4); step += 1) {
        yield { codePoint: first + step, glyph: glyph + step };
      }
    }
    return;
  }
  throw new Error('the font has no character map of format 12');
}

function isPrivateUse(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;
}

/** A control point that does not move is how this font writes a straight side as a curve. */
const ON_CURVE = 0x01;
const STILL = 0x30;
const SHORT = { x: 0x02, y: 0x04 };
const REPEATED = 0x08;
const SAME_OR_POSITIVE = { x: 0x10, y: 0x20 };

/** OpenType `glyf`, simple glyph description. */
function outlineEdges(glyf: DataView, from: number): readonly Edge[] {
  const contours = glyf.getInt16(from);
  if (contours < 0) throw new Error('a composed glyph has no dots of its own');
  const ends = Array.from({ length: contours }, (_, index) =>
    glyf.getUint16(from + 10 + 2 * index),
  );
  const points = (ends.at(-1) ?? -1) + 1;
  let at = from + 10 + 2 * contours;
  at += 2 + glyf.getUint16(at);
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = glyf.getUint8(at++);
    if ((flag & ON_CURVE) === 0 && (flag & ~REPEATED) !== STILL) {
      throw new Error('a curved glyph has no exact dots');
    }
    const repeats = flag & REPEATED ? glyf.getUint8(at++) : 0;
    for (let count = 0; count <= repeats; count += 1) flags.push(flag);
  }
  const read = (axis: 'x' | 'y') =>
    flags.reduce<number[]>((values, flag) => {
      const before = values.at(-1) ?? 0;
      const same = (flag & SAME_OR_POSITIVE[axis]) !== 0;
      if (flag & SHORT[axis]) values.push(before + (same ? 1 : -1) * glyf.getUint8(at++));
      else if (same) values.push(before);
      else {
        values.push(before + glyf.getInt16(at));
        at += 2;
      }
      return values;
    }, []);
  const xs = read('x');
  const ys = read('y');
  return ends.flatMap((end, contour) => uprights(xs, ys, (ends[contour - 1] ?? -1) + 1, end));
}

function uprights(xs: number[], ys: number[], first: number, last: number): Edge[] {
  const edges: Edge[] = [];
  for (let index = first; index <= last; index += 1) {
    const next = index === last ? first : index + 1;
    const [x, y] = [present(xs[index], 'x'), present(ys[index], 'y')];
    const [nextX, nextY] = [present(xs[next], 'x'), present(ys[next], 'y')];
    if (x !== nextX && y !== nextY) throw new Error('a slanted side has no exact dots');
    if (y === nextY) continue;
    const winding = nextY > y ? 1 : -1;
    edges.push({ x, top: Math.max(y, nextY), bottom: Math.min(y, nextY), winding });
  }
  return edges;
}

/** Fills by the non-zero rule at the centre of each dot; `right` is the first column free of ink. */
function rasterise(
  edges: readonly Edge[],
  unitsPerDot: number,
  ascent: number,
): { rows: number[]; right: number } {
  const dots = edges.map((edge) => ({
    column: wholeDots(edge.x, unitsPerDot),
    top: ascent - wholeDots(edge.top, unitsPerDot),
    bottom: ascent - wholeDots(edge.bottom, unitsPerDot),
    winding: edge.winding,
  }));
  const rows = Array.from({ length: 16 }, (_, row) => {
    const crossings = dots.filter((edge) => edge.top <= row && row < edge.bottom);
    let bits = 0;
    for (let column = 0; column < 16; column += 1) {
      let winding = 0;
      for (const edge of crossings) if (edge.column <= column) winding += edge.winding;
      if (winding !== 0) bits |= 0x8000 >> column;
    }
    return bits;
  });
  return { rows, right: dots.reduce((right, edge) => Math.max(right, edge.column), 0) };
}

function wholeDots(units: number, unitsPerDot: number): number {
  const dots = units / unitsPerDot;
  if (!Number.isInteger(dots)) throw new Error('an outline leaves the grid of dots');
  return dots;
}
