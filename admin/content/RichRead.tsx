import type { Block, Run } from '../../shared/records/block.ts';
import { richTextToBlocks } from '../../shared/records/rich-blocks.ts';
import type { RichText } from '../../shared/records/rich-text.ts';
import { words } from '../words/words.ts';

/** Rich text to be read, with its headings, lists and tables as they were written. */
export function RichRead({ text }: { readonly text: RichText }) {
  const blocks = richTextToBlocks(text);
  if (blocks.length === 0) return <span class="fact-none">{words.value.common.none}</span>;
  return (
    <div class="rich-text rich-read">
      {blocks.map((block, index) => (
        <BlockRead key={index} block={block} />
      ))}
    </div>
  );
}

function BlockRead({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'heading':
      // The page's own headings are above; these belong to the text that is quoted.
      return <p class="rich-heading">{block.text}</p>;
    case 'paragraph':
      return (
        <p data-align={block.align === 'end' ? 'right' : undefined}>
          <Runs runs={block.runs} />
        </p>
      );
    case 'list': {
      const items = block.items.map((paragraphs, index) => (
        <li key={index}>
          {paragraphs.map((runs, each) => (
            <p key={each}>
              <Runs runs={runs} />
            </p>
          ))}
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, each) =>
                  cell.header ? (
                    <th key={each}>
                      <Runs runs={cell.runs} />
                    </th>
                  ) : (
                    <td key={each}>
                      <Runs runs={cell.runs} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'facts':
    case 'contact':
    case 'remark':
      return null; // Rich text has none of these.
  }
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <>
      {runs.map(({ text, strong }, index) => (strong ? <strong key={index}>{text}</strong> : text))}
    </>
  );
}
