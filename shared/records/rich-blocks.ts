import { hash32 } from '../kit/hash.ts';
import type { Block, Run } from './block.ts';
import type { Inline, ParagraphNode, RichNode, RichText } from './rich-text.ts';
import { textOf } from './rich-text.ts';

/**
 * Rich text as blocks. Levels below a part's title start at 2; paragraphs without text are spacing
 * of the editor's and are left out. A hard break is a line feed in a run.
 */
export function richTextToBlocks(text: RichText): Block[] {
  return text.content.flatMap(blocksOf);
}

function blocksOf(node: RichNode): Block[] {
  switch (node.type) {
    case 'paragraph':
      return paragraphBlocks(node);
    case 'heading': {
      const text = textOf(node.content).replaceAll('\n', '');
      const level = Math.min(4, Math.max(2, node.attrs.level));
      return text === '' ? [] : [{ type: 'heading', level, text, anchor: '' }];
    }
    case 'bulletList':
      return [{ type: 'list', ordered: false, items: itemsOf(node.content) }];
    case 'orderedList': {
      const start = node.attrs?.start ?? 1;
      // A list block counts from 1; numbers that were given otherwise are words of the text.
      if (start !== 1)
        return node.content.flatMap((item, index) => numbered(item.content, start + index));
      return [{ type: 'list', ordered: true, items: itemsOf(node.content) }];
    }
    case 'table':
      return [
        {
          type: 'table',
          rows: node.content.map((row) =>
            row.content.map((cell) => ({
              header: cell.type === 'tableHeader',
              runs: joinRuns(cell.content.map(({ content }) => runsOf(content))),
            })),
          ),
        },
      ];
  }
}

function paragraphBlocks({ attrs, content }: ParagraphNode): Block[] {
  const runs = runsOf(content);
  return runs.length === 0
    ? []
    : [{ type: 'paragraph', runs, align: attrs?.textAlign === 'right' ? 'end' : 'start' }];
}

function itemsOf(items: readonly { readonly content: readonly ParagraphNode[] }[]): Run[][][] {
  return items.map((item) => item.content.map(({ content }) => runsOf(content)));
}

function numbered(paragraphs: readonly ParagraphNode[], number: number): Block[] {
  const [first, ...rest] = paragraphs;
  const runs = [{ text: `${number}. `, strong: false }, ...runsOf(first?.content)];
  return [
    { type: 'paragraph', runs: mergeRuns(runs), align: 'start' },
    ...rest.flatMap(paragraphBlocks),
  ];
}

function runsOf(inline: Inline | undefined): Run[] {
  return mergeRuns(
    (inline ?? []).map((node) =>
      node.type === 'text'
        ? { text: node.text, strong: (node.marks ?? []).length > 0 }
        : { text: '\n', strong: false },
    ),
  );
}

/** Paragraphs within one cell, a line feed between them. */
function joinRuns(paragraphs: readonly (readonly Run[])[]): Run[] {
  return mergeRuns(
    paragraphs.flatMap((runs, index) =>
      index === 0 ? runs : [{ text: '\n', strong: false }, ...runs],
    ),
  );
}

function mergeRuns(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last?.strong !== run.strong) merged.push(run);
    else merged[merged.length - 1] = { text: last.text + run.text, strong: run.strong };
  }
  return merged;
}

/**
 * Names every heading after its own words, so that a place in a document stays where it is when
 * headings come or go around it; the second of the same words is numbered.
 */
export function withAnchors(blocks: readonly Block[]): Block[] {
  const used = new Map<string, number>();
  return blocks.map((block) => {
    if (block.type !== 'heading') return block;
    const name = `h${hash32(block.text).toString(16).padStart(8, '0')}`;
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return { ...block, anchor: count === 1 ? name : `${name}-${count}` };
  });
}
