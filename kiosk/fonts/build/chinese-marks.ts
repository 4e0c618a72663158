import type { DotGlyph } from '../dot-font.ts';

/**
 * Marks that Unifont draws 8 dots wide and Chinese sets in a whole square: quotation marks in the
 * half next to what they quote, a dash and an ellipsis that join into —— and ……, a dot in the middle.
 */
export const chineseMarks: ReadonlyMap<number, DotGlyph> = new Map(
  Object.entries({
    '“': [
      [2, '..........#..#..'],
      [3, '.........#..#...'],
      [4, '.........##.##..'],
      [5, '.........##.##..'],
    ],
    '”': [
      [2, '..##.##.........'],
      [3, '..##.##.........'],
      [4, '...#..#.........'],
      [5, '..#..#..........'],
    ],
    '‘': [
      [2, '.............#..'],
      [3, '............#...'],
      [4, '............##..'],
      [5, '............##..'],
    ],
    '’': [
      [2, '..##............'],
      [3, '..##............'],
      [4, '...#............'],
      [5, '..#.............'],
    ],
    '—': [[8, '################']],
    '…': [
      [8, '..##...##...##..'],
      [9, '..##...##...##..'],
    ],
    '·': [
      [7, '.......##.......'],
      [8, '.......##.......'],
    ],
  } satisfies Record<string, [number, string][]>).map(([mark, lines]) => [
    mark.codePointAt(0) ?? 0,
    { width: 16, rows: draw(new Map(lines)) },
  ]),
);

function draw(lines: ReadonlyMap<number, string>): number[] {
  return Array.from({ length: 16 }, (_, row) =>
    [...(lines.get(row) ?? '')].reduce((bits, dot) => (bits << 1) | (dot === '#' ? 1 : 0), 0),
  );
}
