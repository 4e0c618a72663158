import { createElement } from 'preact';
import type { Block } from '../../../shared/records/block.ts';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { BlockWords } from '../../words/blocks.ts';
import { depthsOf } from './headings.ts';
import { Runs } from './Runs.tsx';
import { TableBlock } from './TableBlock.tsx';
import './blocks.css';

/**
 * Draws the blocks of a record: the same on the touch screen and in the console's preview. Each
 * block carries its index in `data-block`, so that a place in the text can be found again.
 */
export function Blocks({
  blocks,
  words,
}: {
  readonly blocks: readonly Block[];
  readonly words: BlockWords;
}) {
  const depths = depthsOf(blocks);
  return (
    <div class="blocks" lang="zh-CN">
      {blocks.map((block, index) => (
        <div class={`block block-of-${block.type}`} key={index} data-block={index}>
          {draw(block, words, depths)}
        </div>
      ))}
    </div>
  );
}

function draw(block: Block, words: BlockWords, depths: ReadonlyMap<number, number>) {
  switch (block.type) {
    case 'heading': {
      const depth = depths.get(block.level) ?? 1;
      // The page's title is the h1.
      return createElement(
        `h${depth + 1}`,
        { id: block.anchor, class: `depth-${depth}` },
        block.text,
      );
    }
    case 'paragraph':
      return (
        <p class={block.align === 'end' ? 'to-end' : 'indented'}>
          <Runs runs={block.runs} />
        </p>
      );
    case 'list':
      return <List block={block} />;
    case 'table':
      return <TableBlock table={block} />;
    case 'facts':
      return <Facts block={block} words={words} />;
    case 'contact':
      return <Contact block={block} words={words} />;
    case 'remark':
      return (
        <aside class="remark">
          <strong>{words.remark}</strong>
          {block.text}
        </aside>
      );
    default:
      return unreachable(block);
  }
}

type Of<Type extends Block['type']> = Extract<Block, { type: Type }>;

function List({ block }: { readonly block: Of<'list'> }) {
  const items = block.items.map((paragraphs, index) => (
    <li key={index}>
      {paragraphs.map((runs, paragraph) => (
        <p key={paragraph}>
          <Runs runs={runs} />
        </p>
      ))}
    </li>
  ));
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function Facts({ block, words }: { readonly block: Of<'facts'>; readonly words: BlockWords }) {
  return (
    <dl class="facts" aria-label={words.facts}>
      {block.rows.map(({ label, value, missing }, index) => (
        <div key={index} class={missing ? 'missing' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Contact({ block, words }: { readonly block: Of<'contact'>; readonly words: BlockWords }) {
  const { department, post, phone } = block;
  return (
    <section class="contact" aria-label={words.contact}>
      <strong>{words.contact}</strong>
      <span>{[department, post].filter((text) => text !== '').join(' · ')}</span>
      {phone !== '' && (
        <span>
          {words.phone} <span class="phone">{phone}</span>
        </span>
      )}
    </section>
  );
}
