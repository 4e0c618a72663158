import type { NoticeFields } from '../../shared/records/notice.ts';
import type { RichNode, RichText } from '../../shared/records/rich-text.ts';
import { paragraphOf } from '../../shared/records/rich-text.ts';

/** What a demonstration notice says; the rest is the same for all. */
export type DemoNotice = Pick<
  NoticeFields,
  'title' | 'category' | 'body' | 'ledText' | 'issuer' | 'department' | 'post' | 'validUntil'
> &
  Partial<Pick<NoticeFields, 'summary' | 'docNo' | 'validFrom' | 'carriers'>>;

/** Paragraphs, and tables where a list of rows stands; the first row is the header. */
export function written(...parts: readonly (string | readonly (readonly string[])[])[]): RichText {
  return {
    type: 'doc',
    content: parts.map((part) => (typeof part === 'string' ? paragraphOf(part) : tableOf(part))),
  };
}

function tableOf(rows: readonly (readonly string[])[]): RichNode {
  return {
    type: 'table',
    content: rows.map((cells, row) => ({
      type: 'tableRow',
      content: cells.map((text) => ({
        type: row === 0 ? 'tableHeader' : 'tableCell',
        content: [paragraphOf(text)],
      })),
    })),
  };
}

/** Every telephone of the demonstration: an exchange that does not exist. */
export const PHONE = '0312-0000000';
