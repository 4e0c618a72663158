import type { Block } from '../../../shared/records/block.ts';

export interface Heading {
  readonly anchor: string;
  readonly text: string;
  /** 1 is the outermost level that this document uses. */
  readonly depth: number;
}

/** The contents (目录) of a document: its headings, with the levels it does not use closed up. */
export function headingsOf(blocks: readonly Block[]): readonly Heading[] {
  const depths = depthsOf(blocks);
  return blocks.flatMap((block) =>
    block.type === 'heading'
      ? [{ anchor: block.anchor, text: block.text, depth: depths.get(block.level) ?? 1 }]
      : [],
  );
}

/** Depth by level, so that a document without parts does not begin at an inner heading. */
export function depthsOf(blocks: readonly Block[]): ReadonlyMap<number, number> {
  const levels = new Set(
    blocks.flatMap((block) => (block.type === 'heading' ? [block.level] : [])),
  );
  return new Map([...levels].sort((a, b) => a - b).map((level, index) => [level, index + 1]));
}
