import type * as z from 'zod/mini';
import type { ZoneTable } from '../domain/civil.ts';
import type { BoardText } from '../domain/paginate.ts';
import type { Carrier, Listing } from '../domain/release.ts';
import type { Block } from './block.ts';

/**
 * One kind of record in one place: what people fill in, what is required and on what basis, how it
 * is reviewed and for how long it may be seen, and how it looks as blocks, on boards and in search.
 * A new register is a new file with one of these.
 */
export interface RecordKind<Fields> {
  /** `notice`, `policy-document`. */
  readonly id: string;
  /** 公告, 政策文件: the word people see; English second. */
  readonly label: { readonly zh: string; readonly en: string };
  readonly fields: z.ZodMiniType<Fields>;
  /** A record as it starts: valid for editing, not yet for submitting. */
  blank(): Fields;
  /** What stands in the way of submitting (blocks) or should be known (notes). */
  check(fields: Fields): readonly Finding[];
  readonly audience: 'public' | 'staff';
  /** Where records of this kind may be seen at all. */
  readonly carriers: readonly Carrier[];
  /** Where this one is to be seen. */
  carriersOf(fields: Fields): readonly Carrier[];
  /** How long a screen may show it without hearing from the server; null for standing matters. */
  readonly maxStaleSeconds: number | null;
  readonly review: readonly { readonly role: 'reviewer'; readonly distinctFrom: 'authors' }[];
  /** The department whose editors own the record. */
  department(fields: Fields): string;
  listing(fields: Fields, setting: Setting): Listing;
  view(fields: Fields, setting: Setting): readonly Block[];
  /** What boards show: a title, the text broken into pages, and a closing line. */
  board(fields: Fields, setting: Setting): Required<BoardText>;
  /** Everything exact search looks through; a line feed parts what does not belong together. */
  searchText(fields: Fields): string;
  /** What pinyin initials are made of, one name a line: the title and the issuers. */
  searchNames(fields: Fields): string;
  /** Seen over [earliestAt, latestAt), epoch milliseconds; null is unbounded. */
  showing(fields: Fields): { readonly earliestAt: number | null; readonly latestAt: number | null };
}

/** Where and when a record is published: what its fields alone do not say. */
export interface Setting {
  /** The hall's zone, in which dates are written. */
  readonly zone: ZoneTable;
  /** First day of this record in the hall, `YYYY-MM-DD`; null before. */
  readonly publishedOn: string | null;
}

/** A finding names the field by its path, such as `parts.0.title`; the sentence is in both languages. */
export interface Finding {
  readonly level: 'block' | 'note';
  readonly field: string;
  readonly zh: string;
  readonly en: string;
  /** Statute or rule the demand rests on, when there is one. */
  readonly basis: string | null;
}
