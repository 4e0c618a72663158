import type { Block } from '../../../shared/records/block.ts';

export type Table = Extract<Block, { type: 'table' }>;

/**
 * Whether a table can stand side by side in a column of `widthEm`: each of its columns needs its
 * longest unbreakable stretch, at least two characters and at most six, and its padding.
 */
export function fitsSideBySide({ rows }: Table, widthEm: number): boolean {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  let needed = 0;
  for (let column = 0; column < columns; column++) {
    const widths = rows.map((row) =>
      neededEm(row[column]?.runs.map(({ text }) => text).join('') ?? ''),
    );
    needed += Math.max(2, ...widths) + PADDING_EM;
  }
  return needed <= widthEm;
}

const PADDING_EM = 1.2;
const WIDEST_EM = 6;

/** Short cells stand whole; long ones may wrap; a number or a telephone never breaks. */
function neededEm(text: string): number {
  const unbroken = text.match(/[!-~]+/g)?.map((word) => word.length * 0.6) ?? [];
  return Math.max(Math.min(widthOf(text), WIDEST_EM), ...unbroken);
}

function widthOf(text: string): number {
  let em = 0;
  for (const character of text) em += character < '\u0250' ? 0.6 : 1;
  return em;
}
